"""What is counted over thousands of rows, kept in this process until the topic of those rows is raised again.

While a text goes out, hundreds of pages fetch the same counts each time a batch has left. The counter is read in the
snapshot that the counts are read in, and is raised in the transaction that changes the rows: so what is kept for
a number is what everybody counts at that number.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, has_request_context

from app.lib.database import is_read_only
from app.live.queries import versions

Counted = TypeVar("Counted")
KEPT = 500

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
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = known = (number, count())
    found: Counted = known[1]
    return found


def _standing(topic: str) -> int:
    # A page has read its counters before its data, in this very snapshot.
    read: dict[str, int] = g.get("topics_read", {}) if has_request_context() else {}
    return read[topic] if topic in read else versions([topic])[topic]


def forget() -> None:
    """Count everything anew: for measuring."""
    _kept.clear()
