"""What the scheduler calls: reads the files that wait, and clears away the rows of those that do not count."""

import logging
from collections.abc import Iterator
from time import monotonic

import sqlalchemy as sa
from flask import Flask, current_app

from app.extensions import db
from app.indicators import operations
from app.indicators.importing import claims, staging
from app.indicators.models import CrimeFigure, IndicatorImport, SurveyRound
from app.indicators.vocabulary import ImportState
from app.lib.database import reading
from app.lib.i18n import N_, Reason

log = logging.getLogger(__name__)
A_WHILE = 15.0  # seconds of one call
GONE = (ImportState.REFUSED, ImportState.REPLACED, ImportState.WITHDRAWN)


def read_files() -> int:
    """Read on in the files that wait, for a while. Answers how many were read to their end.

    A large one goes on at the next call: a job that does not come back in time counts as one that has stopped.
    """
    until, done = monotonic() + A_WHILE, 0
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    while monotonic() < until and (app in _at or _take_next(app)):
        if _read_on(app, until):
            done += 1
    db.session.rollback()
    return done


# The file that this process has opened and how far it is, by application. Lost with the process: then the lease ends.
_at: dict[Flask, tuple[claims.Claimed, Iterator[None]]] = {}


def _take_next(app: Flask) -> bool:
    if not _anything_waits() or (claimed := claims.claim_next()) is None:
        return False
    db.session.commit()
    if claimed.attempt > claims.MOST_ATTEMPTS:
        staging.give_up(claimed, Reason(N_("Filen kunne ikke læses til ende. Prøv igen med en mindre fil.")))
        return _take_next(app)
    _at[app] = (claimed, staging.check(claimed))
    return True


def _read_on(app: Flask, until: float) -> bool:
    """Whether the file is finished."""
    claimed, batches = _at[app]
    try:
        for _batch in batches:
            if monotonic() >= until:
                return False
    except Exception as error:
        del _at[app]
        if isinstance(error, sa.exc.OperationalError):
            raise  # the database is away: the lease runs out, and the file is read again
        # A file that breaks us is told to the uploader, and stops no other.
        log.error("import %s: %s", claimed.import_id, type(error).__name__)
        staging.give_up(claimed, Reason(N_("Filen kunne ikke læses. Brug skabelonen, og prøv igen.")))
        return True
    del _at[app]
    return True


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
