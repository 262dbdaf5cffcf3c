"""Whether a person may hear of a topic, as those above know it."""

from collections.abc import Callable
from typing import Any

# Filled in wiring.py. A page checks access before it names its topics; each function here must agree as well.
may_hear: list[Callable[[Any, str], bool]] = []


def is_audible(user: Any, topic: str) -> bool:
    """True when every function in the slot says yes."""
    return all(says_yes(user, topic) for says_yes in may_hear)
