"""Take rows to send: free slot → tokens → claim with a lease. Whoever calls commits, and sends at once."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.lib.many import Many, among
from app.lib.types import UTCDateTime
from app.messaging import hooks
from app.messaging.changes import become
from app.messaging.channels.base import Outgoing
from app.messaging.hooks import Ended
from app.messaging.models import Attempt, Delivery, SenderBucket
from app.messaging.once import insert_once
from app.messaging.rates import NumberLimit, Rate, level
from app.messaging.results import tell
from app.messaging.states import DeliveryState, Outcome, Priority, stopped

HOUR = timedelta(hours=1)
HELD_FOR = timedelta(minutes=5)
D, A = sa.inspect(Delivery).local_table.c, sa.inspect(Attempt).local_table.c


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


# ---- the statements: made once, for making one costs more than asking it; past the ORM, for nobody keeps the rows ----

_NOW = sa.bindparam("now", type_=UTCDateTime)
_QUEUED = D.state == sa.literal(DeliveryState.QUEUED, D.state.type, literal_execute=True)  # as the index says it
_IS_DUE = D.due_at <= _NOW
_NEXT = (
    sa.select(
        D.id, D.public_id, D.attempts, D.area_id, D.without_police, D.name, D.address, D.language, D.subject, D.text,
        D.is_exercise, D.receiver_kind, D.priority, D.valid_until,
    )
    .where(
        _QUEUED, D.channel == sa.bindparam("channel"), D.priority == sa.bindparam("priority"), _IS_DUE,
        D.valid_until > _NOW,
    )
    .order_by(D.due_at, D.id)
    .limit(sa.bindparam("room", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)  # fmt: skip
_HAD = (
    sa.select(D.address, D.text, sa.func.count())
    .join(A.delivery_id.table, A.delivery_id == D.id)
    .where(
        among(D.address, sa.bindparam("addresses", type_=Many(sa.String))),
        D.channel == sa.bindparam("channel"),
        sa.or_(A.outcome.is_(None), A.outcome.in_([Outcome.ACCEPTED, Outcome.UNCERTAIN])),
        A.began_at > sa.bindparam("since"),
    )
    .group_by(D.address, D.text)
)
_OURS = among(D.id, sa.bindparam("ids", type_=Many(sa.Integer)))
_TAKE = (
    sa.update(D.id.table)
    .where(_OURS, _QUEUED)
    .values(
        state=DeliveryState.SENDING, worker=sa.bindparam("by"), leased_until=sa.bindparam("until"),
        attempts=D.attempts + 1,
    )
)  # fmt: skip
_BEGIN = sa.insert(A.delivery_id.table).from_select(
    ["delivery_id", "number", "began_at"], sa.select(D.id, D.attempts, _NOW).where(_OURS)
)


@dataclass(frozen=True)
class Claimed:
    """A delivery that is ours until the lease ends; attempt `number` begins now."""

    delivery_id: int
    number: int
    outgoing: Outgoing


def due(senders: Sequence[Sender]) -> list[Sender]:
    """Those that have something to send. A cheap look, without locking anything: a step down the index for each."""
    found = db.session.execute(_look(tuple((one.channel, one.lane) for one in senders)), {"now": clock.now()}).one()
    return [sender for sender, has_some in zip(senders, found, strict=True) if has_some]


@lru_cache
def _look(ways: tuple[tuple[str, Lane], ...]) -> sa.Select[*tuple[Any, ...]]:
    each = (
        sa.exists().where(_QUEUED, D.channel == channel, D.priority.in_([int(p) for p in lane.value]), _IS_DUE)
        for channel, lane in ways
    )
    return sa.select(*(one.label(f"way{n}") for n, one in enumerate(each)))


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
    tell([Ended.of(delivery) for delivery in held])


def _due(channel: str, priority: Priority, limit: int) -> list[Any]:
    # One priority at a time: the index gives exactly the due rows in order, whatever lies waiting for the morning.
    which = {"channel": channel, "priority": int(priority), "now": clock.now(), "room": limit}
    return list(db.session.execute(_NEXT, which))


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
    asked = {"addresses": sorted(addresses), "channel": channel, "since": clock.now() - HOUR}
    return Counter({(address, text): count for address, text, count in db.session.execute(_HAD, asked)})


def _claim(rows: list[Any], worker: str, lease: timedelta) -> None:
    now, ids = clock.now(), [row.id for row in rows]
    db.session.execute(_TAKE, {"ids": ids, "by": worker, "until": now + lease})
    db.session.execute(_BEGIN, {"ids": ids, "now": now})


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
