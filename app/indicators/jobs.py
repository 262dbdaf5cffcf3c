"""What the scheduler calls: reads the files that wait, and clears away the rows of those that do not count."""

import logging

import sqlalchemy as sa

from app.extensions import db
from app.indicators import operations
from app.indicators.importing import claims, staging
from app.indicators.models import CrimeFigure, IndicatorImport, SurveyRound
from app.indicators.vocabulary import ImportState
from app.lib.database import reading
from app.lib.i18n import N_, Reason

log = logging.getLogger(__name__)
GONE = (ImportState.REFUSED, ImportState.REPLACED, ImportState.WITHDRAWN)


def read_files() -> int:
    """Read every file that waits, one after the other. Answers how many."""
    done = 0
    while _anything_waits() and (claimed := claims.claim_next()) is not None:
        db.session.commit()
        _read(claimed)
        done += 1
    db.session.rollback()
    return done


def _read(claimed: claims.Claimed) -> None:
    if claimed.attempt > claims.MOST_ATTEMPTS:
        staging.give_up(claimed, Reason(N_("Filen kunne ikke læses til ende. Prøv igen med en mindre fil.")))
        return
    try:
        staging.check(claimed)
    except sa.exc.OperationalError:
        raise  # the database is away: the lease runs out, and the file is read again
    except Exception as error:  # a file that breaks us is told to the uploader, and stops no other
        log.error("import %s: %s", claimed.import_id, type(error).__name__)
        staging.give_up(claimed, Reason(N_("Filen kunne ikke læses. Brug skabelonen, og prøv igen.")))


def clear_away() -> int:
    """Rows of what was refused, replaced or taken back. Answers how many imports."""
    operations.forget_unsaved()
    db.session.commit()
    gone = _with_rows()
    for import_id in gone:
        staging.clear(import_id)
    return len(gone)


def _anything_waits() -> bool:
    with reading():
        waits = claims.anything_waits()
        db.session.rollback()
    return waits


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
