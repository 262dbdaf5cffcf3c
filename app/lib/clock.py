"""The only place that reads the time, so that tests and the demo can drive it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app.lib.wall import COPENHAGEN, from_local, local

__all__ = ["COPENHAGEN", "driven_by", "from_local", "local", "now"]


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_time


def now() -> datetime:
    """The present moment, timezone-aware, in UTC."""
    return _source()


@contextmanager
def driven_by(source: Callable[[], datetime]) -> Iterator[None]:
    """While inside, `now()` answers what `source` says. For tests and `make demo`."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before

