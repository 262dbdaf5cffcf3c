"""Nouns of nul-tolerance: the area's promise, its reports, and what is late."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.areas.models import Area
from app.extensions import db
from app.measures.clearing.models import ClearingTarget, Report
from app.measures.clearing.vocabulary import ReportState

LOOKED_BACK = timedelta(days=365)
GONE_SHOWN = 30


def target_of(area: Area) -> ClearingTarget | None:
    """What the area has promised."""
    return db.session.get(ClearingTarget, area.id)


def standing_in(area: Area) -> list[Report]:
    """Not removed yet, the nearest end first."""
    query = _of_area(area).where(Report.state == ReportState.STANDING)
    return list(db.session.scalars(query.order_by(Report.due_at.nulls_last(), Report.id)))


def gone_in(area: Area) -> list[Report]:
    """The newest that are closed."""
    query = _of_area(area).where(Report.state != ReportState.STANDING)
    return list(db.session.scalars(query.order_by(Report.seen_at.desc(), Report.id.desc()).limit(GONE_SHOWN)))


def of_a_year(area: Area, now: datetime) -> list[Report]:
    """Everything seen in the last twelve months, and what still stands from before."""
    recent = sa.or_(Report.seen_at >= now - LOOKED_BACK, Report.state == ReportState.STANDING)
    return list(db.session.scalars(_of_area(area).where(recent)))


def report_in(area: Area, public_id: str) -> Report | None:
    """The area's report by this id."""
    return db.session.scalar(_of_area(area).where(Report.public_id == public_id))


def to_remind(now: datetime) -> list[int]:
    """Ids of what stands past its time and nobody has been told of."""
    query = sa.select(Report.id).where(
        Report.state == ReportState.STANDING, Report.due_at < now, Report.reminded_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Report.id)))


def _of_area(area: Area) -> sa.Select[Report]:
    return sa.select(Report).where(Report.area_id == area.id)
