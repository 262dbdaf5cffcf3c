"""Whether a channel works at all: one text that fails is that text's trouble, all of them are the provider's."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging.models import ChannelTrouble
from app.messaging.once import insert_for
from app.messaging.states import Outcome

MANY = 3  # requests in a row without a yes
OLD = timedelta(minutes=15)  # nothing was tried since, so nothing is known
TROUBLE = frozenset({Outcome.TEMPORARY, Outcome.UNCERTAIN})
_FAILING = sa.select(ChannelTrouble.channel).where(ChannelTrouble.failures > 0)


def note(ended: Sequence[tuple[str, Outcome, str | None]]) -> None:
    """Count what the provider of each channel did not take since its last yes. A working channel costs one look."""
    failing = set(db.session.scalars(_FAILING))
    for channel in sorted({name for name, _, _ in ended}):
        outcomes = [(outcome, code) for name, outcome, code in ended if name == channel]
        if any(outcome not in TROUBLE for outcome, _ in outcomes):  # a clear no is an answer too
            if channel in failing:
                _well(channel)
        else:
            _ill(channel, len(outcomes), outcomes[-1][1] or "")


def troubled() -> list[ChannelTrouble]:
    """The channels that take nothing now."""
    query = sa.select(ChannelTrouble).where(
        ChannelTrouble.failures >= MANY, ChannelTrouble.last_at > clock.now() - OLD
    )
    return list(db.session.scalars(query.order_by(ChannelTrouble.channel)))


def _well(channel: str) -> None:
    well = sa.update(ChannelTrouble).where(ChannelTrouble.channel == channel)
    db.session.execute(well.values(failures=0, last_at=clock.now()))


def _ill(channel: str, count: int, code: str) -> None:
    now = clock.now()
    row = {"channel": channel, "failures": count, "since": now, "last_at": now, "code": code[:60]}
    again = {
        "failures": ChannelTrouble.failures + count, "last_at": now, "code": code[:60],
        "since": sa.case((ChannelTrouble.failures == 0, now), else_=ChannelTrouble.since),
    }  # fmt: skip
    insert = insert_for(ChannelTrouble).values(row)
    db.session.execute(insert.on_conflict_do_update(index_elements=["channel"], set_=again))
