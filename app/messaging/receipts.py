"""What providers report afterwards: late, twice or in the wrong order, and still the right state stays."""

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging.changes import become
from app.messaging.hooks import Ended
from app.messaging.models import Attempt, Delivery, Receipt
from app.messaging.once import insert_once
from app.messaging.results import give_way, tell
from app.messaging.states import DeliveryState, Outcome

REPORTED = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.FAILED})


def settle(
    provider_id: str,
    state: DeliveryState,
    code: str | None = None,
    *,
    delivery: Delivery | None = None,
    attempt: int | None = None,
) -> None:
    """Keep a report, once per provider's id and state, and apply it. Whoever calls has checked who sent it.

    `delivery` and `attempt` are what the report is about, where we know that for certain.
    """
    if state not in REPORTED:
        raise ValueError(f"no provider reports {state}")
    about = {"delivery_id": delivery.id if delivery else None, "attempt": attempt}
    row = {"provider_id": provider_id, "state": state, "code": code, "received_at": clock.now(), **about}
    insert_once(Receipt, [row], ["provider_id", "state"])
    apply_waiting(provider_id)


def apply_waiting(provider_id: str | None = None, limit: int = 500) -> int:
    """Apply reports whose delivery is known by now: a report may come before the request was answered."""
    give_way()
    unnamed = sa.and_(Receipt.delivery_id.is_(None), Delivery.provider_id == Receipt.provider_id)
    waiting = sa.select(Receipt, Delivery).join(Delivery, sa.or_(Delivery.id == Receipt.delivery_id, unnamed))
    waiting = waiting.where(Receipt.applied_at.is_(None)).order_by(Delivery.id, Receipt.id).limit(limit)
    if provider_id is not None:
        waiting = waiting.where(Receipt.provider_id == provider_id)
    pairs = db.session.execute(waiting.with_for_update().execution_options(populate_existing=True)).all()
    changed = {d.id: d for receipt, d in pairs if _apply(receipt, d)}
    db.session.flush()
    tell([Ended.of(delivery) for delivery in changed.values()])
    return len(pairs)


def _apply(receipt: Receipt, delivery: Delivery) -> bool:
    receipt.applied_at = clock.now()
    if receipt.state is DeliveryState.FAILED and not _is_whole_truth(receipt, delivery):
        return False
    if delivery.provider_id is None:
        delivery.provider_id = receipt.provider_id
    return become(delivery, receipt.state, receipt.received_at, receipt.code)


def _is_whole_truth(receipt: Receipt, delivery: Delivery) -> bool:
    """A no speaks for its own attempt alone: another one may have arrived, or may be under way."""
    if delivery.provider_id not in (None, receipt.provider_id):
        return False
    if receipt.attempt not in (None, delivery.attempts):
        return False
    if not delivery.may_have_left or delivery.attempts == 1:
        return True
    others = (Attempt.delivery_id == delivery.id, Attempt.number != delivery.attempts)
    unclear = sa.exists().where(*others, Attempt.outcome == Outcome.UNCERTAIN)
    return not db.session.scalar(sa.select(unclear))
