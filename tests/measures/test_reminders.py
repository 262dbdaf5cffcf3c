"""Reminders and the calendar: once each, in office hours, in neutral words, and never to the police of a B."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from app.extensions import db
from app.measures import operations
from app.measures.jobs import remind_of_deadlines
from app.measures.rules import in_office_hours, reminder_due
from app.measures.vocabulary import Status
from app.notices.models import Notice
from app.roster.operations import new_calendar_address
from tests.measures.conftest import make

DUE = date(2026, 12, 14)  # a Monday


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2026, 12, 6), None), (date(2026, 12, 7), "ahead"), (date(2026, 12, 13), "ahead"), (DUE, "due"),
        (date(2026, 12, 20), "due"), (date(2026, 12, 21), "overdue-1"), (date(2026, 12, 27), "overdue-1"),
        (date(2027, 1, 11), "overdue-4"), (date(2027, 1, 17), "overdue-4"), (date(2027, 1, 18), None),
    ],
)  # fmt: skip
def test_a_week_before_on_the_day_and_four_weeks_after(today, says):
    assert reminder_due(DUE, date(2026, 11, 22), today) == says


def test_a_deadline_within_the_week_is_not_reminded_of_at_once():
    assert reminder_due(DUE, date(2026, 12, 8), date(2026, 12, 9)) is None


def test_office_hours():
    for wall, inside in (("2026-12-07 07:59", False), ("2026-12-07 08:00", True), ("2026-12-07 15:59", True),
                         ("2026-12-07 16:00", False), ("2026-12-12 10:00", False)):  # fmt: skip
        assert in_office_hours(datetime.fromisoformat(wall)) is inside


def told() -> list[tuple[int, str]]:
    rows = db.session.scalars(sa.select(Notice).where(Notice.about.startswith("measure:")).order_by(Notice.id))
    return [(row.user_id, row.text) for row in rows]


def test_the_owners_coordinators_are_told_once_in_neutral_words(scene, at, secret, clock):
    make(scene, title="zqopen")
    clock.set(datetime(2026, 12, 7, 3, tzinfo=UTC))
    remind_of_deadlines()
    assert told() == []
    for hours in (6, 1, 1):
        clock.advance(hours=hours)
        remind_of_deadlines()
    # Pia is of the police too: she hears of what is everybody's.
    ssp, pia = scene.cast.ssp.id, scene.cast.police_and_ssp.id
    assert sorted(user for user, _ in told()) == sorted([ssp, ssp, pia, pia])
    assert {text for _, text in told()} == {"Fristen for et tiltag hos SSP og opsøgende team er 14.12.2026."}
    assert at(scene.cast.police_and_ssp).text("/").count("Fristen for et tiltag") == 1
    page = at(scene.cast.ssp).text("/")
    assert page.count("Fristen for et tiltag") == 2 and f"/measures/{secret.public_id}" in page
    operations.close(secret, Status.DROPPED, "Ikke nødvendigt", by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    clock.advance(days=7)
    remind_of_deadlines()
    assert len(told()) == 6  # of the open one alone
    assert "Fristen" not in at(scene.cast.youth_club).text("/")


def test_the_calendar_has_the_partys_deadlines_and_no_word_of_what_they_are(scene, at, secret, clock):
    open_ = make(scene, due_on=DUE + timedelta(days=1))
    make(scene, owner="housing")
    tokens = {name: new_calendar_address(getattr(scene.cast, name)) for name in ("ssp", "police_and_ssp", "police")}
    db.session.commit()

    def days(name: str) -> list[date]:
        body = at().get(f"/roster/calendar/{tokens[name]}.ics").text
        assert "zqtitle" not in body and "drab" not in body and secret.public_id not in body
        events = [one for one in Calendar.from_ical(body).walk("VEVENT") if one["SUMMARY"] == "Frist for et tiltag"]
        return [one["DTSTART"].dt for one in events]

    assert days("ssp") == [secret.due_on, open_.due_on]
    assert days("police_and_ssp") == [open_.due_on]
    assert days("police") == []
    operations.close(open_, Status.DONE, "Det gik", by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    assert days("ssp") == [secret.due_on]
