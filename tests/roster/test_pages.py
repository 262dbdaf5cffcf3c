"""The roster over HTTP: laid by coordinators, obeyed by the call-out, read in a calendar, told of before it begins."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from app.callout.models import Call
from app.callout.operations import take_due_steps
from app.callout.queries import latest
from app.contacts.models import PointKind
from app.contacts.operations import end_contact
from app.extensions import db
from app.incidents.models import Incident
from app.messaging.models import Delivery
from app.roster import operations, queries
from app.roster.jobs import remind_of_hand_over
from app.roster.models import SingleShift, WeeklyShift
from app.roster.operations import Hours
from app.roster.rules import Rank, instant

SUNDAY = date(2026, 11, 22)


@pytest.fixture
def club(scene):
    return scene.cast.actors["youth_club"]


def typed(contact, **fields):
    usual = {
        "contact": contact.public_id, "rank": "on_duty", "weekdays": ["6"], "starts": "20:00", "ends": "08:00",
        "days": "1", "every_weeks": "1", "valid_from": "2026-11-22", "valid_until": "",
    }  # fmt: skip
    return usual | fields


def single(contact, **fields):
    usual = {
        "contact": contact.public_id, "rank": "on_duty", "from_day": "2026-11-24", "from_time": "20:00",
        "to_day": "2026-11-25", "to_time": "08:00", "instead": "y",
    }  # fmt: skip
    return usual | fields


def on_duty(contact, rank=Rank.ON_DUTY, since=timedelta(hours=-2), until=timedelta(hours=6)):
    now = instant(datetime(2026, 11, 22, 23, 40))
    operations.add_single(contact, rank, now + since, now + until, instead=True)
    db.session.commit()


def asked(incident: Incident, actor) -> list[str]:
    round_ = latest(incident, actor)
    calls = db.session.scalars(sa.select(Call).where(Call.callout_id == round_.id).order_by(Call.id))
    return list(dict.fromkeys(call.contact.name for call in calls))


def test_a_night_shift_is_laid_and_shown_with_its_holes(clock, scene, at, club):
    visitor, contact = at(scene.cast.ssp), scene.contacts["youth_club"][2]
    assert visitor.post(f"/roster/{club.public_id}/weekly", typed(contact)).status_code == 303
    page = visitor.text(f"/roster/{club.public_id}")
    assert "Søndag kl. 20.00 til kl. 08.00 dagen efter, hver uge" in page
    assert "Vagthavende nu: <strong>youth_club C</strong>" in page
    assert "Ingen har vagten i 53 perioder" in page
    assert "53 huller det næste år" in visitor.text("/roster")


def test_the_same_tap_twice_lays_one(clock, scene, at, club):
    contact = scene.contacts["youth_club"][0]
    for _ in range(2):
        at(scene.cast.ssp).post(f"/roster/{club.public_id}/weekly", typed(contact))
        at(scene.cast.ssp).post(f"/roster/{club.public_id}/single", single(contact))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(WeeklyShift)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SingleShift)) == 1


@pytest.mark.parametrize(
    ("kind", "field", "value", "says"),
    [
        ("weekly", "contact", "nobody", "Vælg, hvem der har vagten."),
        ("weekly", "rank", "chief", "Vælg vagthavende eller stedfortræder."),
        ("weekly", "weekdays", [], "Vælg mindst én ugedag."),
        ("weekly", "starts", "tyve", "Skriv et klokkeslæt, fx 16.00."),
        ("weekly", "starts", "", "Skriv et klokkeslæt, fx 16.00."),
        ("weekly", "days", "0", "Vagten slutter, før den begynder."),
        ("weekly", "valid_from", "i morgen", "Skriv en dato, fx 22.11.2026."),
        ("weekly", "valid_until", "2026-11-01", "Den sidste dag ligger før den første."),
        ("single", "to_day", "2026-11-23", "Vagten slutter, før den begynder."),
        ("single", "to_day", "2027-11-25", "En enkelt vagt er højst en måned."),
        ("single", "from_day", "32.11.2026", "Skriv en dato, fx 22.11.2026."),
    ],
)
def test_a_wrong_field_is_named_what_was_typed_stays_and_nothing_is_laid(
    clock, scene, at, club, kind, field, value, says
):
    contact = scene.contacts["youth_club"][0]
    data = (typed if kind == "weekly" else single)(contact) | {field: value}
    answer = at(scene.cast.ssp).post(f"/roster/{club.public_id}/{kind}", data)
    assert answer.status_code == 422
    assert says in answer.text
    if isinstance(value, str) and field not in ("contact", "rank", "days"):
        assert f'value="{value}"' in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(WeeklyShift)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SingleShift)) == 0


def test_a_shift_that_is_over_is_refused(clock, scene, at, club):
    data = single(scene.contacts["youth_club"][0], from_day="2026-11-20", to_day="2026-11-21")
    assert "Vagten er allerede slut." in at(scene.cast.ssp).post(f"/roster/{club.public_id}/single", data).text


def test_danish_dates_and_times_are_read_where_the_browser_has_no_picker(clock, scene, at, club):
    data = single(
        scene.contacts["youth_club"][0], from_day="24.11.2026", from_time="20.00", to_day="25.11.2026", to_time="08.00"
    )
    assert at(scene.cast.ssp).post(f"/roster/{club.public_id}/single", data).status_code == 303
    assert db.session.scalars(sa.select(SingleShift)).one().starts_at == instant(datetime(2026, 11, 24, 20))


def test_a_shift_is_taken_off_after_a_question(clock, scene, at, club):
    contact = scene.contacts["youth_club"][0]
    visitor = at(scene.cast.ssp)
    visitor.post(f"/roster/{club.public_id}/weekly", typed(contact))
    shift = db.session.scalars(sa.select(WeeklyShift)).one()
    address = f"/roster/{club.public_id}/weekly/{shift.public_id}/end"
    assert "Tag vagten af planen?" in visitor.text(address)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(WeeklyShift)) == 1
    assert visitor.post(address, {}).status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(WeeklyShift)) == 0
    assert visitor.post(address, {}).status_code == 404


def test_another_area_and_another_role_lay_nothing(clock, scene, at, club):
    contact = scene.contacts["youth_club"][0]
    assert at(scene.cast.neighbour).post(f"/roster/{club.public_id}/weekly", typed(contact)).status_code == 404
    assert at(scene.cast.ssp_observer).post(f"/roster/{club.public_id}/weekly", typed(contact)).status_code == 403
    assert at(scene.cast.board).get("/roster").status_code == 403
    assert "Læg en fast vagt" not in at(scene.cast.ssp_observer).text(f"/roster/{club.public_id}")


def test_the_call_out_asks_who_is_on_duty_then_the_deputy_then_all(clock, scene, club):
    first, second, third = scene.contacts["youth_club"]
    on_duty(third)
    on_duty(second, Rank.DEPUTY)
    incident = scene.activate(scene.cast.ssp)
    assert asked(incident, club) == [third.name]
    clock.advance(minutes=3)
    take_due_steps(latest(incident, club))
    assert asked(incident, club) == [third.name, second.name]
    clock.advance(minutes=3)
    take_due_steps(latest(incident, club))
    assert set(asked(incident, club)) == {first.name, second.name, third.name}


def test_a_hole_in_the_roster_is_filled_by_the_contact_list(clock, scene, club):
    """And in its order: first contact, then the deputy, each in their own time."""
    on_duty(scene.contacts["youth_club"][2], since=timedelta(hours=2), until=timedelta(hours=3))
    incident = scene.activate(scene.cast.ssp)
    assert asked(incident, club) == ["youth_club A"]
    clock.advance(minutes=3)
    take_due_steps(latest(incident, club))
    assert asked(incident, club) == ["youth_club A", "youth_club B"]


def test_two_who_are_on_duty_at_once_are_both_asked(clock, scene, club):
    on_duty(scene.contacts["youth_club"][1])
    on_duty(scene.contacts["youth_club"][2], since=timedelta(hours=-1))
    assert set(asked(scene.activate(scene.cast.ssp), club)) == {"youth_club B", "youth_club C"}


def test_a_police_contact_on_duty_is_not_asked_in_a_non_police_incident(clock, scene, club):
    officer = scene.contacts["youth_club"][2]
    officer.is_police = True
    on_duty(officer)
    assert asked(scene.activate(scene.cast.ssp), club) == ["youth_club A"]


def test_somebody_who_has_left_is_not_on_duty(clock, scene, club):
    on_duty(scene.contacts["youth_club"][2])
    end_contact(scene.contacts["youth_club"][2])
    db.session.commit()
    assert asked(scene.activate(scene.cast.ssp), club) == ["youth_club A"]


def test_a_calendar_shows_own_duties_under_neutral_titles(clock, scene, at, app, club):
    mine = scene.contacts["ssp"][1]
    mine.user_id = scene.cast.ssp.id
    operations.add_weekly(mine, Rank.ON_DUTY, [5, 6], Hours(time(20), time(8), 1, SUNDAY))
    on_duty(scene.contacts["youth_club"][0])
    visitor = at(scene.cast.ssp)
    assert visitor.post("/roster/mine/calendar", {}).status_code == 303
    page = visitor.text("/roster/mine")
    address = page[page.index("/roster/calendar/") :].split('"')[0]
    answer = app.test_client().get(address)
    assert answer.mimetype == "text/calendar"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert len(events) > 100
    assert {str(event["summary"]) for event in events} == {"Vagt"}
    assert len({str(event["uid"]) for event in events}) == len(events)
    again = Calendar.from_ical(app.test_client().get(address).data).walk("VEVENT")
    assert [str(event["uid"]) for event in again] == [str(event["uid"]) for event in events]
    assert "SSP" not in answer.text and "Beredskab i" not in answer.text


def test_a_new_calendar_address_ends_the_old_one_and_a_closed_account_has_none(clock, scene, app):
    old = operations.new_calendar_address(scene.cast.ssp)
    new = operations.new_calendar_address(scene.cast.ssp)
    db.session.commit()
    stranger = app.test_client()
    assert stranger.get(f"/roster/calendar/{old}.ics").status_code == 404
    assert stranger.get(f"/roster/calendar/{new}.ics").status_code == 200
    assert stranger.get("/roster/calendar/guess.ics").status_code == 404
    scene.cast.ssp.is_deactivated = True
    db.session.commit()
    assert stranger.get(f"/roster/calendar/{new}.ics").status_code == 404


def test_who_takes_over_is_told_once_two_hours_before(clock, scene, club):
    _, second, third = scene.contacts["youth_club"]
    on_duty(second, until=timedelta(hours=3))
    on_duty(third, since=timedelta(hours=3), until=timedelta(hours=9))
    remind_of_hand_over()
    assert told(third) == []
    clock.advance(hours=1)
    remind_of_hand_over()
    remind_of_hand_over()
    assert told(third) == [
        "Du er vagthavende hos Ungdomsklubben fra kl. 02.40 til mandag kl. 08.40. Du overtager fra youth_club B."
    ]
    assert told(second) == []


def told(contact) -> list[str]:
    address = contact.point(PointKind.MOBILE).address
    return list(db.session.scalars(sa.select(Delivery.text).where(Delivery.address == address)))


def test_the_own_page_finds_duties_by_the_account_s_own_number(clock, scene, at, club):
    contact = scene.contacts["youth_club"][1]
    scene.cast.youth_club.phone = contact.point(PointKind.MOBILE).address
    on_duty(contact)
    found = queries.duties_of_person(scene.cast.youth_club, clock.now, clock.advance(minutes=1))
    assert [duty.person for _, duty in found] == [contact.id]
    assert "vagthavende · " in at(scene.cast.youth_club).text("/roster/mine")
