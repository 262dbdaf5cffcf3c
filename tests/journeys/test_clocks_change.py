"""The two nights on which the clocks change: whoever is on duty by the wall is called, before and after the change."""

from datetime import UTC, date, datetime, time

import pytest

from app.extensions import db
from app.roster.operations import Hours, add_weekly
from app.roster.rules import Rank

EVENING, MORNING = (time(20), time(2, 30), 1), (time(2, 30), time(20), 0)


def utc(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        # In spring 02.00 becomes 03.00: half past two is over as it begins.
        (utc(3, 28, 0, 55), utc(3, 28, 1, 5), "01.55 and 03.05"),
        # In autumn 03.00 becomes 02.00: half past two is the first one.
        (utc(10, 31, 0, 25), utc(10, 31, 0, 35), "02.25 and 02.35"),
        (utc(10, 31, 0, 25), utc(10, 31, 1, 15), "02.25 and 02.15 again"),
    ],
    ids=["spring", "autumn", "autumn, the hour that comes twice"],
)
def test_the_evening_watch_is_called_before_the_turn_and_the_morning_watch_after_it(
    night, before, after, turn
):
    _, evening, morning = night.club
    contacts = night.scene.contacts["youth_club"]
    since = date(2027, 3, 1)
    add_weekly(contacts[1], Rank.ON_DUTY, range(7), Hours(*EVENING, since))
    add_weekly(contacts[2], Rank.ON_DUTY, range(7), Hours(*MORNING, since))
    db.session.commit()
    night.clock.set(before)
    night.activate()
    evening.text("Svar ")
    assert morning.is_silent(), turn
    night.clock.set(after)
    night.activate("Endnu et rygte")
    morning.text("Svar ")
    night.twilio.ignore(*(phone.number for phone in night.club))
