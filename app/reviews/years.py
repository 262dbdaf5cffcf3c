"""A year of reviews added up: of the incidents that the reader may see, so never a B for anybody of the police."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.extensions import db
from app.incidents.access import Reader, reachable
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import _
from app.plans.vocabulary import TRACK_LABELS, IncidentStatus, Track
from app.reviews.models import LearningPoint, Review, ReviewFigures
from app.reviews.rules import FEWEST, Criterion, Figure, State, YearRow, by_category, share

COUNTED = (IncidentStatus.STOOD_DOWN, IncidentStatus.IN_REVIEW, IncidentStatus.CLOSED)
CORRECTED = ("Rettelser sendt til målgrupper", "Beskeder trukket tilbage")


@dataclass(frozen=True)
class Sums:
    """One table: by category, with the share of targets met where it may be said."""

    title: str
    rows: list[YearRow]

    @staticmethod
    def share(row: YearRow) -> int | None:
        return share(row)


@dataclass(frozen=True)
class Year:
    """What was real, what was exercised; by track only where the reader may see both."""

    year: int
    tables: list[Sums]


def years_of(reader: Reader) -> list[Year]:
    """The newest first. Figures are those of locked reviews; an open one counts as an incident alone."""
    seen = reachable(reader).order_by(None).where(Incident.status.in_(COUNTED))
    incidents = list(db.session.scalars(seen.order_by(Incident.activated_at.desc(), Incident.id.desc()).limit(1000)))
    rows = _rows(incidents)
    found: dict[int, list[Incident]] = {}
    for incident in incidents:
        found.setdefault(clock.local(incident.activated_at).year, []).append(incident)
    return [Year(year, _tables(some, rows, reader)) for year, some in found.items()]


def _tables(some: Sequence[Incident], rows: dict[int, YearRow], reader: Reader) -> list[Sums]:
    real = [one for one in some if not one.is_exercise]
    tables = [Sums(_("Hændelser"), by_category(rows[one.id] for one in real))]
    if not reader.who.police_in_area:  # for the police there is one track, and no word of another
        by_track = {track: [one for one in real if one.track is track] for track in Track}
        if all(len(found) >= FEWEST for found in by_track.values()):
            tables += [
                Sums(_(TRACK_LABELS[track]).capitalize(), by_category(rows[one.id] for one in found))
                for track, found in by_track.items()
            ]  # fmt: skip
    tables.append(Sums(_("Øvelser"), by_category(rows[one.id] for one in some if one.is_exercise)))
    return [table for table in tables if table.rows]


def _rows(incidents: Sequence[Incident]) -> dict[int, YearRow]:
    ids = [one.id for one in incidents]
    kept, points = _kept(ids), _points(ids)
    return {one.id: _row(one, kept.get(one.id, []), points.get(one.id, (0, 0))) for one in incidents}


def _row(incident: Incident, figures: Sequence[Figure], points: tuple[int, int]) -> YearRow:
    judged = [f for f in figures if f.criterion is Criterion.TIMELINESS and f.state is not State.NONE]
    category = document_of(incident).category(incident.category_key)
    return YearRow(
        category.label if category else incident.category_key, 1, sum(f.state is State.GOOD for f in judged),
        len(judged), sum(int(f.value_with.get("n", 0)) for f in figures if f.label in CORRECTED), *points,
    )  # fmt: skip


def _kept(ids: Sequence[int]) -> dict[int, list[Figure]]:
    """The figures of each incident's own newest locked review."""
    query = (
        sa.select(ReviewFigures.incident_id, ReviewFigures.figures)
        .join(Review, Review.id == ReviewFigures.review_id)
        .where(Review.incident_id.in_(ids), ReviewFigures.incident_id == Review.incident_id)
        .order_by(Review.number)
    )
    return {row[0]: [Figure.from_json(one) for one in row[1]] for row in db.session.execute(query)}


def _points(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    is_open = sa.func.sum(sa.case((LearningPoint.closed_at.is_(None), 1), else_=0))
    query = (
        sa.select(Review.incident_id, sa.func.count(), is_open)
        .join(LearningPoint, LearningPoint.review_id == Review.id)
        .where(Review.incident_id.in_(ids))
        .group_by(Review.incident_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in db.session.execute(query)}
