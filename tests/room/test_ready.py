"""*Er vi klar?* names what would fail tonight, and falls silent when it is mended."""

from datetime import datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import current_app

from app.areas.by import By
from app.areas.models import Membership
from app.contacts.models import Contact
from app.contacts.operations import end_contact
from app.extensions import db
from app.messaging import heartbeats
from app.plans.operations import approve, create_from_template
from app.plans.vocabulary import Track
from app.room.ready.findings import checks
from app.roster import operations
from app.roster.operations import Hours
from app.roster.rules import Rank


@pytest.fixture
def area(clock, scene):
    cast = scene.cast
    by = By(cast.helhedsplan, cast.actors["helhedsplan"])
    approve(create_from_template(cast.lindevangen, by), by)
    heartbeats.beat(heartbeats.DISPATCHER)
    db.session.commit()
    return cast.lindevangen


def found(area, without_police=True) -> list[str]:
    with current_app.test_request_context():
        return [one.text for check in checks(area, without_police=without_police) for one in check.findings]


def test_a_well_kept_area_is_told_only_of_the_log_channel_and_the_missing_drill(area):
    assert found(area) == [
        "Kun log-kanalen er åben: intet forlader denne maskine.", "Der er ikke holdt en øvelse endnu."
    ]  # fmt: skip


def test_a_party_without_contacts_cannot_be_called(area, scene):
    for contact in scene.contacts["youth_club"]:
        end_contact(contact)
    assert "Ungdomsklubben har ingen kontakter og kan ikke tilkaldes." in found(area)


def test_a_party_whose_numbers_are_dead_cannot_be_called(area, scene, clock):
    for contact in scene.contacts["youth_club"]:
        for point in contact.points:
            point.dead_at = clock.now
    assert "Ingen hos Ungdomsklubben har et nummer, der virker." in found(area)
    assert "youth_club A (Ungdomsklubben) kan kun nås på 0 måde." in found(area)


def test_one_way_to_reach_somebody_and_an_old_confirmation_are_named(area, scene, clock):
    first, second, _ = scene.contacts["youth_club"]
    first.points[0].dead_at = clock.now
    second.confirmed_at = clock.now - timedelta(days=200)
    assert "youth_club A (Ungdomsklubben) kan kun nås på 1 måde." in found(area)
    assert "youth_club B (Ungdomsklubben) er ikke bekræftet i et halvt år." in found(area)


def test_a_volunteer_is_named_by_function(area, scene, clock):
    first = scene.contacts["youth_club"][0]
    first.is_volunteer, first.function = True, "natteravn"
    first.points[0].dead_at = clock.now
    assert "natteravn (Ungdomsklubben) kan kun nås på 1 måde." in found(area)
    assert not any("youth_club A" in text for text in found(area))


def test_holes_in_a_roster_are_named_with_the_first(area, scene, clock):
    contact = scene.contacts["youth_club"][0]
    today = datetime(2026, 11, 22).date()
    operations.add_weekly(contact, Rank.ON_DUTY, range(6), Hours(time(8), time(8), 1, today))
    (text,) = [text for text in found(area) if text.startswith("Ungdomsklubben: ingen har vagten")]
    assert "Og 52 huller mere det næste år." in text
    operations.add_weekly(contact, Rank.ON_DUTY, [6], Hours(time(8), time(8), 1, today - timedelta(days=7)))
    assert not any("ingen har vagten" in text for text in found(area))


def test_two_on_duty_at_once_are_named_with_the_first_time_and_one_person_twice_is_not(area, scene, clock):
    first, second, _ = scene.contacts["youth_club"]
    always = Hours(time(8), time(8), 1, datetime(2026, 11, 15).date())
    operations.add_weekly(first, Rank.ON_DUTY, range(7), always)
    operations.add_weekly(first, Rank.ON_DUTY, [2], Hours(time(18), time(22), 0, datetime(2026, 11, 15).date()))
    assert not any(text.startswith("Ungdomsklubben: ") for text in found(area))
    operations.add_weekly(second, Rank.ON_DUTY, [1], Hours(time(18), time(22), 0, datetime(2026, 11, 15).date()))
    (text,) = [text for text in found(area) if text.startswith("Ungdomsklubben: ")]
    assert text == (
        "Ungdomsklubben: to har vagten samtidig 24.11.2026 kl. 18.00–24.11.2026 kl. 22.00."
        " Og 51 overlap mere det næste år."
    )


def test_hours_without_an_activator_are_named_by_track(area, scene, clock):
    today = datetime(2026, 11, 16).date()
    police = scene.contacts["police"][0]
    operations.add_weekly(police, Rank.ON_DUTY, range(7), Hours(time(8), time(20), 0, today))
    holes = [text for text in found(area) if text.startswith("Politisag: Ingen hos")]
    assert holes[0].endswith("har vagt 22.11.2026 kl. 23.40–23.11.2026 kl. 08.00.")
    assert not any(text.startswith("Ikke politisag: Ingen hos") for text in found(area))


def test_nobody_who_can_sign_in_and_activate_is_named(area, scene):
    assert not any("login" in text for text in found(area))
    for membership in db.session.scalars(sa.select(Membership)):
        membership.ended_at = membership.granted_at
    assert any("har et login, der kan aktivere" in text for text in found(area))


def test_a_silent_sender_is_named(area, scene, clock):
    clock.advance(minutes=5)
    assert "Afsenderen kører ikke: intet sendes. Ring til driften." in found(area)


def test_a_plan_that_nobody_approved_is_named(clock, scene):
    assert any("Kokkedal-modellen gælder" in text for text in found(scene.cast.lindevangen))


def test_the_police_do_not_learn_of_a_drill_without_them(area, scene):
    scene.activate(scene.cast.ssp, Track.NON_POLICE, is_exercise=True)
    assert not any("øvelse" in text for text in found(area))
    assert "Der er ikke holdt en øvelse endnu." in found(area, without_police=False)


def test_the_page_says_it_and_leads_to_where_it_is_mended(area, scene, at):
    for contact in db.session.scalars(sa.select(Contact)).all():
        end_contact(contact)
    db.session.commit()
    page = at(scene.cast.ssp).text("/ready")
    assert f'href="/contacts/new?actor={scene.cast.actors["youth_club"].public_id}"' in page
    assert "Er vi klar?" in at(scene.cast.ssp).text("/")
    assert at(scene.cast.ssp_observer).get("/ready").status_code == 403
    assert at(scene.cast.neighbour).get("/ready").status_code == 200
    assert "Ungdomsklubben" not in at(scene.cast.neighbour).text("/ready")
