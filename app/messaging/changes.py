"""The one place where a delivery's state is changed, so that its times and lease always fit it."""

from datetime import datetime

from app.messaging.models import Delivery
from app.messaging.states import SETTLED, DeliveryState, may_become

REACHED = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED})


def become(delivery: Delivery, state: DeliveryState, at: datetime, code: str | None = None) -> bool:
    """Change the state if the order of states allows it; answers whether it did. `code` says why, in one word."""
    if not may_become(delivery.state, state):
        return False
    delivery.state = state
    delivery.error_code = code
    delivery.leased_until = delivery.worker = None
    delivery.settled_at = at if state in SETTLED else None
    if state in REACHED and delivery.sent_at is None:
        delivery.sent_at = at
    return True
