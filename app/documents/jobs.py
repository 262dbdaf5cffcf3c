"""What the scheduler calls: makes what was asked for, one commit each, and forgets what is a day old."""

import logging
from collections.abc import Callable

from app.documents import operations, queries
from app.documents.faults import NotMade
from app.documents.kinds import kind_named, kind_of
from app.documents.models import Fault
from app.documents.operations import MOST_ATTEMPTS, Claimed
from app.extensions import db
from app.lib.database import reading

log = logging.getLogger(__name__)


def make_documents() -> int:
    """Make everything that waits. No transaction is open while a file is made. Answers how many were taken."""
    taken = 0
    while _anything_waits() and (claimed := operations.claim_next()) is not None:
        db.session.commit()
        made = _make(claimed)
        document = operations.record(claimed, made)
        if document is not None and (kind := kind_of(document)) is not None:
            kind.made(document)
        db.session.commit()
        taken += 1
    db.session.rollback()
    return taken


def forget_documents() -> int:
    """Delete files that are older than a day."""
    gone = operations.forget()
    db.session.commit()
    return gone


def _anything_waits() -> bool:
    with reading():
        waits = queries.any_waiting()
        db.session.rollback()
    return waits


def _reporter(claimed: Claimed) -> Callable[[int], None]:
    def report(percent: int) -> None:
        operations.note_progress(claimed, percent)
        db.session.commit()

    return report


def _make(claimed: Claimed) -> bytes | Fault:
    kind = kind_named(claimed.kind)
    if kind is None or claimed.attempt > MOST_ATTEMPTS:
        return Fault.BROKEN
    try:
        return kind.make(claimed.data, _reporter(claimed)) if kind.in_steps else kind.make(claimed.data)
    except NotMade as error:
        log.error("document %s of kind %s: %s", claimed.document_id, claimed.kind, error)
        return error.fault
    except Exception as error:  # a file that cannot be made is told to the asker, and stops no other
        log.error("document %s of kind %s: %s", claimed.document_id, claimed.kind, type(error).__name__)
        return Fault.BROKEN
