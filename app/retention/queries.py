"""What stands in the way of a deletion, what would go, and which incidents are looked at tonight."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.extensions import db
from app.incidents.models import Incident, Succession
from app.lib import clock
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.plans.vocabulary import IncidentStatus
from app.retention.models import IncidentExport, LegalHold
from app.retention.rules import TEXTS_KEPT, WARNED_BEFORE, Facts, Standing, standing
from app.reviews.models import Review

ENDED = (IncidentStatus.CLOSED, IncidentStatus.ANNULLED, IncidentStatus.TO_POLICE, IncidentStatus.RELEASED)
AFTERTHOUGHT = timedelta(days=30)  # what is added to an incident whose texts are gone stays so long


@dataclass(frozen=True)
class Line:
    """One incident in the plan: which, how it stands, and since when."""

    incident: Incident
    standing: Standing
    facts: Facts


def facts_of(incident: Incident) -> Facts:
    """What the rule is told."""
    closed = closed_at(incident)
    return Facts(
        closed_at=closed, is_exported=has_journal_export(incident, closed), is_held=hold_of(incident) is not None,
        gone_at=incident.texts_gone_at, has_more=incident.texts_gone_at is not None and _was_written_to(incident),
    )  # fmt: skip


def closed_at(incident: Incident) -> datetime | None:
    """When it was closed: with the lock of its review, or where it has none, when it ended; None while it is not.

    A B that the police took over is closed with their case. The other way round the case does not wait for the B:
    else the police would see when the B was closed.
    """
    if incident.status is IncidentStatus.CLOSED:
        locked = sa.select(sa.func.max(Review.locked_at)).where(Review.incident_id == incident.id)
        return db.session.scalar(locked)
    if incident.status not in ENDED or incident.ended_at is None:
        return None
    if incident.status is IncidentStatus.TO_POLICE:
        after = [closed_at(one) for one in _successors(incident)]
        return None if None in after else max([incident.ended_at, *(one for one in after if one)])
    return incident.ended_at


def has_journal_export(incident: Incident, since: datetime | None) -> bool:
    """Whether it was handed to the journal after it was closed. An exercise is no case, and needs not be."""
    if incident.is_exercise:
        return True
    return since is not None and any(at >= since for at in exported_at(incident))


def exported_at(incident: Incident) -> list[datetime]:
    """When its journal package was taken, or somebody said that it had been filed in another way."""
    noted = sa.select(IncidentExport.at).where(IncidentExport.incident_id == incident.id)
    return sorted(db.session.scalars(noted))


def hold_of(incident: Incident) -> LegalHold | None:
    """The one in force."""
    query = sa.select(LegalHold).where(LegalHold.incident_id == incident.id, LegalHold.lifted_at.is_(None))
    return db.session.scalar(query.order_by(LegalHold.id.desc()).limit(1))


def candidates() -> list[int]:
    """Incidents that may be due, or whose time is near: to look at one by one, never to show."""
    near = Incident.ended_at <= clock.now() - TEXTS_KEPT + WARNED_BEFORE
    has_words = sa.or_(Incident.texts_gone_at.is_(None), _dirty())
    query = sa.select(Incident.id).where(Incident.status.in_(ENDED), near, has_words)
    return list(db.session.scalars(query.order_by(Incident.id)))


def lines() -> list[Line]:
    """The dry run: every incident whose time is up, or would be were it not for a hold. For no reader of incidents."""
    found = [db.session.get_one(Incident, id_) for id_ in candidates()]
    told = [Line(one, standing(facts, clock.now()), facts) for one in found for facts in [facts_of(one)]]
    return [line for line in told if _is_up(line.facts)]


def _is_up(facts: Facts) -> bool:
    return facts.due_at is not None and facts.due_at <= clock.now()


def never_closed() -> int:
    """How many were stood down long ago, and their reviews are still not locked."""
    query = sa.select(sa.func.count()).where(*_forgotten())
    return db.session.scalar(query) or 0


def forgotten() -> list[Incident]:
    """The same, to remind those who lead the reviews."""
    return list(db.session.scalars(sa.select(Incident).where(*_forgotten()).order_by(Incident.id)))


def _forgotten() -> tuple[sa.ColumnElement[bool], ...]:
    under_review = Incident.status.in_((IncidentStatus.STOOD_DOWN, IncidentStatus.IN_REVIEW))
    return under_review, Incident.ended_at < clock.now() - TEXTS_KEPT


def _successors(incident: Incident) -> list[Incident]:
    query = sa.select(Succession).where(Succession.predecessor_id == incident.id)
    return [row.successor for row in db.session.scalars(query)]


def _was_written_to(incident: Incident) -> bool:
    query = sa.select(Incident.id).where(Incident.id == incident.id, _dirty())
    return db.session.scalar(query) is not None


def _dirty() -> sa.ColumnElement[bool]:
    """Everything that anybody adds writes in the log, so the log tells."""
    return sa.exists().where(
        LogEntry.chain_id == Incident.chain_id, LogEntry.content.is_not(None), LogEntry.kind != Kind.ERASURE,
        LogEntry.recorded_at < clock.now() - AFTERTHOUGHT,
    )  # fmt: skip
