"""Measures as lists, each for one reader."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from flask import abort

from app.accounts.models import User
from app.extensions import db
from app.incidents.access import Reader
from app.incidents.models import Incident
from app.indicators.dimensions import Dimension
from app.measures.access import readers_of, visible
from app.measures.models import Measure
from app.measures.vocabulary import ENDS, OPEN, OriginKind, Status

PAGE = 30


def page_of(reader: Reader, dimension: Dimension | None, status: Status | None, after: str = "") -> list[Measure]:
    """One more than a page: the open ones by deadline, or what is asked for; `after` is the last one seen."""
    query = visible(reader).where(Measure.status == status if status else Measure.status.in_(OPEN))
    if dimension:
        query = query.where(Measure.dimension == dimension)
    if after:
        last = db.session.scalar(visible(reader).where(Measure.public_id == after)) or abort(404)
        there = sa.tuple_(sa.literal(last.due_on, Measure.due_on.type), sa.literal(last.id))
        query = query.where(sa.tuple_(Measure.due_on, Measure.id) > there)
    return list(db.session.scalars(query.order_by(Measure.due_on, Measure.id).limit(PAGE + 1)))


def open_by_dimension(reader: Reader) -> dict[Dimension, list[Measure]]:
    """What goes on for each side of tryghed, by deadline."""
    rows = db.session.scalars(visible(reader).where(Measure.status.in_(OPEN)).order_by(Measure.due_on, Measure.id))
    found: dict[Dimension, list[Measure]] = {}
    for measure in rows:
        found.setdefault(measure.dimension, []).append(measure)
    return found


def done_times(reader: Reader, limit: int) -> list[datetime]:
    """When measures were done, the newest first."""
    query = visible(reader).where(Measure.status == Status.DONE).with_only_columns(Measure.closed_at)
    newest = db.session.scalars(query.order_by(Measure.closed_at.desc()).limit(limit))
    return [at for at in newest if at is not None]


def of_incident(reader: Reader, incident: Incident) -> list[Measure]:
    """What came of it, by deadline."""
    query = visible(reader).where(Measure.incident_id == incident.id)
    return list(db.session.scalars(query.order_by(Measure.due_on, Measure.id)))


def of_origins(reader: Reader, kind: OriginKind, ids: Iterable[str]) -> dict[str, list[Measure]]:
    """What came of these learning points or findings, by their public ids."""
    query = visible(reader).where(Measure.origin == kind, Measure.origin_id.in_(list(ids)))
    found: dict[str, list[Measure]] = {}
    for measure in db.session.scalars(query.order_by(Measure.id)):
        found.setdefault(measure.origin_id, []).append(measure)
    return found


def open_until(last: date) -> list[Measure]:
    """Open ones with a deadline no later than this: for reminders, never to show."""
    query = sa.select(Measure).where(Measure.status.in_(OPEN), Measure.due_on <= last)
    return list(db.session.scalars(query.order_by(Measure.id)))


def deadlines_of(user: User) -> list[Measure]:
    """The open measures of the person's own parties that they may see themselves, by deadline."""
    found: dict[int, Measure] = {}
    for reader in readers_of(user):
        query = visible(reader).where(Measure.owner_actor_id == reader.actor.id, Measure.status.not_in(ENDS))
        found |= {measure.id: measure for measure in db.session.scalars(query)}
    return sorted(found.values(), key=lambda measure: (measure.due_on, measure.id))
