"""What providers report afterwards: late, twice or in the wrong order, and still the right state stays."""

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging.changes import become
from app.messaging.models import Delivery, Receipt
from app.messaging.once import insert_once
from app.messaging.results import give_way, tell
from app.messaging.states import DeliveryState

REPORTED = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.FAILED})


def settle(provider_id: str, state: DeliveryState, code: str | None = None) -> None:
    """Keep a report, once per provider's id and state, and apply it. Whoever calls has checked who sent it."""
    if state not in REPORTED:
        raise ValueError(f"no provider reports {state}")
    row = {"provider_id": provider_id, "state": state, "code": code, "received_at": clock.now()}
    insert_once(Receipt, [row], ["provider_id", "state"])
    apply_waiting(provider_id)


def apply_waiting(provider_id: str | None = None, limit: int = 500) -> int:
    """Apply reports whose delivery is known by now: a report may come before the request was answered."""
    give_way()
    waiting = sa.select(Receipt, Delivery).join(Delivery, Delivery.provider_id == Receipt.provider_id)
    waiting = waiting.where(Receipt.applied_at.is_(None)).order_by(Delivery.id, Receipt.id).limit(limit)
    if provider_id is not None:
        waiting = waiting.where(Receipt.provider_id == provider_id)
    pairs = db.session.execute(waiting.with_for_update().execution_options(populate_existing=True)).all()
    changed = {d.id: d for receipt, d in pairs if _apply(receipt, d)}
    db.session.flush()
    tell(list(changed.values()))
    return len(pairs)


def _apply(receipt: Receipt, delivery: Delivery) -> bool:
    receipt.applied_at = clock.now()
    return become(delivery, receipt.state, receipt.received_at, receipt.code)
