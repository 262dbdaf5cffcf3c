"""What the clocks on Danish walls show: pure arithmetic, so that rules may use it. It does not know what time it is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def local(moment: datetime) -> datetime:
    """The same moment on the clocks of Denmark."""
    return moment.astimezone(COPENHAGEN)


def from_local(wall: datetime) -> datetime:
    """UTC of a naive Danish wall-clock time. In the doubled autumn hour the first one is meant."""
    return wall.replace(tzinfo=COPENHAGEN).astimezone(UTC)
