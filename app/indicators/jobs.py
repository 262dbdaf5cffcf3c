"""What the scheduler calls: reads the files that wait, and clears away the rows of those that do not count."""

import sqlalchemy as sa

from app.extensions import db
from app.importing import worker
from app.importing.states import ImportState
from app.indicators import operations
from app.indicators.importing.desk import DESK, clear
from app.indicators.models import CrimeFigure, IndicatorImport, SurveyRound
from app.lib.database import reading

GONE = (ImportState.REFUSED, ImportState.REPLACED, ImportState.WITHDRAWN)


def read_files() -> int:
    """Read on in the files that wait. Answers how many were read to their end."""
    return worker.read_files(DESK)


def clear_away() -> int:
    """Rows of what was refused, replaced or taken back. Answers how many imports."""
    operations.forget_unsaved()
    db.session.commit()
    gone = _with_rows()
    for import_id in gone:
        clear(import_id)
    return len(gone)


def _with_rows() -> list[int]:
    with reading():
        rows = sa.or_(
            sa.exists().where(SurveyRound.import_id == IndicatorImport.id),
            sa.exists().where(CrimeFigure.import_id == IndicatorImport.id),
        )
        query = sa.select(IndicatorImport.id).where(IndicatorImport.state.in_(GONE), rows)
        found = list(db.session.scalars(query))
        db.session.rollback()
    return found
