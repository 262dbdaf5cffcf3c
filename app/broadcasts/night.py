"""What Danish clocks say about sending at night."""

from datetime import datetime, timedelta

from app.lib import clock

EVENING, MORNING = 22, 7


def is_night(now: datetime) -> bool:
    """Between 22 and 7 in Denmark, when a text wakes people."""
    hour = clock.local(now).hour
    return hour >= EVENING or hour < MORNING


def next_seven(now: datetime) -> datetime:
    """The next time that Danish clocks show seven."""
    here = clock.local(now)
    today = here.replace(hour=MORNING, minute=0, second=0, microsecond=0, tzinfo=None)
    seven = clock.from_local(today)
    return seven if seven > now else clock.from_local(today + timedelta(days=1))
