"""What is counted over thousands of rows, kept in this process until the topic of those rows is raised again.

While a text goes out, hundreds of pages fetch the same counts each time a batch has left. The counter is read in the
snapshot that the counts are read in, and is raised in the transaction that changes the rows: so what is kept for
a number is what everybody counts at that number.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import g, has_request_context

from app.lib.database import is_read_only
from app.live.queries import versions

Counted = TypeVar("Counted")
KEPT = 2_000
NONE = "none"

_kept: dict[str, tuple[int, Any]] = {}


def remembered(key: str, topic: str, count: Callable[[], Counted]) -> Counted:
    """What `count` answers, asked anew only when the topic has been raised since. Plain data, never rows.

    `key` says what it is in whichever database: a public id is part of it. Whoever writes counts for himself.
    """
    if not is_read_only():
        return count()
    number = _standing(topic)
    known = _kept.get(key)
    if known is None or known[0] != number:
        known = (number, count())
        _keep(key, *known)
    found: Counted = known[1]
    return found


def unless_none(key: str, topic: str, ask: Callable[[], Sequence[Counted]]) -> Sequence[Counted]:
    """What `ask` answers; while the topic stands where the answer was nothing, it is not asked again.

    For rows that most nights never have. Only that there were none is kept: never rows.
    """
    if not is_read_only():
        return ask()
    number = _standing(topic)
    if _kept.get(key) == (number, NONE):
        return ()
    found = ask()
    if not found:
        _keep(key, number, NONE)
    return found


def _keep(key: str, number: int, found: object) -> None:
    if len(_kept) >= KEPT:
        _kept.clear()
    _kept[key] = (number, found)


def _standing(topic: str) -> int:
    # A page has read its counters before its data, in this very snapshot.
    read: dict[str, int] = g.setdefault("topics_read", {}) if has_request_context() else {}
    if topic not in read:
        read |= versions([topic])
    return read[topic]


def forget() -> None:
    """Count everything anew: for measuring."""
    _kept.clear()
