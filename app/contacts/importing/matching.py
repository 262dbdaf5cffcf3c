"""Which contact on the list a row is, and what it would become: a row and a contact with a number in common are one."""

from dataclasses import dataclass, field
from datetime import datetime

from app.contacts.folding import folded
from app.contacts.importing.columns import Wanted
from app.contacts.models import Contact, ContactSource, Outcome
from app.lib.i18n import N_
from app.lib.languages import Language

WHAT = {
    "name": N_("navn"), "function": N_("funktion"), "actor_id": N_("part"), "place_id": N_("afdeling"),
    "entrance": N_("opgang"), "language": N_("sprog"), "is_volunteer": N_("frivillig"), "is_police": N_("politi"),
    "source": N_("kilde"),
}  # fmt: skip
POINTS, AUDIENCES = N_("numre og adresser"), N_("målgrupper")


@dataclass(frozen=True)
class Defaults:
    """What the uploader chose for rows that do not say it themselves."""

    audience_key: str
    source: ContactSource | None
    at: datetime


@dataclass
class Planned:
    """A row as it is staged. `points`: (kind, address, is it new, which point it replaces)."""

    wanted: Wanted
    outcome: Outcome
    contact: Contact | None = None
    values: dict[str, object] = field(default_factory=dict)
    points: list[tuple[object, str, bool, int | None]] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


def as_new(wanted: Wanted, position: int, defaults: Defaults) -> Planned:
    """Nobody on the list has any of its numbers."""
    of_police = bool(wanted.is_police) or (wanted.actor is not None and wanted.actor.is_police)
    planned = Planned(wanted, Outcome.NEW, points=[(k, a, True, None) for k, a in wanted.points])
    planned.values = {
        "name": wanted.name, "function": wanted.function, "actor_id": wanted.actor.id if wanted.actor else None,
        "place_id": wanted.place_id, "entrance": wanted.entrance, "position": position,
        "language": wanted.language or Language.DANISH, "is_volunteer": bool(wanted.is_volunteer),
        "is_police": of_police, "humans_only": of_police, **_source(wanted, None, defaults),
    }  # fmt: skip
    planned.audiences = list(wanted.audiences)
    if not planned.audiences and wanted.actor is None and defaults.audience_key:
        planned.audiences = [defaults.audience_key]
    return planned


def as_left(wanted: Wanted, contact: Contact) -> Planned:
    """On the list, and to stay as it is."""
    planned = Planned(wanted, Outcome.LEFT, contact, _values(contact))
    planned.points = [(kind, address, False, None) for kind, address in wanted.points]
    return planned


def as_changed(wanted: Wanted, contact: Contact, position: int, defaults: Defaults) -> Planned:
    """What the file says holds; what it leaves empty stays. Marks and audiences are added, never taken away."""
    before = _values(contact)
    after = before | _said(wanted, position, contact.place_id)
    if after["source"] is None:
        after |= _source(wanted, contact, defaults)
    planned = Planned(wanted, Outcome.SAME, contact, after)
    planned.points = [_point(contact, kind, address) for kind, address in wanted.points]
    there = {member.audience_key for member in contact.audiences}
    planned.audiences = [key for key in wanted.audiences if key not in there]
    planned.changes = [label for name, label in WHAT.items() if after[name] != before[name]]
    planned.changes += [POINTS] * any(is_new for _k, _a, is_new, _r in planned.points) + [AUDIENCES] * bool(
        planned.audiences
    )
    if planned.changes:
        planned.outcome = Outcome.CHANGED
    return planned


def _said(wanted: Wanted, position: int, place_id: int | None) -> dict[str, object]:
    said: dict[str, object] = {"name": wanted.name}
    if wanted.function:
        said["function"] = wanted.function
    if wanted.actor is not None:
        said |= {"actor_id": wanted.actor.id, "position": position}
    if wanted.place_id is not None:
        said |= {"place_id": wanted.place_id}
        if wanted.entrance or wanted.place_id != place_id:
            said |= {"entrance": wanted.entrance}
    if wanted.language is not None:
        said["language"] = wanted.language
    if wanted.is_volunteer is not None:
        said["is_volunteer"] = wanted.is_volunteer
    if wanted.is_police or (wanted.actor is not None and wanted.actor.is_police):
        said |= {"is_police": True}
    if wanted.source is not None:
        said["source"] = wanted.source
    return said


def _source(wanted: Wanted, contact: Contact | None, defaults: Defaults) -> dict[str, object]:
    source = wanted.source or (contact.source if contact else None) or defaults.source
    return {"source": source, "source_at": defaults.at if source else None}


def _point(contact: Contact, kind: object, address: str) -> tuple[object, str, bool, int | None]:
    if any(point.address == address for point in contact.points):
        return kind, address, False, None
    old = next((point for point in contact.points if point.kind is kind), None)
    return kind, address, True, old.id if old else None


def _values(contact: Contact) -> dict[str, object]:
    names = (
        "name", "function", "actor_id", "place_id", "entrance", "position", "language", "is_volunteer", "is_police",
        "humans_only", "source", "source_at",
    )  # fmt: skip
    return {name: getattr(contact, name) for name in names}


def name_key(planned: Planned) -> str:
    """As the contact will be searched and sorted."""
    return folded(f"{planned.values['name']} {planned.values['function'] or ''}")
