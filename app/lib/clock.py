"""The only place that reads the time, so that tests and the demo can drive it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


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


def local(moment: datetime) -> datetime:
    """The same moment on the clocks of Denmark."""
    return moment.astimezone(COPENHAGEN)


def from_local(wall: datetime) -> datetime:
    """UTC of a naive Danish wall-clock time. In the doubled autumn hour the first one is meant."""
    return wall.replace(tzinfo=COPENHAGEN).astimezone(UTC)
