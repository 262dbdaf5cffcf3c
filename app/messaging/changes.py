"""The one place where a delivery's state is changed, so that its times and lease always fit it."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.extensions import db
from app.lib.many import Columns, rows_for, table_of
from app.lib.types import UTCDateTime
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


class Taken(NamedTuple):
    """A delivery that its provider took, what it calls it and when."""

    delivery_id: int
    provider_id: str | None
    at: datetime


def all_sent(taken: Sequence[Taken]) -> list[Any]:
    """The same change of state for all of them that are *sending*; answers what listeners may want to know of those."""
    engine = db.session.get_bind().dialect.name
    return list(db.session.execute(_sent(engine), rows_for(engine, _TAKEN, taken))) if taken else []


_TAKEN: Columns = {"one": sa.Integer, "called": sa.String, "at": UTCDateTime}


@lru_cache
def _sent(engine: str) -> sa.UpdateBase:
    given = table_of(engine, _TAKEN).c
    return (
        sa.update(D.id.table)
        .where(D.id == given.one, D.state == DeliveryState.SENDING)
        .values(
            state=DeliveryState.SENT, provider_id=given.called, sent_at=given.at,
            error_code=None, leased_until=None, worker=None,
        )
        .returning(D.id, D.channel, D.address, D.about, D.group_key, D.without_police)
    )  # fmt: skip
