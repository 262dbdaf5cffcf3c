"""How fast a sender may send: a bucket of tokens that fills with time. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Rate:
    """`per_second` on the long run, `burst` at once after a pause."""

    per_second: float
    burst: int


def level(rate: Rate, tokens: float, filled_at: datetime, now: datetime) -> float:
    """Tokens in the bucket now. A clock that went backwards gives nothing and takes nothing."""
    passed = max(0.0, (now - filled_at).total_seconds())
    return min(float(rate.burst), tokens + passed * rate.per_second)


def time_for(rate: Rate | None, count: int) -> timedelta:
    """How long it takes to hand over so many when nothing else waits."""
    if rate is None or rate.per_second <= 0:
        return timedelta()
    return timedelta(seconds=max(0, count - rate.burst) / rate.per_second)


@dataclass(frozen=True)
class NumberLimit:
    """What one address may get within an hour before the networks take it for spam."""

    identical: int
    messages: int

    def allows(self, identical: int, messages: int) -> bool:
        """Whether one more may go after so many."""
        return identical < self.identical and messages < self.messages
