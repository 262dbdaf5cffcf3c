"""What the scheduler calls: reads the lists that wait, saves those that got a yes, clears away what is over."""

import logging

import sqlalchemy as sa

from app.contacts.importing import operations
from app.contacts.importing.desk import DESK, clear
from app.extensions import db
from app.importing import worker
from app.lib.database import reading

log = logging.getLogger(__name__)


def read_lists() -> int:
    """Read on in the files that wait, then save what may be saved. Answers how many were read to their end."""
    done = worker.read_files(DESK)
    save_lists()
    return done


def save_lists() -> None:
    """One transaction for each."""
    while _anything_to_save():
        try:
            operations.save_next()
            db.session.commit()
        except sa.exc.OperationalError:
            raise  # the database is away: tried again
        except Exception as error:
            db.session.rollback()
            log.error("contacts could not be saved: %s", type(error).__name__)
            operations.give_up_on_saving()
            db.session.commit()


def clear_away() -> int:
    """Staged rows of what is over, and what was wrong in files of last week."""
    operations.forget_old()
    with reading():
        gone = operations.settled_with_rows()
        db.session.rollback()
    for import_id in gone:
        clear(import_id)
    return len(gone)


def _anything_to_save() -> bool:
    with reading():
        waits = operations.anything_to_save()
        db.session.rollback()
    return waits
