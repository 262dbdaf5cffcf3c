"""Whether a channel works at all: one text that fails is that text's trouble, all of them are the provider's.

Counted three times, because of whom it may be told: over everything that was sent, over what the police may know of,
and over our own looks at the provider, which say nothing of anybody.
"""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app

from app.extensions import db
from app.lib import clock
from app.lib.types import UTCDateTime
from app.messaging.channels import load
from app.messaging.channels.base import Answers, Channel, Closes
from app.messaging.models import ChannelTrouble, Seen
from app.messaging.once import insert_for
from app.messaging.states import Outcome

MANY = 3  # requests in a row without a yes
LOOKS = 2  # looks in a row without an answer: they are a minute apart
OLD = timedelta(minutes=15)  # nothing was tried since, so nothing is known
PATIENCE = 10.0  # seconds for a look
TROUBLE = frozenset({Outcome.TEMPORARY, Outcome.UNCERTAIN})
TOLD_ALL = frozenset({Seen.IN_EVERYTHING, Seen.BY_LOOKING})
TOLD_POLICE = frozenset({Seen.IN_WHAT_POLICE_MAY_KNOW, Seen.BY_LOOKING})

Key = tuple[str, Seen]


class Ended(NamedTuple):
    """How one request ended. `without_police`: of what is no politisag."""

    channel: str
    without_police: bool
    outcome: Outcome
    code: str | None


_told = ChannelTrouble.__table__.c
_IS_MANY = _told.failures >= sa.case((_told.seen == Seen.BY_LOOKING, LOOKS), else_=MANY)
_FAILING = sa.select(_told.channel, _told.seen).where(_told.failures > 0)
# `smtp:everything,smtp:look` for questions that want to know it along with something else; bind `known_since`.
OUTAGES = (
    sa.select(sa.func.aggregate_strings(_told.channel + ":" + sa.cast(_told.seen, sa.String(40)), ","))
    .where(_IS_MANY, _told.last_at > sa.bindparam("known_since", type_=UTCDateTime()))
    .scalar_subquery()
)  # fmt: skip


def known_since() -> dict[str, object]:
    """What OUTAGES must be given."""
    return {"known_since": clock.now() - OLD}


def told(found: str | None, *, is_police: bool) -> list[str]:
    """The channels that take nothing now, of what OUTAGES found: as far as this person may know."""
    wanted = TOLD_POLICE if is_police else TOLD_ALL
    each = (one.partition(":") for one in (found or "").split(",") if one)
    return sorted({channel for channel, _, seen in each if seen in wanted})


def troubled(*, is_police: bool = False) -> list[str]:
    """The same, asked for by itself."""
    return told(db.session.scalar(sa.select(OUTAGES), known_since()), is_police=is_police)


def note(ended: Sequence[Ended]) -> None:
    """Count what the provider of each channel did not take since its last yes. A working channel costs one look."""
    failing = _failing()
    _count(ended, Seen.IN_EVERYTHING, failing)
    _count([one for one in ended if not one.without_police], Seen.IN_WHAT_POLICE_MAY_KNOW, failing)


def look() -> None:
    """Ask each provider whether it is there: the night is too late to find out, and asking sends nothing."""
    channels = [channel for channel in load(current_app.config["BEREDSKAB"]).values() if isinstance(channel, Answers)]
    db.session.rollback()  # hold nothing while somebody else takes their time
    answers = asyncio.run(_ask(channels)) if channels else []
    failing = _failing()
    for channel, fault in answers:
        if fault is not None:
            _ill((channel, Seen.BY_LOOKING), 1, fault)
        elif (channel, Seen.BY_LOOKING) in failing:
            _well((channel, Seen.BY_LOOKING))
    db.session.commit()


async def _ask(channels: Iterable[Channel]) -> list[tuple[str, str | None]]:
    return [(channel.name, await _fault(channel)) for channel in channels]


async def _fault(channel: Channel) -> str | None:
    try:
        if isinstance(channel, Answers):
            await asyncio.wait_for(channel.answers(), PATIENCE)
    except Exception as error:  # whatever it is: nobody answered as they should
        return str(getattr(error, "code", "") or type(error).__name__)
    finally:
        if isinstance(channel, Closes):
            await channel.close()
    return None


def _failing() -> Collection[Key]:
    return {(row.channel, row.seen) for row in db.session.execute(_FAILING)}


def _count(ended: Sequence[Ended], seen: Seen, failing: Collection[Key]) -> None:
    for name in sorted({one.channel for one in ended}):
        outcomes = [(one.outcome, one.code) for one in ended if one.channel == name]
        if any(outcome not in TROUBLE for outcome, _ in outcomes):  # a clear no is an answer too
            if (name, seen) in failing:
                _well((name, seen))
        else:
            _ill((name, seen), len(outcomes), outcomes[-1][1] or "")


def _well(key: Key) -> None:
    channel, seen = key
    well = sa.update(ChannelTrouble).where(ChannelTrouble.channel == channel, ChannelTrouble.seen == seen)
    db.session.execute(well.values(failures=0, last_at=clock.now()))


def _ill(key: Key, count: int, code: str) -> None:
    now = clock.now()
    row = {"channel": key[0], "seen": key[1], "failures": count, "since": now, "last_at": now, "code": code[:60]}
    again = {
        "failures": ChannelTrouble.failures + count, "last_at": now, "code": code[:60],
        "since": sa.case((ChannelTrouble.failures == 0, now), else_=ChannelTrouble.since),
    }  # fmt: skip
    insert = insert_for(ChannelTrouble).values(row)
    db.session.execute(insert.on_conflict_do_update(index_elements=["channel", "seen"], set_=again))
