"""What the scheduler calls: reads the lists that wait, saves those that got a yes, clears away what is over."""

import logging
from time import monotonic, sleep

import sqlalchemy as sa

from app.contacts.importing import coming, operations
from app.contacts.importing.desk import DESK, clear
from app.extensions import db
from app.importing import worker
from app.lib.database import reading

log = logging.getLogger(__name__)
REST = 0.05  # seconds between two batches: SQLite has no line to stand in, whoever waits looks again now and then


def read_lists() -> int:
    """Read on in the files that wait, then save what may be saved. Answers how many were read to their end."""
    done = worker.read_files(DESK)
    save_lists()
    return done


def save_lists() -> None:
    """A short transaction at a time, for a while; the next call goes on. Others who write get in between."""
    until = monotonic() + worker.A_WHILE
    while (batch := _next()) is not None:
        try:
            if not operations.save_some(batch):
                db.session.rollback()
                return
            db.session.commit()
        except sa.exc.OperationalError:
            raise  # the database is away: tried again
        except Exception as error:
            db.session.rollback()
            log.error("contacts could not be saved: %s", type(error).__name__)
            operations.give_up_on_saving(batch.import_id)
            db.session.commit()
            coming.take_back(batch.import_id)
        if not batch.rows:
            coming.take_back(batch.import_id)  # when it was refused
        if monotonic() >= until:
            return
        if len(batch.rows) == coming.BATCH:
            sleep(REST)


def clear_away() -> int:
    """Staged rows of what is over, and what was wrong in files of last week."""
    operations.forget_old()
    with reading():
        gone = operations.settled_with_rows()
        db.session.rollback()
    for import_id in gone:
        clear(import_id)
    return len(gone)


def _next() -> coming.Batch | None:
    with reading():
        batch = operations.next_to_save()
        db.session.rollback()
    return batch
