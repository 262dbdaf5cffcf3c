"""One incident's direction as one reader meets it: what the pages of both tracks share."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from flask import Blueprint, abort, url_for

from app.areas.models import Actor
from app.incidents.access import Seen, seen_inside_or_404
from app.incidents.documents import document_of
from app.plans.document import PlanDocument
from app.plans.tracks import Ruling
from app.plans.vocabulary import Track

blueprint = Blueprint("direction", __name__, url_prefix="/incidents/<public_id>")


class Standing(NamedTuple):
    """How one party stands, in words; `state` is good, warn, bad or none."""

    actor: Actor
    words: str
    state: str
    note: str = ""


class Direction:
    """`direction` in the templates."""

    def __init__(self, seen: Seen) -> None:
        self.seen, self.incident, self.reader = seen, seen.incident, seen.reader

    def url(self, endpoint: str, anchor: str | None = None, **values: Any) -> str:
        """The address of one of this package's pages of the incident."""
        return url_for(f"direction.{endpoint}", public_id=self.incident.public_id, _anchor=anchor, **values)

    def room(self, endpoint: str = "show", anchor: str | None = None, **values: Any) -> str:
        """The address of one of the room's pages."""
        return url_for(f"incident.{endpoint}", public_id=self.incident.public_id, _anchor=anchor, **values)

    def may(self, rule: Callable[..., Ruling], *more: Any, **facts: Any) -> bool:
        """Whether to show a button. Never more: the operation asks again."""
        return bool(rule(self.document, self.reader.who, self.seen.facts, *more, **facts))

    @cached_property
    def document(self) -> PlanDocument:
        return document_of(self.incident)


def seen_inside(public_id: str, track: Track) -> Seen:
    """The incident, for somebody who takes part in it now; on the other track there is no such page."""
    seen = seen_inside_or_404(public_id)
    return seen if seen.incident.track is track else abort(404)
