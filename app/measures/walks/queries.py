"""Nouns of walks: an area's walks and findings, what is late, and what everybody may read."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.areas.models import Area
from app.extensions import db
from app.measures.walks.models import Finding, Walk
from app.measures.walks.vocabulary import FindingState, WalkState

PUBLIC_SHOWN = 200


def walks_of(area: Area) -> list[Walk]:
    """Newest first."""
    query = sa.select(Walk).where(Walk.area_id == area.id).order_by(Walk.starts_at.desc(), Walk.id.desc())
    return list(db.session.scalars(query))


def walk_in(area: Area, public_id: str) -> Walk | None:
    """The area's walk by this id."""
    return db.session.scalar(sa.select(Walk).where(Walk.area_id == area.id, Walk.public_id == public_id))


def finding_in(area: Area, public_id: str) -> Finding | None:
    """The area's finding by this id."""
    return db.session.scalar(_of_area(area).where(Finding.public_id == public_id))


def open_in(area: Area) -> list[Finding]:
    """What waits for an answer, the nearest deadline first."""
    query = _of_area(area).where(Finding.state == FindingState.OPEN)
    return list(db.session.scalars(query.order_by(Finding.due_on.nulls_last(), Finding.id)))


def published_in(area: Area) -> list[Finding]:
    """What a coordinator has let everybody read, newest first."""
    query = _of_area(area).where(Finding.published_at.is_not(None))
    return list(db.session.scalars(query.order_by(Finding.published_at.desc(), Finding.id.desc()).limit(PUBLIC_SHOWN)))


def overdue(today: date) -> list[int]:
    """Ids of open findings of all areas whose deadline has passed and that somebody answers for."""
    query = sa.select(Finding.id).join(Finding.walk).where(
        Finding.state == FindingState.OPEN, Finding.due_on < today, Finding.responsible_id.is_not(None),
        Walk.state != WalkState.CALLED_OFF,
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Finding.id)))


def _of_area(area: Area) -> sa.Select[Finding]:
    return sa.select(Finding).join(Finding.walk).options(contains_eager(Finding.walk)).where(Walk.area_id == area.id)
