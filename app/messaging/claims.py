"""Take rows to send: free slot → tokens → claim with a lease. Whoever calls commits, and sends at once."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging import hooks
from app.messaging.changes import become
from app.messaging.channels.base import Outgoing
from app.messaging.models import Attempt, Delivery, SenderBucket
from app.messaging.once import insert_once
from app.messaging.rates import NumberLimit, Rate, level
from app.messaging.results import tell
from app.messaging.states import DeliveryState, Outcome, Priority, stopped

HOUR = timedelta(hours=1)
HELD_FOR = timedelta(minutes=5)


class Lane(Enum):
    """Two ways through each channel: a call-out never waits behind a broadcast."""

    CALLOUT = (Priority.CALLOUT,)
    OTHER = (Priority.WITHDRAWAL, Priority.NOTICE, Priority.RESIDENT)


@dataclass(frozen=True)
class Sender:
    """One lane of one channel, with tokens of its own."""

    channel: str
    lane: Lane
    rate: Rate | None
    per_number: NumberLimit | None = None

    @property
    def key(self) -> str:
        return f"{self.channel}/{self.lane.name.lower()}"


@dataclass(frozen=True)
class Claimed:
    """A delivery that is ours until the lease ends; attempt `number` begins now."""

    delivery_id: int
    number: int
    outgoing: Outgoing


def anything_due(channels: Collection[str]) -> bool:
    """A cheap look, without locking anything, whether a claim is worth while."""
    due = sa.select(Delivery.id).where(
        Delivery.state == DeliveryState.QUEUED,
        Delivery.channel.in_(channels),
        Delivery.priority.in_([int(p) for p in Priority]),
        Delivery.due_at <= clock.now(),
    )
    return db.session.scalar(due.limit(1)) is not None


def take(sender: Sender, slots: int, worker: str, lease: timedelta) -> list[Claimed]:
    """Claim at most `slots` due deliveries, the most urgent first; never more than the sender has tokens for."""
    room = min(slots, _tokens(sender))
    rows = _urgent_first(sender, room)
    while held := _of_the_police(rows):
        _hold_back(held)
        rows = _urgent_first(sender, room)
    rows = _within_limits(rows, sender)
    if rows:
        _claim(rows, worker, lease)
        _spend(sender, len(rows))
    return [_claimed(row) for row in rows]


def _urgent_first(sender: Sender, room: int) -> list[Any]:
    rows: list[Any] = []
    for priority in sender.lane.value:
        if len(rows) < room:
            rows += _due(sender.channel, priority, room - len(rows))
    return rows


def _of_the_police(rows: list[Any]) -> list[int]:
    """Ids of what must not go to them, and would: their address was somebody else's when it was queued."""
    areas = {row.area_id for row in rows if row.without_police and row.area_id is not None}
    police = {area: frozenset[str]().union(*(of(area) for of in hooks.police_addresses)) for area in areas}
    return [row.id for row in rows if row.without_police and row.address in police.get(row.area_id, ())]


def _hold_back(ids: list[int]) -> None:
    query = sa.select(Delivery).where(Delivery.id.in_(ids)).execution_options(populate_existing=True)
    held = list(db.session.scalars(query))
    for delivery in held:
        become(delivery, stopped(DeliveryState.CANCELLED, delivery.may_have_left), clock.now(), "police")
    db.session.flush()
    tell(held)


def _due(channel: str, priority: Priority, limit: int) -> list[Any]:
    # One priority at a time: the index gives exactly the due rows in order, whatever lies waiting for the morning.
    query = sa.select(Delivery.__table__).where(
        Delivery.state == DeliveryState.QUEUED,
        Delivery.channel == channel,
        Delivery.priority == int(priority),
        Delivery.due_at <= clock.now(),
        Delivery.valid_until > clock.now(),
    )
    query = query.order_by(Delivery.due_at, Delivery.id).limit(limit).with_for_update(skip_locked=True)
    return list(db.session.execute(query))


def _within_limits(rows: list[Any], sender: Sender) -> list[Any]:
    """Those whose address may get one more within this hour; the others wait a few minutes."""
    if sender.per_number is None or not rows:
        return rows
    identical = _had_lately(sender.channel, {row.address for row in rows})
    had: Counter[str] = Counter()
    for (address, _), count in identical.items():
        had[address] += count
    allowed = []
    for row in rows:
        if sender.per_number.allows(identical[row.address, row.text], had[row.address]):
            identical[row.address, row.text] += 1
            had[row.address] += 1
            allowed.append(row)
    held = {row.id for row in rows} - {row.id for row in allowed}
    if held:
        later = sa.update(Delivery).where(Delivery.id.in_(held))
        db.session.execute(later.values(due_at=clock.now() + HELD_FOR, error_code="network_limit"))
    return allowed


def _had_lately(channel: str, addresses: Collection[str]) -> Counter[tuple[str, str]]:
    taken = sa.or_(Attempt.outcome.is_(None), Attempt.outcome.in_([Outcome.ACCEPTED, Outcome.UNCERTAIN]))
    query = sa.select(Delivery.address, Delivery.text, sa.func.count()).join(Attempt).where(
        Delivery.address.in_(addresses), Delivery.channel == channel, taken, Attempt.began_at > clock.now() - HOUR
    )
    counts = db.session.execute(query.group_by(Delivery.address, Delivery.text))
    return Counter({(address, text): count for address, text, count in counts})


def _claim(rows: list[Any], worker: str, lease: timedelta) -> None:
    now = clock.now()
    ours = {"state": DeliveryState.SENDING, "worker": worker, "leased_until": now + lease}
    update = sa.update(Delivery).where(
        Delivery.id.in_([row.id for row in rows]), Delivery.state == DeliveryState.QUEUED
    )
    db.session.execute(
        update.values(**ours, attempts=Delivery.attempts + 1).execution_options(synchronize_session=False)
    )
    began = [{"delivery_id": row.id, "number": row.attempts + 1, "began_at": now} for row in rows]
    db.session.execute(sa.insert(Attempt), began)


def _claimed(row: Any) -> Claimed:
    number = row.attempts + 1
    text = (row.language, row.subject, row.text, row.is_exercise)
    kind = (row.receiver_kind, row.priority, row.valid_until)
    return Claimed(row.id, number, Outgoing(row.public_id, number, row.name, row.address, *text, *kind))


def _tokens(sender: Sender) -> int:
    """How many the sender may send now; locks its bucket until the claim commits."""
    if sender.rate is None:
        return 1_000_000
    now = clock.now()
    full = {"sender": sender.key, "tokens": float(sender.rate.burst), "filled_at": now}
    insert_once(SenderBucket, [full], ["sender"])
    bucket = db.session.get_one(SenderBucket, sender.key, with_for_update=True, populate_existing=True)
    bucket.tokens = level(sender.rate, bucket.tokens, bucket.filled_at, now)
    bucket.filled_at = max(now, bucket.filled_at)
    return int(bucket.tokens)


def _spend(sender: Sender, count: int) -> None:
    if sender.rate is not None:
        db.session.get_one(SenderBucket, sender.key).tokens -= count
