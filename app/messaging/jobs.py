"""What the scheduler calls. Each batch is a transaction of its own; two workers share the rows."""

from collections.abc import Callable

from app.extensions import db
from app.messaging import receipts, results


def sweep_stuck() -> None:
    """Turn leases that ran out into *uncertain*, and what follows from that."""
    _until_empty(results.sweep)


def sweep_orphaned() -> None:
    """The same for every claimed row: only for a worker that has just started and knows that it is alone."""
    _until_empty(lambda: results.sweep(orphaned=True))


def expire() -> None:
    """Let go of what is too old to send."""
    _until_empty(results.expire)


def apply_receipts() -> None:
    """Apply reports that came before we knew what they were about."""
    _until_empty(receipts.apply_waiting)


def _until_empty(batch: Callable[[], int]) -> None:
    while batch():
        db.session.commit()
    db.session.rollback()
