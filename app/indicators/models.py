"""Survey rounds with their figures, crime figures, and the imports that they came in by.

A row with an import is nobody's to see until that import is SAVED: every query goes through `queries.visible`.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.importing.models import Upload
from app.indicators.dimensions import Dimension
from app.indicators.vocabulary import CrimeKind, CrimePlace, Group, ImportKind, Law, Missing
from app.lib.types import enum_column, new_public_id


class IndicatorImport(Upload):
    """One uploaded file of surveys or crime figures."""

    __tablename__ = "indicator_imports"
    TOPIC = "import"

    kind: Mapped[ImportKind] = mapped_column(enum_column(ImportKind))


class SurveyRound(Model):
    """One round of one series. Only rounds of the same series can ever be joined. No import: reference data."""

    __tablename__ = "survey_rounds"
    __table_args__ = (
        sa.UniqueConstraint("import_id", "series", "year"),
        sa.Index(
            "uq_survey_rounds_reference", "series", "year", unique=True,
            sqlite_where=sa.text("import_id IS NULL"), postgresql_where=sa.text("import_id IS NULL"),
        ),
        sa.CheckConstraint("(import_id IS NULL) = (area_id IS NULL)", name="own_rounds_are_imported"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    import_id: Mapped[int | None] = mapped_column(sa.ForeignKey("indicator_imports.id"))
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    series: Mapped[str] = mapped_column(sa.String(80))
    year: Mapped[int]
    publisher: Mapped[str] = mapped_column(sa.String(120))
    method: Mapped[str] = mapped_column(sa.String(300))
    population: Mapped[str] = mapped_column(sa.String(300))
    respondents: Mapped[int | None]
    response_rate: Mapped[float | None]
    citation: Mapped[str] = mapped_column(sa.String(500))


class Observation(Model):
    """What one group answered to one question: a percentage, the published words, or nothing and why."""

    __tablename__ = "survey_observations"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "code", "group"),
        sa.CheckConstraint("(percent IS NULL AND wording = '') = (missing IS NOT NULL)", name="figure_or_reason"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="percent_is_one"),
        # "7 ud af 10" is rounded speech, and no 70.0 per cent.
        sa.CheckConstraint("wording NOT LIKE '% ud af %' OR percent IS NULL", name="words_are_no_figure"),
        sa.CheckConstraint("n >= 10", name="never_under_ten"),
        sa.Index("ix_survey_observations_dimension", "round_id", "dimension"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("survey_rounds.id"))
    code: Mapped[str] = mapped_column(sa.String(20))
    dimension: Mapped[Dimension] = mapped_column(enum_column(Dimension))
    question: Mapped[str] = mapped_column(sa.String(200))
    group: Mapped[Group] = mapped_column("group", enum_column(Group))
    percent: Mapped[float | None]
    wording: Mapped[str] = mapped_column(sa.String(80), default="")
    approximate: Mapped[bool] = mapped_column(default=False)
    missing: Mapped[Missing | None] = mapped_column(enum_column(Missing))
    n: Mapped[int | None]
    line: Mapped[int] = mapped_column(default=0)  # in the file


class CrimeFigure(Model):
    """How many reports or charges in a quarter (1-4) or a whole year (0). `count` None: Danmarks Statistik's `..`."""

    __tablename__ = "crime_figures"
    __table_args__ = (
        sa.UniqueConstraint("import_id", "place", "law", "kind", "year", "quarter"),
        sa.CheckConstraint("quarter BETWEEN 0 AND 4", name="quarter_is_one"),
        sa.CheckConstraint("count >= 0", name="count_is_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator_imports.id"))
    place: Mapped[CrimePlace] = mapped_column(enum_column(CrimePlace))
    law: Mapped[Law] = mapped_column(enum_column(Law))
    kind: Mapped[CrimeKind] = mapped_column(enum_column(CrimeKind))
    year: Mapped[int]
    quarter: Mapped[int]
    count: Mapped[int | None]
    line: Mapped[int] = mapped_column(default=0)
