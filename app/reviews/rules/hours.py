"""Working days and office hours of a review: when a debrief is due, when a party is reminded, when silence counts."""

from datetime import date, datetime, timedelta

from app.lib import wall

DEBRIEF_DAYS = 2
SILENCE_AFTER = timedelta(days=14)
OFFICE_HOURS = range(9, 15)
WORKING_DAYS = range(5)


def workdays_after(moment: datetime, days: int) -> datetime:
    """The same time of day, so many whole working days later; what opens at a weekend counts from Monday."""
    shown = wall.local(moment).replace(tzinfo=None)
    while shown.weekday() not in WORKING_DAYS:
        shown += timedelta(days=1)
    while days:
        shown += timedelta(days=1)
        days -= shown.weekday() in WORKING_DAYS
    return wall.from_local(shown)


def in_office_hours(now: datetime) -> bool:
    """When people who are not on duty may be written to."""
    here = wall.local(now)
    return here.weekday() in WORKING_DAYS and here.hour in OFFICE_HOURS


def reminder_due(opened_at: datetime, due_at: datetime, now: datetime) -> str | None:
    """Which reminder of the debrief a silent party is to have had by now, None for none.

    The first in office hours of a day after the opening, the second on the day it is due, the last when it is late.
    """
    if not in_office_hours(now):
        return None
    if now > due_at:
        return "late"
    today: date = wall.local(now).date()
    if today >= wall.local(due_at).date():
        return "due"
    return "first" if today > wall.local(opened_at).date() else None
