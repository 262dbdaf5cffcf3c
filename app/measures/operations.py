"""Begin a measure, change it, publish it without reference, close it with a result; every change stays as history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.areas.by import By
from app.areas.models import Actor, Area
from app.contacts.models import Contact
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.indicators.dimensions import DIMENSION_LABELS, Dimension
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.measures import telling
from app.measures.models import Measure, MeasureChange
from app.measures.vocabulary import HORIZON_LABELS, STATUS_LABELS, ChangeKind, Horizon, OriginKind, Status
from app.notices.operations import forget
from app.plans.vocabulary import Track


@dataclass(frozen=True)
class Origin:
    """What a measure comes of. With an incident it is as secret as that one; `id` is the thing's public id."""

    kind: OriginKind = OriginKind.HAND
    id: str = ""
    incident: Incident | None = None


@dataclass(frozen=True)
class Words:
    """Everything that people write and choose."""

    title: str
    what: str
    expected: str
    dimension: Dimension
    horizon: Horizon
    owner: Actor
    due_on: date
    contact: Contact | None = None
    status: Status = Status.PROPOSED


def words_of(measure: Measure) -> Words:
    """As they stand now."""
    return Words(
        measure.title, measure.what, measure.expected, measure.dimension, measure.horizon, measure.owner,
        measure.due_on, measure.contact, measure.status,
    )  # fmt: skip


def owners(area: Area, secret_of: Incident | None) -> list[Actor]:
    """Who may own it: of what is an incident's own, those who take part, so that nobody hears of one by owning."""
    if secret_of is None:
        return list(area.actors)
    return [p.actor for p in secret_of.participations if p.ended_at is None]


def create(area: Area, words: Words, origin: Origin | None = None, *, by: By, not_cpr: bool = False) -> Measure:
    """A new measure. Raises Refused for a date that has passed, or an owner who cannot be."""
    origin, now = origin or Origin(), clock.now()
    incident = origin.incident
    _check(words, owners(area, incident), before=None)
    measure = Measure(
        area=area, origin=origin.kind, origin_id=origin.id, incident=incident, created_at=now, changed_at=now,
        without_police=incident is not None and incident.track is Track.NON_POLICE,
        published_at=None if incident else now,
    )  # fmt: skip
    _put(measure, words)
    db.session.add(measure)
    db.session.flush()
    _remember(measure, ChangeKind.CREATED, by=by)
    _log(measure, f"Tiltag: {words.title}. {_who_and_when(words)}", by=by, not_cpr=not_cpr)
    telling.of_ownership(measure, by=by)
    return measure


def change(measure: Measure, words: Words, *, by: By) -> None:
    """Other words; what stays the same is no change. Raises Refused as `create` does, and when it is closed."""
    _is_open(measure)
    before = words_of(measure)
    _check(words, possible_owners(measure), before=before)
    if words == before:
        return
    _put(measure, words)
    _remember(measure, ChangeKind.CHANGED, *_difference(_said(before), _said(words)), by=by)
    if words.owner is not before.owner:
        forget(telling.about(measure))
        telling.of_ownership(measure, by=by)
    elif words.due_on != before.due_on:
        forget(telling.about(measure))


@dataclass(frozen=True)
class Open:
    """The words that everybody will read."""

    title: str
    what: str
    expected: str
    result: str = ""


def publish(measure: Measure, words: Open, *, by: By, not_cpr: bool = False) -> None:
    """Everybody in the area may read it from now on, in these words; nothing of it leads back to the incident."""
    if measure.is_published:
        raise Refused(Reason(N_("Tiltaget kan allerede læses af alle i området.")))
    before = _said(words_of(measure)) | {"result": measure.result}
    measure.title, measure.what, measure.expected = words.title, words.what, words.expected
    measure.result = words.result if measure.result else ""
    changed = _difference(before, _said(words_of(measure)) | {"result": measure.result})
    if any(changed):
        _remember(measure, ChangeKind.CHANGED, *changed, by=by)
    measure.published_at = clock.now()
    _remember(measure, ChangeKind.PUBLISHED, by=by)
    _log(measure, f"Tiltag gjort synligt for alle, uden henvisning: {words.title}", by=by, not_cpr=not_cpr)


def close(measure: Measure, status: Status, result: str, *, by: By) -> None:
    """Done or given up, with a word on what came of it."""
    _is_open(measure)
    before = measure.status
    measure.status, measure.result, measure.closed_at = status, result, clock.now()
    said = {"status": STATUS_LABELS[status], "result": result}
    _remember(measure, ChangeKind.CLOSED, {"status": STATUS_LABELS[before]}, said, by=by)
    forget(telling.about(measure))


def reopen(measure: Measure, *, by: By) -> None:
    """It goes on; the result that was written stays in the history."""
    if measure.is_open:
        return
    before = {"status": STATUS_LABELS[measure.status], "result": measure.result}
    measure.status, measure.result, measure.closed_at = Status.STARTED, "", None
    _remember(measure, ChangeKind.REOPENED, before, {"status": STATUS_LABELS[Status.STARTED]}, by=by)


def let_go_of(incident: Incident) -> None:
    """The incident is forgotten: its measures stay without a link, as published or for the owner's people alone."""
    for measure in db.session.scalars(sa.select(Measure).where(Measure.incident_id == incident.id)).all():
        measure.incident, measure.origin_id = None, ""
        if measure.is_published:
            hidden = sa.delete(MeasureChange).where(MeasureChange.measure_id == measure.id)
            db.session.execute(hidden.where(MeasureChange.is_public.is_(False)))
    db.session.flush()


def _check(words: Words, possible: list[Actor], before: Words | None) -> None:
    if (before is None or words.due_on != before.due_on) and words.due_on < clock.local(clock.now()).date():
        raise Refused(Reason(N_("Fristen skal være i dag eller senere.")))
    if words.owner not in possible and (before is None or words.owner is not before.owner):
        raise Refused(Reason(N_("Den ansvarlige skal være med i hændelsen.")))
    if words.contact is not None and words.contact.actor is not words.owner:
        raise Refused(Reason(N_("Kontakten skal høre til den ansvarlige.")))


def possible_owners(measure: Measure) -> list[Actor]:
    """Who may own it now."""
    if measure.is_published:
        return owners(measure.area, None)
    return owners(measure.area, measure.incident) if measure.incident else [measure.owner]


def _is_open(measure: Measure) -> None:
    if not measure.is_open:
        raise Refused(Reason(N_("Tiltaget er afsluttet. Genåbn det først.")))


def _put(measure: Measure, words: Words) -> None:
    measure.title, measure.what, measure.expected = words.title, words.what, words.expected
    measure.dimension, measure.horizon, measure.status = words.dimension, words.horizon, words.status
    measure.owner, measure.contact, measure.due_on = words.owner, words.contact, words.due_on


def _said(words: Words) -> dict[str, str]:
    # A contact's name goes when the role ends; the history keeps that there was another one, by its id.
    return {
        "title": words.title, "what": words.what, "expected": words.expected,
        "dimension": DIMENSION_LABELS[words.dimension], "horizon": HORIZON_LABELS[words.horizon],
        "owner": words.owner.name, "contact": words.contact.public_id if words.contact else "",
        "due_on": f"{words.due_on:%d.%m.%Y}", "status": STATUS_LABELS[words.status],
    }  # fmt: skip


def _difference(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    others = [key for key in after if before.get(key) != after[key]]
    return {key: before.get(key, "") for key in others}, {key: after[key] for key in others}


def _remember(
    measure: Measure, kind: ChangeKind, before: dict[str, str] | None = None, after: dict[str, str] | None = None,
    *, by: By,
) -> None:  # fmt: skip
    now, newest = clock.now(), sa.select(sa.func.max(MeasureChange.number))
    number = (db.session.scalar(newest.where(MeasureChange.measure_id == measure.id)) or 0) + 1
    measure.changed_at, measure.version = now, number
    row = MeasureChange(
        measure_id=measure.id, number=number, kind=kind, before=before or {}, after=after or {},
        is_public=measure.is_published, by_user_id=by.user.id, by_actor_id=by.actor.id, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()


def _log(measure: Measure, text: str, *, by: By, not_cpr: bool) -> None:
    if measure.incident is not None:
        log.write(measure.incident, Kind.DECISION, text, by=by, not_cpr=not_cpr)


def _who_and_when(words: Words) -> str:
    return f"Ansvarlig: {words.owner.name}, frist {words.due_on:%d.%m.%Y}"
