"""The one place where a delivery's state is changed, so that its times and lease always fit it."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.extensions import db
from app.messaging.models import Delivery
from app.messaging.states import SETTLED, DeliveryState, may_become

D = sa.inspect(Delivery).local_table.c
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


def all_sent(taken: Sequence[tuple[int, str | None, datetime]]) -> None:
    """The same change of state for many that are locked and *sending*: id, the provider's id and when it took it."""
    db.session.execute(_SENT, [{"one": id_, "called": called, "at": at} for id_, called, at in taken])


_SENT = (
    sa.update(D.id.table)
    .where(D.id == sa.bindparam("one"))
    .values(
        state=DeliveryState.SENT, provider_id=sa.bindparam("called"), sent_at=sa.bindparam("at"),
        error_code=None, leased_until=None, worker=None,
    )
)  # fmt: skip
