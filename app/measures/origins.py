"""What a measure can begin from. Packages that have something to give register it; the incident's own is here.

A finding from a walk, a learning point: `register(OriginKind.X, find)`, where `find(public_id)` goes through what the
signed-in person can reach and answers None (or raises 404) for what they cannot.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import abort, url_for

from app.incidents.access import Reader, reader, seen_or_404
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.locks import locked
from app.incidents.ruling import demand
from app.lib.i18n import _
from app.measures import rules
from app.measures.operations import Origin
from app.measures.vocabulary import OriginKind
from app.plans.document import PlanDocument


@dataclass(frozen=True)
class Start:
    """What a new measure begins with: where it comes from, the way back, words and fields that are filled in."""

    origin: Origin
    reader: Reader
    back: str
    label: str = ""
    given: dict[str, Any] = field(default_factory=dict)

    def check(self) -> None:
        """Raises Refused unless the reader may begin a measure from it now."""
        if self.origin.incident is not None:
            incident = locked(self.origin.incident)
            demand(rules.may_begin(self.reader.who, facts_of(incident)), incident.area)

    @property
    def plan(self) -> PlanDocument | None:
        return document_of(self.origin.incident) if self.origin.incident is not None else None


Find = Callable[[str], Start | None]
_FINDS: dict[OriginKind, Find] = {}


def register(kind: OriginKind, find: Find) -> None:
    """Called from wiring.py."""
    _FINDS[kind] = find


def by_hand() -> Start:
    """Nothing but the reader."""
    return Start(Origin(), reader(), url_for("measures.index"))


def start_or_404(kind: str, public_id: str) -> Start:
    """What it begins from, as far as the signed-in person can reach it."""
    find = _FINDS.get(OriginKind(kind)) if kind in set(OriginKind) else None
    return (find(public_id) if find else None) or abort(404)


def of_incident(public_id: str) -> Start:
    """The incident itself: its words are not taken along, they say what happened and not what to do."""
    seen = seen_or_404(public_id)
    incident = seen.incident
    back = url_for("incident.show", public_id=public_id)
    label = _("Kommer af hændelsen: %(what)s", what=incident.what)
    return Start(Origin(OriginKind.INCIDENT, public_id, incident), seen.reader, back, label)


register(OriginKind.INCIDENT, of_incident)
