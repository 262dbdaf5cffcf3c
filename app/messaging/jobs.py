"""What the scheduler calls. Each batch is a transaction of its own; two workers share the rows."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging import receipts, results
from app.messaging.models import InboundMessage

REPLIES_KEPT = timedelta(days=30)


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


def forget_replies() -> None:
    """Delete replies that fitted no question after 30 days, as the inbox promises, and the trace of those that did."""
    old = InboundMessage.received_at < clock.now() - REPLIES_KEPT
    db.session.execute(sa.delete(InboundMessage).where(old))
    db.session.commit()


def _until_empty(batch: Callable[[], int]) -> None:
    while batch():
        db.session.commit()
    db.session.rollback()
