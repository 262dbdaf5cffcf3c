"""What an area may see of rounds and figures. Everything here goes through `visible`."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from app.areas.models import Area
from app.extensions import db
from app.indicators.models import CrimeFigure, IndicatorImport, Observation, SurveyRound
from app.indicators.rules import Figure
from app.indicators.vocabulary import CrimeKind, CrimePlace, ImportKind, ImportState, Law

ROUNDS_EACH, OWN_SERIES = 5, 2  # how much of the past a page shows
FIGURES = 5000


def visible(area: Area) -> sa.ColumnElement[bool]:
    """Rounds this area may see: what everybody may, and its own that have been saved as a whole."""
    saved = sa.select(IndicatorImport.id).where(
        IndicatorImport.area_id == area.id, IndicatorImport.state == ImportState.SAVED
    )
    return sa.or_(SurveyRound.import_id.is_(None), SurveyRound.import_id.in_(saved))


def shown_rounds(area: Area) -> list[SurveyRound]:
    """The newest rounds of the own series with the newest round, then of the common ones; the newest first in each."""
    newest, is_common = sa.func.max(SurveyRound.year), sa.func.min(SurveyRound.import_id).is_(None)
    series = sa.select(SurveyRound.series, is_common).where(visible(area)).group_by(SurveyRound.series)
    known = db.session.execute(series.order_by(newest.desc(), SurveyRound.series)).all()
    own = [name for name, common in known if not common][:OWN_SERIES]
    names = [*own, *(name for name, common in known if common)]
    place = sa.func.row_number().over(partition_by=SurveyRound.series, order_by=SurveyRound.year.desc())
    where = (visible(area), SurveyRound.series.in_(names))
    ranked = sa.select(SurveyRound.id, place.label("place")).where(*where).subquery()
    kept = sa.select(ranked.c.id).where(ranked.c.place <= ROUNDS_EACH)
    rounds = db.session.scalars(sa.select(SurveyRound).where(SurveyRound.id.in_(kept)))
    return sorted(rounds, key=lambda one: (names.index(one.series), -one.year))


def rounds_of(area: Area) -> list[SurveyRound]:
    """Every round that this area may see, the newest first."""
    query = sa.select(SurveyRound).where(visible(area)).order_by(SurveyRound.year.desc(), SurveyRound.series)
    return list(db.session.scalars(query.limit(FIGURES)))


def round_in(area: Area, public_id: str) -> SurveyRound | None:
    """One of them."""
    return db.session.scalar(sa.select(SurveyRound).where(SurveyRound.public_id == public_id, visible(area)))


def figures_of(rounds: Iterable[SurveyRound]) -> list[Figure]:
    """All figures of these rounds, in the order that they were given."""
    known = {one.id: one for one in rounds}
    columns = (
        Observation.round_id, Observation.dimension, Observation.code, Observation.question, Observation.group,
        Observation.percent, Observation.wording, Observation.approximate, Observation.missing, Observation.n,
    )  # fmt: skip
    query = sa.select(*columns).where(Observation.round_id.in_(list(known))).order_by(Observation.id).limit(FIGURES)
    return [_figure(known[row.round_id], row) for row in db.session.execute(query)]


def _figure(of: SurveyRound, row: Any) -> Figure:
    return Figure(
        row.dimension, of.series, of.year, row.code, row.question, row.group, row.percent, row.wording,
        row.approximate, row.missing, row.n,
    )  # fmt: skip


Counts = dict[tuple[int, int], int | None]


def crime(area: Area, kind: ImportKind) -> dict[tuple[CrimePlace, CrimeKind, Law], Counts]:
    """The counts of the table's newest import by (year, quarter); the quarter of a whole year is 0."""
    newest = (
        sa.select(sa.func.max(IndicatorImport.id))
        .where(
            IndicatorImport.area_id == area.id, IndicatorImport.kind == kind, IndicatorImport.state == ImportState.SAVED
        )
        .scalar_subquery()
    )
    found: dict[tuple[CrimePlace, CrimeKind, Law], Counts] = {}
    columns = (
        CrimeFigure.place, CrimeFigure.kind, CrimeFigure.law, CrimeFigure.year, CrimeFigure.quarter, CrimeFigure.count
    )  # fmt: skip
    order = (CrimeFigure.year, CrimeFigure.quarter)
    for place, what, law, year, quarter, count in db.session.execute(
        sa.select(*columns).where(CrimeFigure.import_id == newest).order_by(*order)
    ):
        found.setdefault((place, what, law), {})[year, quarter] = count
    return found


def imports_of(area: Area, limit: int = 30) -> list[IndicatorImport]:
    """The area's imports, the newest first."""
    query = sa.select(IndicatorImport).where(IndicatorImport.area_id == area.id)
    return list(db.session.scalars(query.order_by(IndicatorImport.id.desc()).limit(limit)))


def import_in(area: Area, public_id: str) -> IndicatorImport | None:
    """One of them."""
    return db.session.scalar(
        sa.select(IndicatorImport).where(IndicatorImport.area_id == area.id, IndicatorImport.public_id == public_id)
    )


def rounds_of_import(imported: IndicatorImport, limit: int = 50) -> Sequence[SurveyRound]:
    """What the file brings: for the page of the import itself, whatever its state."""
    query = sa.select(SurveyRound).where(SurveyRound.import_id == imported.id)
    return db.session.scalars(query.order_by(SurveyRound.year.desc(), SurveyRound.series).limit(limit)).all()


def clashes(imported: IndicatorImport) -> list[str]:
    """Rounds of this import that the area has already, as `series year`."""
    mine, other = sa.orm.aliased(SurveyRound), SurveyRound
    query = (
        sa.select(other.series, other.year)
        .join(mine, sa.and_(mine.series == other.series, mine.year == other.year))
        .where(mine.import_id == imported.id, _others(imported))
    )
    return [f"{series} {year}" for series, year in db.session.execute(query.limit(20))]


def _others(imported: IndicatorImport) -> sa.ColumnElement[bool]:
    saved = sa.select(IndicatorImport.id).where(
        IndicatorImport.area_id == imported.area_id,
        IndicatorImport.state == ImportState.SAVED,
        IndicatorImport.id != imported.id,
    )
    return sa.or_(SurveyRound.import_id.is_(None), SurveyRound.import_id.in_(saved))
