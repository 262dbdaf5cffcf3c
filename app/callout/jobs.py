"""What the scheduler and the messaging slots call; one commit per round."""

import logging

from sqlalchemy.exc import SQLAlchemyError

from app.callout import operations, queries
from app.extensions import db
from app.incidents import log as log_entries
from app.incidents.locks import locked

log = logging.getLogger(__name__)


def take_due_steps() -> int:
    """Take the steps that are due. Any number of workers may: a step is taken under the incident's lock, once."""
    due = queries.due_callouts()
    db.session.rollback()
    failures: list[Exception] = []
    for callout_id in due:
        try:
            _take(callout_id)
        except SQLAlchemyError:
            raise  # the database: all the others would meet it too
        except Exception as error:  # one party's trouble must not silence the others
            db.session.rollback()
            log.error("callout %s: %s", callout_id, type(error).__name__)
            failures.append(error)
    if failures:
        raise failures[0]
    return len(due)


def show_lateness() -> None:
    """Where a call-out is held up, the room says so, to everybody who has it open."""
    for callout_id in sorted(queries.late_rounds()):
        log_entries.changed(queries.incident_of(callout_id), "parties")
        db.session.commit()
    db.session.rollback()


def _take(callout_id: int) -> None:
    locked(queries.incident_of(callout_id))
    db.session.expire_all()  # what was read before the lock may be what another worker has changed since
    operations.take_due_steps(queries.callout(callout_id))
    db.session.commit()
