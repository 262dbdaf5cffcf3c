"""Whether a code may be sent: how many have gone lately to this number, from this address, in this area. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LIVES = timedelta(minutes=15)  # a code, and the page that it opens
TRIES = 5  # at one code
DAY = timedelta(hours=24)
PER_NUMBER = 4
PER_PREFIX = 60  # a whole library may share one
PER_AREA = 400
# After the first code to a number, the second, the third: it grows.
WAITS = (timedelta(0), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=2))


@dataclass(frozen=True)
class Lately:
    """What went out in the last day: when to this number, and how many to the prefix and the area."""

    to_number: Sequence[datetime]
    from_prefix: int
    in_area: int


def may_send(lately: Lately, now: datetime) -> bool:
    """Whoever asked is never told the answer."""
    if len(lately.to_number) >= PER_NUMBER or lately.from_prefix >= PER_PREFIX or lately.in_area >= PER_AREA:
        return False
    waits = WAITS[min(len(lately.to_number), len(WAITS) - 1)]
    return not lately.to_number or now - max(lately.to_number) >= waits
