"""What is left to do for what is under way: end a call that rings for nothing, look up what nobody knows."""

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging.changes import become
from app.messaging.channels.base import Channel, EndsCalls, LooksUp, TemporaryFailure
from app.messaging.hooks import Ended
from app.messaging.models import Attempt, Delivery
from app.messaging.results import give_way, tell
from app.messaging.states import DeliveryState

RINGS_AT_MOST = timedelta(minutes=5)  # after that there is nothing left to end
LOOK_AGAIN = timedelta(minutes=1)
LOOKED_FOR = timedelta(hours=24)  # as long as the provider may still have it under way
MANY = 20

InDatabase = Callable[..., Coroutine[Any, Any, Any]]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ringing:
    """A call that nobody needs any more."""

    delivery_id: int
    channel: str
    provider_id: str


@dataclass(frozen=True)
class Unclear:
    """A text that may have left since `since`."""

    delivery_id: int
    channel: str
    address: str
    text: str
    since: datetime


class Aftercare:
    """Asks the providers, beside the sending. `in_database` does its work in a transaction of its own."""

    def __init__(self, channels: Mapping[str, Channel], in_database: InDatabase) -> None:
        self._in_database = in_database
        self._ends = {name: one for name, one in channels.items() if isinstance(one, EndsCalls)}
        self._looks = {name: one for name, one in channels.items() if isinstance(one, LooksUp)}

    @property
    def is_needed(self) -> bool:
        """Whether any channel can be asked."""
        return bool(self._ends or self._looks)

    async def end_calls(self) -> None:
        """Stop the ringing of calls that a stop or an answer has made needless."""
        if self._ends:
            ringing = await self._in_database(to_end, set(self._ends))
            await asyncio.gather(*(self._end(one) for one in ringing))

    async def look_up(self) -> None:
        """Ask for what may have left. Only a yes settles anything."""
        if self._looks:
            unclear = await self._in_database(to_look_up, set(self._looks))
            await asyncio.gather(*(self._look(one) for one in unclear))

    async def _end(self, one: Ringing) -> None:
        channel = self._ends[one.channel]
        try:
            await channel.end(one.provider_id)
        except TemporaryFailure:
            return  # comes again at the next look
        except Exception as error:
            log.warning("delivery %s: the call was not ended: %s", one.delivery_id, type(error).__name__)
        await self._in_database(ended, one.delivery_id)

    async def _look(self, one: Unclear) -> None:
        try:
            found = await self._looks[one.channel].look_up(one.address, one.text, one.since)
        except Exception as error:
            log.warning("delivery %s: not looked up: %s", one.delivery_id, type(error).__name__)
            return
        await self._in_database(looked_up, one.delivery_id, found)


def to_end(channels: Collection[str]) -> list[Ringing]:
    """Calls that are not wanted any more and whose names at the provider we know."""
    query = sa.select(Delivery.id, Delivery.channel, Delivery.provider_id).where(
        Delivery.channel.in_(channels),
        Delivery.end_wanted_at > clock.now() - RINGS_AT_MOST,
        Delivery.ended_at.is_(None),
        Delivery.provider_id.is_not(None),
    )
    return [Ringing(id_, channel, name or "") for id_, channel, name in db.session.execute(query.limit(MANY))]


def ended(delivery_id: int) -> None:
    """It does not ring any more."""
    db.session.execute(sa.update(Delivery).where(Delivery.id == delivery_id).values(ended_at=clock.now()))


def to_look_up(channels: Collection[str]) -> list[Unclear]:
    """What nobody knows, each once a minute; marked as looked at, so that two workers share them."""
    now = clock.now()
    query = (
        sa.select(Delivery, sa.select(sa.func.min(Attempt.began_at)).where(Attempt.delivery_id == Delivery.id)
                  .scalar_subquery())
        .where(
            Delivery.state == DeliveryState.UNCERTAIN,
            Delivery.channel.in_(channels),
            Delivery.valid_until > now - LOOKED_FOR,
            sa.or_(Delivery.looked_up_at.is_(None), Delivery.looked_up_at <= now - LOOK_AGAIN),
        )
        .order_by(Delivery.looked_up_at.is_not(None), Delivery.looked_up_at, Delivery.id)
    )  # fmt: skip
    rows = db.session.execute(query.limit(MANY).with_for_update(of=Delivery, skip_locked=True)).all()
    found = [Unclear(d.id, d.channel, d.address, d.text, since) for d, since in rows]
    for delivery, _ in rows:
        delivery.looked_up_at = now
    return found


def looked_up(delivery_id: int, provider_ids: list[str]) -> None:
    """One that is no other delivery's is this one: it was taken."""
    give_way()
    delivery = db.session.get_one(Delivery, delivery_id, with_for_update=True, populate_existing=True)
    others = set(db.session.scalars(sa.select(Delivery.provider_id).where(Delivery.provider_id.in_(provider_ids))))
    ours = [one for one in provider_ids if one not in others]
    if ours and delivery.state is DeliveryState.UNCERTAIN:
        delivery.provider_id = ours[0]
        become(delivery, DeliveryState.SENT, clock.now(), "found")
        db.session.flush()
        tell([Ended.of(delivery)])
