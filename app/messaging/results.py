"""Write down how attempts ended, a batch at a time, and tell those who listen."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.extensions import db
from app.lib import clock
from app.lib.many import Columns, Many, among, rows_for, table_of
from app.lib.types import UTCDateTime
from app.messaging import hooks, providers, retry
from app.messaging.changes import Taken, all_sent, become
from app.messaging.hooks import Ended
from app.messaging.models import Attempt, Delivery
from app.messaging.states import DeliveryState, Outcome, stopped

BATCH = 500
D, A = sa.inspect(Delivery).local_table.c, sa.inspect(Attempt).local_table.c
_STAND = (
    sa.select(D.id, D.state, D.channel, D.address, D.about, D.group_key, D.without_police)
    .where(among(D.id, sa.bindparam("ids", type_=Many(sa.Integer))))
    .order_by(D.id)
    .with_for_update()
)
_CLOSED: Columns = {"of": sa.Integer, "nth": sa.Integer, "ended": UTCDateTime, "how": sa.String, "why": sa.String}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """How attempt `number` of a delivery ended. `code` is one word without personal data."""

    delivery_id: int
    number: int
    outcome: Outcome
    ended_at: datetime
    code: str | None = None
    provider_id: str | None = None
    retry_after: float | None = None


def record(results: Sequence[Result]) -> None:
    """Apply each result to its delivery and close its attempt; then call the slots, all in the caller's transaction."""
    give_way()
    accepted = {result.delivery_id: result for result in results if result.outcome is Outcome.ACCEPTED}
    sent = all_sent([Taken(r.delivery_id, r.provider_id, r.ended_at) for r in accepted.values()])
    plain = [Ended(row.id, row.address, row.about, row.group_key, DeliveryState.SENT, None) for row in sent]
    rows = {row.id: row for row in sent}
    others = [one for one in results if one.delivery_id not in rows or accepted.get(one.delivery_id) is not one]
    rows |= {row.id: row for row in _stand(others)}
    known = [result for result in results if result.delivery_id in rows]
    ended = plain + _weighed([one for one in others if one.delivery_id in rows])
    providers.note([_of_provider(rows[r.delivery_id], r) for r in known])
    _close_attempts(known)
    tell(ended)


def _stand(results: Sequence[Result]) -> list[Any]:
    """What did not simply go well, or not as the first to say so: locked, to be weighed one by one."""
    return list(db.session.execute(_STAND, {"ids": [result.delivery_id for result in results]})) if results else []


def _of_provider(row: Any, result: Result) -> providers.Ended:
    return providers.Ended(row.channel, row.without_police, result.outcome, result.code)


def give_way() -> None:
    """If a person's request holds a row that we need while it waits for ours, we are the one who tries again."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(sa.text("SET LOCAL lock_timeout = '500ms'"))  # below deadlock_timeout, 1 s


def sweep(limit: int = BATCH, *, orphaned: bool = False) -> int:
    """Deliveries whose lease ran out: their worker died or lost the database, so nobody knows whether they left.

    `orphaned` takes all that are claimed: for a worker that has just started and knows that it is alone.
    """
    give_way()
    stuck = [Delivery.state == DeliveryState.SENDING] + ([] if orphaned else [Delivery.leased_until < clock.now()])
    rows = _locked(*stuck, limit=limit)
    record([Result(d.id, d.attempts, Outcome.UNCERTAIN, clock.now(), "lease_expired") for d in rows])
    return len(rows)


def expire(limit: int = BATCH) -> int:
    """Queued deliveries that are too old to be of use."""
    give_way()
    rows = _locked(Delivery.state == DeliveryState.QUEUED, Delivery.valid_until <= clock.now(), limit=limit)
    for delivery in rows:
        become(delivery, stopped(DeliveryState.EXPIRED, delivery.may_have_left), clock.now(), "too_late")
    db.session.flush()
    tell([Ended.of(delivery) for delivery in rows])
    return len(rows)


def _weighed(results: Sequence[Result]) -> list[Ended]:
    if not results:
        return []
    deliveries = {d.id: d for d in _locked(Delivery.id.in_([r.delivery_id for r in results]))}
    changed = [deliveries[r.delivery_id] for r in results if _apply(deliveries[r.delivery_id], r)]
    db.session.flush()
    return [Ended.of(delivery) for delivery in changed]


def _locked(*which: sa.ColumnElement[bool], limit: int | None = None) -> list[Delivery]:
    query = sa.select(Delivery).where(*which).order_by(Delivery.id).limit(limit)
    query = query.with_for_update(skip_locked=limit is not None).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def _apply(delivery: Delivery, result: Result) -> bool:
    """Answers whether the delivery came to rest in a new state (going back to the queue is no news)."""
    if result.outcome is Outcome.ACCEPTED:
        delivery.provider_id = result.provider_id
        return become(delivery, DeliveryState.SENT, result.ended_at)
    if delivery.attempts != result.number or delivery.state not in (DeliveryState.SENDING, DeliveryState.UNCERTAIN):
        return False  # a late word about an attempt that others have dealt with
    following = _following(delivery, result)
    delivery.may_have_left = delivery.may_have_left or result.outcome is Outcome.UNCERTAIN
    delivery.due_at = following.due_at or delivery.due_at
    return become(delivery, following.state, clock.now(), result.code) and following.state is not DeliveryState.QUEUED


def _following(delivery: Delivery, result: Result) -> retry.Next:
    if delivery.state is DeliveryState.UNCERTAIN and result.outcome is not Outcome.UNCERTAIN:
        return retry.Next(DeliveryState.FAILED)  # a late but certain no; people were told it is unknown, so they decide
    return retry.after(result.outcome, _facts(delivery), result.retry_after)


def _facts(delivery: Delivery) -> retry.Facts:
    times = (delivery.valid_until, delivery.may_have_left, clock.now())
    return retry.Facts(delivery.attempts, delivery.priority, delivery.receiver_kind, *times)


def _close_attempts(results: Sequence[Result]) -> None:
    if results:
        engine = db.session.get_bind().dialect.name
        closed = [(r.delivery_id, r.number, r.ended_at, r.outcome.value, r.code) for r in results]
        db.session.execute(_close(engine), rows_for(engine, _CLOSED, closed))


@lru_cache
def _close(engine: str) -> sa.Update:
    given = table_of(engine, _CLOSED).c
    return (
        sa.update(A.delivery_id.table)
        .where(A.delivery_id == given.of, A.number == given.nth)
        .values(ended_at=given.ended, outcome=given.how, detail=given.why)
    )


def tell(ended: list[Ended]) -> None:
    """Call the slots with deliveries that came to rest in a new state."""
    if not ended:
        return
    try:
        with db.session.begin_nested():
            for listener in hooks.on_outcome:
                listener(ended)
    except OperationalError:
        raise  # the database's trouble, not the listener's: the whole batch comes again
    except Exception:
        _tell_each_apart(ended)


def _tell_each_apart(ended: list[Ended]) -> None:
    # What was sent was sent: a listener's fault must not make us forget it, or it would be sent again.
    for listener in hooks.on_outcome:
        try:
            with db.session.begin_nested():
                listener(ended)
        except OperationalError:
            raise
        except Exception as error:
            log.error("a listener to outcomes failed: %s", type(error).__name__)
