"""The front page shows each reader what is theirs to know, and one big button."""

import re
from datetime import date

from app.areas.models import OrganisationKind
from app.areas.roles import Role
from app.extensions import db
from app.incidents.models import Joined, Participation
from app.messaging import heartbeats
from app.notices.models import Notice
from app.notices.operations import notify, notify_user
from app.plans.vocabulary import CallLevel, Track
from app.reviews.models import LearningPoint
from app.reviews.operations import open_review
from tests.factories import make_actor, make_membership, make_user
from tests.scene import Scene


def test_the_quiet_front_page_has_the_big_button_and_says_that_nothing_runs(scene: Scene, at) -> None:
    page = at(scene.cast.ssp).text("/")
    assert 'href="/activate"' in page and "Aktivér beredskabet" in page
    assert "Ingen hændelser er i gang." in page
    assert "Lindevangen" in page


def test_who_can_only_ask_has_a_button_that_says_so(scene: Scene, at) -> None:
    page = at(scene.cast.ssp_observer).text("/")
    assert "Bed om aktivering" in page and "Aktivér beredskabet" not in page


def test_an_incident_is_a_card_with_track_in_words_and_who_answered(scene: Scene, at) -> None:
    scene.activate(scene.cast.ssp)
    page = at(scene.cast.youth_club).text("/")
    assert "Rygte om drab" in page
    assert "IKKE POLITISAG · tovholder: SSP og opsøgende team" in page
    assert "1 af 3 har svaret" in page
    assert "Ungdomsklubben er tilkaldt" in page


def test_an_activator_that_is_no_party_sees_category_place_and_the_leaders_number(scene: Scene, at) -> None:
    scene.activate(scene.cast.ssp)
    page = at(scene.cast.housing).text("/")
    assert "Rygter på nettet" in page
    assert "tel:+4520000001" in page
    assert "Rygte om drab" not in page and "Sanne Spang" not in page


def test_an_exercise_says_so_and_outsiders_see_none(scene: Scene, at) -> None:
    scene.activate(scene.cast.ssp, is_exercise=True)
    assert "ØVELSE · IKKE POLITISAG" in at(scene.cast.youth_club).text("/")
    assert "Rygter på nettet" not in at(scene.cast.housing).text("/")


def test_a_call_is_answered_with_one_tap_that_leads_to_the_room(scene: Scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    visitor = at(scene.cast.youth_club)
    [path] = re.findall(r'action="(/front/calls/[^"]+)"', visitor.text("/"))
    assert visitor.post(path).location == f"/incidents/{incident.public_id}"
    page = visitor.text("/")
    assert "2 af 3 har svaret" in page
    assert "er tilkaldt" not in page
    assert at(scene.cast.helhedsplan).post(path).status_code == 404


def test_notices_are_shown_until_somebody_says_set(scene: Scene, at, clock) -> None:
    notify(scene.cast.actors["ssp"], "Frist overskredet: Ring", about="x", key="k", without_police=True)
    visitor = at(scene.cast.ssp)
    page = visitor.text("/")
    assert "Frist overskredet: Ring" in page
    [until] = re.findall(r'name="until" value="([^"]+)"', page)
    clock.advance(minutes=1)
    notify(scene.cast.actors["ssp"], "Kom bagefter", about="x", key="later", without_police=True)
    assert visitor.post("/notices/seen", {"until": until}).status_code == 303
    page = visitor.text("/")
    assert "Frist overskredet" not in page
    assert "Kom bagefter" in page
    assert visitor.post("/notices/seen", {"until": "i går"}).status_code == 303


def test_own_tasks_with_their_deadlines_and_how_many_are_late(scene: Scene, at, clock) -> None:
    scene.activate(scene.cast.ssp)
    visitor = at(scene.cast.helhedsplan)
    assert "Jeres opgaver" in visitor.text("/")
    assert "over tiden" not in visitor.text("/")
    clock.advance(hours=3)
    assert "over tiden" in visitor.text("/")


def test_learning_points_of_ones_own_actor_stay_until_closed(scene: Scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    review = open_review(incident)
    point = LearningPoint(
        review=review, text="Telefonkæde for Vangeparken", owner_actor_id=scene.cast.actors["helhedsplan"].id,
        due_on=date(2026, 12, 1), created_at=incident.activated_at,
    )  # fmt: skip
    db.session.add(point)
    db.session.commit()
    assert "Telefonkæde for Vangeparken" in at(scene.cast.helhedsplan).text("/")
    assert "Telefonkæde" not in at(scene.cast.ssp).text("/")


def test_board_members_get_a_page_that_teaches_without_any_trace(scene: Scene, at) -> None:
    before = re.sub(r"\d\d:\d\d|[\w.-]{40,}", "", at(scene.cast.board).text("/"))
    scene.activate(scene.cast.ssp)
    scene.activate(scene.cast.police, Track.POLICE, category="shooting")
    notify(scene.cast.actors["board"], "Om en hændelse", about="incident:x", key="k", without_police=False)
    notify_user(scene.cast.ssp.id, "Til en anden", about="area:x", key="u")
    page = at(scene.cast.board).text("/")
    assert "Ingen orienteringer" in page
    assert "Om en hændelse" not in page and "Til en anden" not in page
    assert re.sub(r"\d\d:\d\d|[\w.-]{40,}", "", page) == before
    for path in ("/front/live", "/front/now", "/incidents", "/inbox"):
        assert at(scene.cast.board).get(path).status_code == 403


def test_an_administrator_gets_people_and_settings_and_nothing_else(scene: Scene, at) -> None:
    scene.activate(scene.cast.ssp)
    notify_user(scene.cast.ssp.id, "Til en anden", about="area:x", key="u")
    page = at(scene.cast.administrator).text("/")
    assert "Personer og roller" in page
    assert "Rygte" not in page and "Til en anden" not in page and "/activate" not in page


def test_somebody_without_a_role_is_told_what_to_do(scene: Scene, at) -> None:
    nobody = make_user("Ny Person")
    db.session.commit()
    page = at(nobody).text("/")
    assert "Du har ingen rolle endnu" in page
    assert "tel:" in page


def test_a_stranger_is_asked_to_sign_in(scene: Scene, at) -> None:
    assert at().get("/").location == "/sign-in"


# ---- live ------------------------------------------------------------------------------------------------------------


def polled(visitor) -> dict:
    answer = visitor.get("/front/live")
    assert answer.status_code == 200
    return answer.json["topics"]


def test_the_page_lives_by_itself(scene: Scene, at) -> None:
    visitor = at(scene.cast.ssp)
    before = polled(visitor)
    assert set(before) == {"police", "non_police", "notices", "sending", "outages"}
    scene.activate(scene.cast.helhedsplan)
    after = polled(visitor)
    assert after["non_police"] > before["non_police"]
    assert after["police"] == before["police"]
    assert "Rygte om drab" in visitor.text("/front/now")


def test_an_actor_taken_in_for_one_incident_hears_of_that_one_alone(scene: Scene, at) -> None:
    school = make_actor(scene.cast.lindevangen, "school", "Skolen", kind=OrganisationKind.CIVIL)
    teacher = make_user("Lærke Lærer")
    make_membership(teacher, school, Role.COORDINATOR)
    incident = scene.activate(scene.cast.ssp)
    assert set(polled(at(teacher))) == {"notices", "sending", "outages"}
    incident.participations.append(
        Participation(actor=school, call_level=CallLevel.NOTIFY, joined=Joined.ADDED, joined_at=incident.activated_at)
    )
    db.session.commit()
    before = polled(at(teacher))
    assert set(before) == {"notices", "sending", "outages", "own0-state", "own0-parties", "own0-tasks"}
    scene.activate(scene.cast.helhedsplan)
    assert polled(at(teacher)) == before


def test_what_a_person_was_told_is_not_told_to_everybody(scene: Scene, at) -> None:
    notify_user(scene.cast.ssp.id, "Kun til Sanne", about="area:x", key="u")
    db.session.commit()
    assert db.session.query(Notice).one().actor_id is None
    assert "Kun til Sanne" in at(scene.cast.ssp).text("/")
    for name, user in scene.cast.everybody().items():
        if name != "ssp":
            assert "Kun til Sanne" not in at(user).text("/"), name


def test_a_dead_sender_shows_within_a_minute_without_a_reload_and_once(scene: Scene, at, clock) -> None:
    visitor, silent = at(scene.cast.ssp), "Afsenderen kører ikke"
    heartbeats.beat("dispatcher")
    db.session.commit()
    before = polled(visitor)
    assert before["sending"] == 0 and silent not in visitor.text("/")
    clock.advance(seconds=61)
    assert polled(visitor)["sending"] == 1
    page = visitor.text("/")
    assert visitor.text("/banners").count(silent) == page.count(silent) == 1
    [topics] = re.findall(r'id="banners" data-topic="([^"]+)"', page)
    assert "sending" in topics.split()
    heartbeats.beat("dispatcher")
    db.session.commit()
    assert silent not in visitor.text("/banners")
