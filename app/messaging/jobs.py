"""What the scheduler calls. Each batch is a transaction of its own; two workers share the rows."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging import receipts, results
from app.messaging.models import EXERCISE_MARK, Delivery, DeliveryState, InboundMessage

REPLIES_KEPT = timedelta(days=30)
DELIVERIES_KEPT = timedelta(days=183)  # half a year
BATCH = 1000
UNDER_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)


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


def forget_deliveries(*, only_count: bool = False) -> int:
    """Blank names, addresses and texts half a year after they were queued. What became of each, and so n of m, stays.

    Answers how many; `only_count` changes nothing.
    """
    old = sa.select(Delivery.id).where(
        Delivery.queued_at < clock.now() - DELIVERIES_KEPT, Delivery.address != "", Delivery.state.not_in(UNDER_WAY)
    )
    if only_count:
        return db.session.scalar(sa.select(sa.func.count()).select_from(old.subquery())) or 0
    done = 0
    while ids := list(db.session.scalars(old.order_by(Delivery.id).limit(BATCH))):
        db.session.execute(sa.update(Delivery).where(Delivery.id.in_(ids)).values(BLANK))
        db.session.commit()
        done += len(ids)
    return done


# An exercise's text begins with its mark, also when nothing is left of it; the key held the address.
BLANK = {
    "name": "", "address": "", "subject": None,
    "text": sa.case((Delivery.is_exercise, EXERCISE_MARK), else_=""),
    "unique_key": sa.literal("forgotten:") + sa.cast(Delivery.id, sa.String),
}  # fmt: skip


def _until_empty(batch: Callable[[], int]) -> None:
    while batch():
        db.session.commit()
    db.session.rollback()
