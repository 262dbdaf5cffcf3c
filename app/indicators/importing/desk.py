"""How the worker reads and takes out an area's figures."""

import sqlalchemy as sa

from app.importing.desk import Desk, Table
from app.importing.staging import clear_rows
from app.indicators.importing.counting import CrimeFile
from app.indicators.importing.rounds import SurveyFile
from app.indicators.models import CrimeFigure, IndicatorImport, Observation, SurveyRound
from app.indicators.vocabulary import ImportKind


def clear(import_id: int) -> None:
    """Take every row of the import out again, a short transaction at a time."""
    rounds = sa.select(SurveyRound.id).where(SurveyRound.import_id == import_id)
    clear_rows(Observation, Observation.round_id.in_(rounds))
    clear_rows(SurveyRound, SurveyRound.import_id == import_id)
    clear_rows(CrimeFigure, CrimeFigure.import_id == import_id)


def _open(imported: IndicatorImport) -> Table:
    return SurveyFile(imported) if imported.kind is ImportKind.SURVEY else CrimeFile(imported)


DESK = Desk(IndicatorImport, _open, clear)
