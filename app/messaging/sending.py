"""One request to a provider, and the slots that limit how many there are at once."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.lib import clock
from app.messaging.channels.base import Channel, PermanentFailure, TemporaryFailure
from app.messaging.claims import Claimed, Lane, Sender
from app.messaging.results import Result
from app.messaging.states import Outcome

LONGEST_PAUSE = 60.0  # seconds
log = logging.getLogger(__name__)


@dataclass
class Gate:
    """One sender with its slots."""

    sender: Sender
    channel: Channel
    slots: int
    busy: int = 0
    closed_until: datetime | None = None  # the provider asked for a pause

    @property
    def free(self) -> int:
        if self.closed_until is not None and clock.now() < self.closed_until:
            return 0
        return self.slots - self.busy

    def heed(self, result: Result) -> None:
        """When the provider says how long to wait, it means all that this sender has, not the one text."""
        if result.outcome is Outcome.TEMPORARY and result.retry_after:
            self.closed_until = clock.now() + timedelta(seconds=min(result.retry_after, LONGEST_PAUSE))


def gates(channels: Mapping[str, Channel], in_flight: int) -> list[Gate]:
    """Call-outs first; they have a quarter of the slots for themselves."""
    reserved = max(1, in_flight // 4)
    slots = {Lane.CALLOUT: reserved, Lane.OTHER: max(1, in_flight - reserved)}
    return [
        Gate(Sender(channel.name, lane, channel.rate, channel.per_number), channel, min(slots[lane], channel.in_flight))
        for lane in Lane
        for channel in channels.values()
    ]


async def attempt(channel: Channel, claimed: Claimed, began: float, lease: timedelta) -> Result:
    """The request, and what its end means: whatever is not clearly a yes or a no is *uncertain*. Never raises.

    `began` is the monotonic time just before the claim.
    """
    if time.monotonic() - began + channel.timeout > lease.total_seconds():
        # We slept (a laptop's lid, a frozen host): before the call ended, the sweeper would take the row for lost.
        return _result(claimed, Outcome.TEMPORARY, "lease_too_short")
    try:
        async with asyncio.timeout(channel.timeout):
            accepted = await channel.send(claimed.outgoing)
    except TemporaryFailure as failure:
        return _result(claimed, Outcome.TEMPORARY, failure.code, failure.retry_after)
    except PermanentFailure as failure:
        return _result(claimed, Outcome.PERMANENT, failure.code)
    except Exception as error:
        log.warning("delivery %s is uncertain: %s on %s", claimed.delivery_id, type(error).__name__, channel.name)
        return _result(claimed, Outcome.UNCERTAIN, type(error).__name__)
    provider_id = accepted.provider_id[:120]
    return Result(claimed.delivery_id, claimed.number, Outcome.ACCEPTED, clock.now(), provider_id=provider_id)


def _result(claimed: Claimed, outcome: Outcome, code: str, retry_after: float | None = None) -> Result:
    ended_at = clock.now()
    return Result(claimed.delivery_id, claimed.number, outcome, ended_at, code[:60], retry_after=retry_after)
