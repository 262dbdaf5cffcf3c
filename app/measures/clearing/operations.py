"""Verbs of nul-tolerance: promise, report, remove, drop, and tell who is late."""

from dataclasses import dataclass
from datetime import datetime

from app.accounts.operations import record
from app.areas.by import By
from app.areas.models import Actor, Area, Place
from app.errors import Refused
from app.extensions import db
from app.lib import clock
from app.lib.i18n import N_, Reason, kept
from app.measures.clearing.models import ClearingTarget, Report
from app.measures.clearing.queries import target_of
from app.measures.clearing.vocabulary import DAMAGE_KIND_LABELS, DamageKind, ReportState
from app.notices.operations import forget, notify


@dataclass(frozen=True)
class Sighting:
    """What was seen, and who is to remove it."""

    kind: DamageKind
    place: Place | None
    where: str
    note: str
    seen_at: datetime
    responsible: Actor


def set_target(area: Area, hours: int, responsible: Actor | None, *, by: By) -> ClearingTarget:
    """The area's promise from now on. What has been reported keeps the clock it came in by."""
    target = target_of(area) or ClearingTarget(area_id=area.id)
    target.hours, target.responsible = hours, responsible
    target.set_at, target.set_by_id = clock.now(), by.user.id
    db.session.add(target)
    said = Reason(N_("%(who)s satte målet for nul-tolerance til %(n)s timer."), {"who": by.user.name, "n": hours})
    record("clearing_target", said.in_danish(), by=by.user, area_id=area.id, hours=hours)
    return target


def report(area: Area, seen: Sighting, *, by: By) -> Report:
    """The clock runs from when it was seen."""
    target = target_of(area)
    made = Report(
        area_id=area.id, kind=seen.kind, place=seen.place, where=seen.where, note=seen.note, seen_at=seen.seen_at,
        responsible=seen.responsible, reported_at=clock.now(), reported_by_id=by.user.id, reported_as_id=by.actor.id,
        state=ReportState.STANDING,
    )  # fmt: skip
    made.run_from(target.hours if target else None)
    db.session.add(made)
    db.session.flush()
    if seen.responsible != by.actor:
        _tell(made, N_("Meldt: %(kind)s, %(where)s. I skal fjerne det."), "reported")
    return made


def remove(standing: Report, removed_at: datetime, words: str) -> None:
    """It is gone."""
    _take(standing)
    if removed_at < standing.seen_at:
        raise Refused(Reason(N_("Det kan ikke være fjernet, før det blev set. Ret tidspunktet.")))
    standing.state, standing.removed_at, standing.answer = ReportState.REMOVED, removed_at, words
    standing.version += 1


def drop(standing: Report, reason: str) -> None:
    """There is nothing to remove, or nobody here can: it counts in no figure."""
    _take(standing)
    if not reason:
        raise Refused(Reason(N_("Skriv, hvorfor den lukkes.")))
    standing.state, standing.answer = ReportState.DROPPED, reason
    standing.version += 1


def remind(late: Report) -> None:
    """The time has passed and it still stands: told once."""
    db.session.refresh(late, with_for_update={"of": Report})
    if not late.is_standing or late.reminded_at is not None:
        return
    _tell(late, N_("Målet er overskredet: %(kind)s, %(where)s er ikke fjernet."), "late", send=True)
    late.reminded_at = clock.now()


def about_of(one: Report) -> str:
    """What notices of it are about."""
    return f"clearing:{one.public_id}"


def _tell(one: Report, text: str, what: str, *, send: bool = False) -> None:
    said = kept(text, kind=DAMAGE_KIND_LABELS[one.kind], where=one.at)
    key = f"clearing-{what}:{one.id}"
    notify(one.responsible, said, about=about_of(one), key=key, without_police=False, send=send)


def _take(standing: Report) -> None:
    db.session.refresh(standing, with_for_update={"of": Report})
    if not standing.is_standing:
        raise Refused(Reason(N_("Den er allerede lukket. Genindlæs siden.")))
    forget(about_of(standing))
