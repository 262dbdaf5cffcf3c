"""What is counted over thousands of rows, kept in this process until the topic of those rows is raised again.

While a text goes out, hundreds of pages fetch the same counts each time a batch has left. The counter is read in the
snapshot that the counts are read in, and is raised in the transaction that changes the rows: so what is kept for
a number is what everybody counts at that number.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from flask import has_request_context, request

from app.lib.database import is_read_only
from app.live.queries import versions

Counted = TypeVar("Counted")
KEPT = 2_000
NONE = "none"

Numbers = tuple[int, ...]

_kept: dict[str, tuple[Numbers, Any]] = {}


def remembered(key: str, topic: str | tuple[str, ...], count: Callable[[], Counted]) -> Counted:
    """What `count` answers, asked anew only when the topic, or one of several, has been raised since.

    Plain data that nobody changes, never rows. `key` says what it is in whichever database: a public id is part of it.
    Whoever writes counts for himself.
    """
    if not is_read_only():
        return count()
    number = _standing(topic if isinstance(topic, tuple) else (topic,))
    known = _kept.get(key)
    if known is None or known[0] != number:
        known = (number, count())
        keep(key, *known)
    found: Counted = known[1]
    return found


def unless_none(key: str, topic: str, ask: Callable[[], Sequence[Counted]]) -> Sequence[Counted]:
    """What `ask` answers; while the topic stands where the answer was nothing, it is not asked again.

    For rows that most nights never have. Only that there were none is kept: never rows.
    """
    if not is_read_only():
        return ask()
    number = _standing((topic,))
    if _kept.get(key) == (number, NONE):
        return ()
    found = ask()
    if not found:
        keep(key, number, NONE)
    return found


def recall(key: str) -> tuple[Numbers, Any] | None:
    """What is kept, and of which numbers: for whoever reads those along with a question of his own."""
    return _kept.get(key)


def keep(key: str, number: Numbers, found: object) -> None:
    """Keep it with the numbers of its topics, read in the snapshot that it was found in."""
    if len(_kept) >= KEPT:
        _kept.clear()
    _kept[key] = (number, found)


def read_along(standing: Mapping[str, int]) -> None:
    """The page has read these counters before its data, in its snapshot: nobody need ask for them again."""
    _read().update(standing)


def already_read(topics: Collection[str]) -> dict[str, int]:
    """The version of each topic, asked once in a request."""
    read = _read()
    if unread := [topic for topic in topics if topic not in read]:
        read |= versions(unread)
    return {topic: read[topic] for topic in topics}


def _read() -> dict[str, int]:
    # With the request itself and not in `g`, which outlives it where somebody holds the application's context.
    found: dict[str, int] = request.environ.setdefault("beredskab.topics_read", {}) if has_request_context() else {}
    return found


def _standing(topics: tuple[str, ...]) -> Numbers:
    return tuple(already_read(topics).values())


def forget() -> None:
    """Count everything anew: for measuring."""
    _kept.clear()
