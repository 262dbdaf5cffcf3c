"""A person's deadlines for their calendar: those of their own parties' open measures that they may see themselves."""

from collections.abc import Iterator

from app.accounts.models import User
from app.lib.i18n import _
from app.measures import queries
from app.roster.calendar import Day


def of_person(user: User) -> Iterator[Day]:
    """Neutral titles: the calendar of a phone is read over shoulders."""
    for measure in queries.deadlines_of(user):
        yield Day(f"measure {measure.public_id}", measure.due_on, _("Frist for et tiltag"), measure.version)
