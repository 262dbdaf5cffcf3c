"""A measure's history as one reader may read it: what was before it was published stays with the incident's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.incidents.names import are_hidden
from app.lib.i18n import N_, _
from app.measures.access import SeenMeasure
from app.measures.models import MeasureChange
from app.measures.vocabulary import CHANGE_LABELS

FIELDS: Mapping[str, str] = {
    "title": N_("Navn"), "what": N_("Hvad vi gør"), "expected": N_("Ventet forandring"),
    "dimension": N_("Side af tryghed"), "horizon": N_("Sigt"), "owner": N_("Ansvarlig"), "contact": N_("Kontakt"),
    "due_on": N_("Frist"), "status": N_("Status"), "result": N_("Resultat"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One change: what was done, by whom, and (field, before, after)."""

    what: str
    who: str
    at: datetime
    fields: list[tuple[str, str, str]]


def history(seen: SeenMeasure) -> list[Line]:
    """The newest first."""
    reads_all = seen.may_read_all
    return [_line(seen, one) for one in reversed(seen.measure.changes) if one.is_public or reads_all]


def _line(seen: SeenMeasure, change: MeasureChange) -> Line:
    who = change.by_actor.name
    if not are_hidden(seen.reader.actor, change.by_actor):
        who = f"{change.by_user.name}, {who}"
    fields = [(_(FIELDS[key]), *_pair(key, change)) for key in FIELDS if key in change.after]
    return Line(_(CHANGE_LABELS[change.kind]), who, change.at, fields)


def _pair(key: str, change: MeasureChange) -> tuple[str, str]:
    if key == "contact":
        return "", _("en anden") if change.after[key] else _("ingen bestemt")
    return change.before.get(key, ""), change.after[key]
