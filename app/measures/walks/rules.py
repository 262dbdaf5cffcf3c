"""What follows from what on a walk. Pure: facts in, answers out."""

from collections.abc import Mapping
from datetime import date

from app.measures.walks.vocabulary import FindingState, Verdict

MOST_TOGETHER = 25  # "up to about 25": more people do not hear each other


def state_at_birth(verdict: Verdict) -> FindingState:
    """What is wrong waits for an answer; what is good is only noted."""
    return FindingState.OPEN if verdict is Verdict.BAD else FindingState.NOTED


def may_become(verdict: Verdict, state: FindingState) -> bool:
    """A good place is never "done", and what is wrong is never only noted."""
    return (state is FindingState.NOTED) is (verdict is Verdict.GOOD)


def needs_words(state: FindingState) -> bool:
    """Those who pointed at it are owed what was done, or why it cannot be."""
    return state in (FindingState.DONE, FindingState.NOT_POSSIBLE)


def is_overdue(state: FindingState, due_on: date | None, today: date) -> bool:
    """From the day after the deadline, as long as nobody has answered."""
    return state is FindingState.OPEN and due_on is not None and due_on < today


def walked(participants: Mapping[str, int]) -> int:
    """How many they were."""
    return sum(participants.values())
