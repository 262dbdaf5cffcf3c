"""Rounds and crime figures as tests need them, saved as if they had been imported."""

from app.areas.by import By
from app.areas.models import Area
from app.extensions import db
from app.indicators.dimensions import Dimension
from app.indicators.models import CrimeFigure, IndicatorImport, Observation, SurveyRound
from app.indicators.vocabulary import CrimeKind, CrimePlace, Group, ImportKind, ImportState, Law
from app.lib import clock
from app.lib.types import new_public_id


def make_import(area: Area, by: By, kind: ImportKind = ImportKind.SURVEY, state=ImportState.SAVED) -> IndicatorImport:
    made = IndicatorImport(
        area_id=area.id, kind=kind, state=state, file_name="tal.csv", by_user_id=by.user.id, by_actor_id=by.actor.id,
        uploaded_at=clock.now(), once_key=new_public_id(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def make_round(imported: IndicatorImport, year: int = 2025, series: str = "Egen måling", **percents) -> SurveyRound:
    """`T1=62.5` for the own area's answer, 120 people."""
    made = SurveyRound(
        import_id=imported.id, area_id=imported.area_id, series=series, year=year, publisher="Lindevangen på Vej",
        method="Spørgeskema", population="Beboere i Lindevangen", respondents=None, response_rate=41.0, citation="Egen",
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    for code, percent in percents.items():
        db.session.add(
            Observation(
                round_id=made.id, code=code, dimension=Dimension.SAFETY, question="Grundlæggende tryg i boligområdet",
                group=Group.OWN_AREA, percent=percent, n=120,
            )
        )  # fmt: skip
    db.session.commit()
    return made


def make_crime(imported: IndicatorImport, counts: dict[tuple[int, int], int | None], **more) -> None:
    """Reports under the penal code in the municipality, unless said otherwise."""
    usual = {"place": CrimePlace.MUNICIPALITY, "law": Law.PENAL_CODE, "kind": CrimeKind.REPORTS} | more
    for (year, quarter), count in counts.items():
        db.session.add(CrimeFigure(import_id=imported.id, year=year, quarter=quarter, count=count, **usual))
    db.session.commit()
