"""What happens after an attempt: again, later, or never. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.messaging.states import DeliveryState, Outcome, Priority, ReceiverKind, stopped

# Seconds to wait after the first, second … attempt that surely did not arrive; the last one again and again, until
# the text is too old to be of use: a provider that is away for twenty minutes must cost twenty minutes, not the text.
PAUSES = (5, 15, 45, 120, 300, 600, 1200)
CALLOUT_PAUSES = (2, 5, 10, 20, 40, 60, 60)
MAX_UNCERTAIN = 5  # attempts after which nobody is rung or texted again because of not knowing


@dataclass(frozen=True)
class Facts:
    """What is known of the delivery when its attempt number `attempts` has ended."""

    attempts: int
    priority: int
    receiver_kind: ReceiverKind
    valid_until: datetime
    may_have_left: bool
    now: datetime


@dataclass(frozen=True)
class Next:
    """The new state, and when it goes again if it does."""

    state: DeliveryState
    due_at: datetime | None = None


def pause(priority: int, attempts: int) -> timedelta:
    """How long to wait after that many attempts."""
    pauses = CALLOUT_PAUSES if priority == Priority.CALLOUT else PAUSES
    return timedelta(seconds=pauses[min(attempts, len(pauses)) - 1])


def repeats_uncertain(receiver_kind: ReceiverKind) -> bool:
    """Duty people rather hear twice than never; everybody else gets at most one, even if that one was lost."""
    return receiver_kind is ReceiverKind.PARTY


def after(outcome: Outcome, facts: Facts, retry_after: float | None = None) -> Next:
    """The rule. `retry_after` is the provider's own wish, in seconds."""
    if outcome is Outcome.ACCEPTED:
        return Next(DeliveryState.SENT)
    if outcome is Outcome.PERMANENT:
        return Next(DeliveryState.FAILED)
    if outcome is Outcome.UNCERTAIN and not repeats_uncertain(facts.receiver_kind):
        return Next(DeliveryState.UNCERTAIN)
    again = facts.now + max(pause(facts.priority, facts.attempts), timedelta(seconds=retry_after or 0))
    may_have_left = facts.may_have_left or outcome is Outcome.UNCERTAIN
    if outcome is Outcome.UNCERTAIN and facts.attempts >= MAX_UNCERTAIN:
        return Next(DeliveryState.UNCERTAIN)
    if again >= facts.valid_until:
        return Next(stopped(DeliveryState.EXPIRED, may_have_left))
    return Next(DeliveryState.QUEUED, again)
