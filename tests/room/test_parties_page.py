"""Answering, ringing by hand, calling again, doing a card for others, letting people in, report, next update."""

import re

import pytest

from app.areas.models import OrganisationKind
from app.areas.roles import Role
from app.callout import queries as callouts
from app.callout.models import Answered, CalloutState
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.direction.models import HeardBy
from app.extensions import db
from app.incidents.models import ColleaguePass, Incident
from app.lib import clock as time
from app.messaging.changes import become
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from app.plans.vocabulary import CallLevel, Track
from app.tasks import queries as tasks
from app.transitions import take_part
from app.transitions.activate import PoliceSaid
from tests.factories import make_actor, make_membership, make_user
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, nobody_answers, opened, plain, post, said, submit, tap
from tests.scene import Scene


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """Not a politisag; SSP is tovholder."""
    return scene.activate(scene.cast.ssp)


def page_of(scene: Scene, incident: Incident, key: str, more: str = "") -> str:
    return address(incident, f"/parties/{scene.cast.actors[key].public_id}{more}")


def round_of(scene: Scene, incident: Incident, key: str):
    db.session.rollback()
    db.session.expire_all()
    return callouts.latest(incident, scene.cast.actors[key])


# ---- answering -------------------------------------------------------------------------------------------------------


def test_set_og_forstaaet_is_one_tap_after_which_no_text_is_left_to_send(scene, incident, at):
    visitor = at(scene.cast.youth_club)
    assert done(tap(visitor, address(incident), "/acknowledgement")).location == address(incident)
    round_ = round_of(scene, incident, "youth_club")
    assert (round_.state, round_.answered_how) == (CalloutState.ACKNOWLEDGED, Answered.APP)
    waiting = db.session.query(Delivery).filter_by(about=f"callout:{round_.id}", state=DeliveryState.QUEUED).count()
    assert waiting == 0
    page = visitor.text(address(incident))
    assert "2 af 3 parter har svaret" in page and "/acknowledgement" not in page
    assert "i appen: Klaus Klubbe" in page


def test_answering_twice_changes_nothing(scene, incident, at):
    for _ in range(2):
        done(post(at(scene.cast.youth_club), address(incident, "/acknowledgement")))
    assert said(incident).count("har svaret") == 1


def test_an_actor_that_was_never_called_has_nothing_to_answer(scene, at):
    incident = scene.activate(scene.cast.ssp)
    for round_ in callouts.callouts_of(incident):
        if round_.actor.key == "youth_club":
            db.session.query(Delivery).delete()
            for call in callouts.calls_of(round_):
                db.session.delete(call)
            db.session.flush()
            for step in round_.steps:
                db.session.delete(step)
            db.session.delete(round_)
    db.session.commit()
    answer = post(at(scene.cast.youth_club), address(incident, "/acknowledgement"))
    assert answer.status_code == 422 and "ikke tilkaldt" in plain(answer.text)


# ---- ringing ---------------------------------------------------------------------------------------------------------


def test_a_party_has_its_contacts_in_call_order_with_numbers_to_tap(scene, incident, at):
    page = at(scene.cast.ssp).text(page_of(scene, incident, "youth_club"))
    numbers = re.findall(r'href="tel:(\+\d+)"', page.split("<main")[1])
    assert numbers == [c.point(PointKind.MOBILE).address for c in scene.contacts["youth_club"]]
    assert "Ringes kun af mennesker" not in page


def test_an_address_that_is_the_polices_is_shown_in_no_incident_without_them(scene, incident, at):
    shared = scene.contacts["police"][0].point(PointKind.MOBILE).address
    add_contact(
        scene.cast.lindevangen, name="Dobbelt Gænger", actor=scene.cast.actors["youth_club"], position=9,
        points=[(PointKind.MOBILE, shared)],
    )  # fmt: skip
    db.session.commit()
    page = at(scene.cast.ssp).text(page_of(scene, incident, "youth_club"))
    assert "Dobbelt Gænger" not in page and shared not in page
    politisag = scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    assert "Dobbelt Gænger" in at(scene.cast.ssp).text(page_of(scene, politisag, "youth_club"))


def test_reached_by_a_human_is_an_answer(scene, incident, at):
    first = scene.contacts["youth_club"][0]
    path = page_of(scene, incident, "youth_club", "/calls")
    done(submit(at(scene.cast.ssp), path, contact=first.public_id, outcome="reached", note="Kommer om ti minutter"))
    round_ = round_of(scene, incident, "youth_club")
    assert (round_.state, round_.answered_how) == (CalloutState.ACKNOWLEDGED, Answered.MANUAL)
    assert "Kommer om ti minutter" in said(incident)


def test_voicemail_is_no_answer_and_the_round_goes_on(scene, incident, at):
    first = scene.contacts["youth_club"][0]
    path = page_of(scene, incident, "youth_club", "/calls")
    page = at(scene.cast.ssp).text(path)
    assert "telefonsvarer er intet svar" in page
    done(submit(at(scene.cast.ssp), path, contact=first.public_id, outcome="missed", note=""))
    assert round_of(scene, incident, "youth_club").state is CalloutState.CALLING
    assert "ikke truffet" in said(incident)


def test_a_call_needs_to_say_whom_and_how_it_went(scene, incident, at):
    path = page_of(scene, incident, "youth_club", "/calls")
    answer = submit(at(scene.cast.ssp), path, contact="nobody")
    assert answer.status_code == 422
    assert "Vælg, hvem du ringede til." in plain(answer.text)
    assert "Vælg, om du fik fat i dem." in plain(answer.text)


def test_reaching_the_party_settles_the_tasks_to_ring_to_it(scene, incident, at, clock):
    nobody_answers(clock)
    chain = [t for t in tasks.open_of(incident) if t.key.startswith("chain:")]
    assert len(chain) == 2
    path = page_of(scene, incident, "youth_club", "/calls")
    contact = scene.contacts["youth_club"][1].public_id
    db.session.commit()
    done(submit(at(scene.cast.ssp), path, contact=contact, outcome="reached", note=""))
    db.session.expire_all()
    assert len([t for t in tasks.open_of(incident) if t.key.startswith("chain:")]) == 1


def test_an_exhausted_chain_offers_ring_now_the_round_again_and_the_card(scene, incident, at, clock):
    nobody_answers(clock)
    visitor, path = at(scene.cast.ssp), page_of(scene, incident, "youth_club")
    page = visitor.text(path)
    assert "Ingen har svaret. Ring selv." in page and "Tag runden igen" in page and "Overtag kortet" in page
    assert scene.cast.actors["youth_club"].public_id in visitor.text(address(incident, "/panels/todo"))
    done(tap(visitor, path, "/round"))
    assert round_of(scene, incident, "youth_club").round == 2
    assert "Tag runden igen" not in at(scene.cast.ssp_responder).text(path)


def test_whoever_has_answered_is_not_called_again(scene, incident, at):
    done(post(at(scene.cast.youth_club), address(incident, "/acknowledgement")))
    answer = post(at(scene.cast.ssp), page_of(scene, incident, "youth_club", "/round"))
    assert answer.status_code == 422 and "Ungdomsklubben har svaret" in plain(answer.text)


def test_what_became_of_each_text_is_said_and_uncertain_is_never_sent(scene, incident, at):
    [text] = db.session.query(Delivery).filter(
        Delivery.about == f"callout:{round_of(scene, incident, 'youth_club').id}"
    )
    visitor, path = at(scene.cast.ssp), page_of(scene, incident, "youth_club")
    for state, words in ((DeliveryState.UNCERTAIN, "Uvist om den kom frem"), (DeliveryState.FAILED, "Mislykket")):
        become(text, state, time.now())
        db.session.commit()
        assert words in plain(visitor.text(path))
    parties = plain(visitor.text(address(incident, "/panels/parties")))
    assert "teksten kom ikke af sted. Ring selv." in parties
    assert "alle nået" not in parties.lower()


def test_volunteers_get_no_numbers_of_volunteers(scene, incident, at):
    ravens = make_actor(scene.cast.lindevangen, "ravens", "Natteravnene", kind=OrganisationKind.CIVIL)
    walkers = make_actor(scene.cast.lindevangen, "walkers", "Forældrevandrerne", kind=OrganisationKind.CIVIL)
    add_contact(
        scene.cast.lindevangen, name="Frida Frivillig", actor=ravens, points=[(PointKind.MOBILE, "20771122")],
        is_volunteer=True, function="Turleder",
    )  # fmt: skip
    volunteer = make_user("Viggo Vandrer")
    make_membership(volunteer, walkers, Role.RESPONDER)
    for actor in (ravens, walkers):
        take_part.add_actor(incident, actor, CallLevel.CALL_NOW, reader=scene.reader(scene.cast.ssp))
    db.session.commit()
    path = address(incident, f"/parties/{ravens.public_id}")
    assert "Frida Frivillig" in at(scene.cast.ssp).text(path)
    page = at(volunteer).text(path)
    assert "Frida" not in page and "20771122" not in page and "Turleder" in page


def test_a_party_that_does_not_take_part_is_not_found(scene, incident, at):
    assert at(scene.cast.ssp).get(page_of(scene, incident, "police")).status_code == 404
    assert at(scene.cast.ssp).get(page_of(scene, incident, "housing")).status_code == 404


# ---- doing it for them -----------------------------------------------------------------------------------------------


def test_a_silent_partys_card_is_taken_over_with_a_reason(scene, incident, at):
    path = page_of(scene, incident, "youth_club", "/card")
    assert "flytter til SSP" in plain(at(scene.cast.ssp).text(path))
    assert submit(at(scene.cast.ssp), path, reason="").status_code == 422
    done(submit(at(scene.cast.ssp), path, reason="De svarer ikke"))
    assert tasks.open_of(incident, scene.cast.actors["youth_club"]) == []
    assert "Overtaget fra Ungdomsklubben" in at(scene.cast.ssp).text(address(incident, "/panels/todo"))


def test_a_party_that_answered_keeps_its_card(scene, incident, at):
    path = page_of(scene, incident, "youth_club", "/card")
    form = opened(at(scene.cast.ssp), path)
    done(post(at(scene.cast.youth_club), address(incident, "/acknowledgement")))
    answer = at(scene.cast.ssp).post(path, form | {"reason": "De svarer ikke"})
    assert answer.status_code == 422 and "har svaret og har selv kortet" in plain(answer.text)


def test_taking_over_as_tovholder_says_what_happens_and_tells_the_former(scene, incident, at):
    visitor = at(scene.cast.helhedsplan)
    page = plain(visitor.text(address(incident, "/lead")))
    assert "Det sker nu:" in page and "SSP og opsøgende team får besked nu" in page
    done(submit(visitor, address(incident, "/lead"), reason="SSP er gået hjem"))
    assert "tovholder: Lindevangen på Vej" in plain(visitor.text(address(incident)))
    assert "har overtaget som tovholder" in at(scene.cast.ssp).text("/")
    assert submit(visitor, address(incident, "/lead"), reason="igen").status_code == 422


def test_one_more_actor_for_this_incident_never_the_police(scene, incident, at):
    page = at(scene.cast.ssp).text(address(incident, "/parties/new"))
    actors = scene.cast.actors
    assert actors["housing"].public_id in page and actors["police"].public_id not in page
    assert "Hvem i politiet" not in page
    typed = {"level": "call_now"}
    done(submit(at(scene.cast.ssp), address(incident, "/parties/new"), actor=actors["housing"].public_id, **typed))
    assert "Rygte om drab" in at(scene.cast.housing).text(address(incident))
    sneaked = submit(at(scene.cast.ssp), address(incident, "/parties/new"), actor=actors["police"].public_id, **typed)
    assert sneaked.status_code == 422


def test_in_a_politisag_it_is_recorded_who_of_the_police_said_it(scene, at):
    said_ = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    incident = scene.activate(scene.cast.ssp, Track.POLICE, police_said=said_, category="shooting", what="Skyderi")
    path, housing = address(incident, "/parties/new"), scene.cast.actors["housing"].public_id
    missing = submit(at(scene.cast.ssp), path, actor=housing, level="notify", heard_by="phone")
    assert missing.status_code == 422 and "Skriv, hvem i politiet der sagde det." in plain(missing.text)
    done(submit(at(scene.cast.ssp), path, actor=housing, level="notify", said_by="Indsatslederen", heard_by="radio"))
    assert "politiet v/ Indsatslederen, radio" in at(scene.cast.ssp).text(address(incident, "/panels/log"))


def test_a_colleague_is_let_in_listed_and_let_out(scene, incident, at):
    visitor, path = at(scene.cast.ssp), address(incident, "/colleagues")
    wrong = submit(visitor, path, name="Gry Gæst", phone="12")
    assert wrong.status_code == 422 and "er ikke et dansk telefonnummer" in plain(wrong.text)
    done(submit(visitor, path, name="Gry Gæst", phone="20 99 11 22"))
    held = db.session.query(ColleaguePass).one()
    [text] = db.session.query(Delivery).filter_by(about=f"pass:{held.id}").all()
    assert f"/colleague/{held.public_id}" in text.text
    assert "Gry Gæst" in visitor.text(path) and "Har ikke brugt koden endnu" in visitor.text(path)
    db.session.commit()
    done(tap(visitor, path, f"/colleagues/{held.public_id}/end"))
    assert "Gry Gæst" not in visitor.text(path)
    other = scene.activate(scene.cast.ssp, what="En anden")
    assert post(visitor, address(other, f"/colleagues/{held.public_id}/end")).status_code == 404


def test_no_police_phone_is_let_in_without_a_politisag(scene, incident, at):
    number = scene.contacts["police"][0].point(PointKind.MOBILE).address
    answer = submit(at(scene.cast.ssp), address(incident, "/colleagues"), name="Pia", phone=number)
    assert answer.status_code == 422 and db.session.query(ColleaguePass).count() == 0


# ---- the report and the next update ----------------------------------------------------------------------------------


def test_the_alarm_report_is_completed_and_only_what_changed_is_logged(scene, incident, at):
    visitor = at(scene.cast.ssp_responder)
    assert "Udfyld" in visitor.text(address(incident, "/panels/report"))
    typed = {"what": "Rygte om drab", "place": "", "where_note": "Blok 4", "how_now": "Rolig.", "done_so_far": ""}
    done(submit(visitor, address(incident, "/report"), **typed))
    assert "Hvor: Lindevangen, Blok 4. Situationen nu: Rolig.." in said(incident)
    assert "Hvad: " not in said(incident)
    assert "Rolig." in visitor.text(address(incident, "/panels/report"))


def test_two_who_correct_the_report_at_once_do_not_overwrite_each_other(scene, incident, at):
    first, second = at(scene.cast.ssp), at(scene.cast.youth_club)
    path, typed = (
        address(incident, "/report"),
        {"what": "Rygte om drab", "place": "", "where_note": "", "done_so_far": ""},
    )
    mine, theirs = opened(first, path), opened(second, path)
    done(first.post(path, mine | typed | {"how_now": "Der er ro"}))
    answer = second.post(path, theirs | typed | {"how_now": "Der er uro"})
    assert answer.status_code == 409
    assert "Der er ro" in plain(answer.text) and "Der er uro" in answer.text
    db.session.refresh(incident)
    assert incident.how_now == "Der er ro"


def test_what_happened_may_not_be_emptied(scene, incident, at):
    answer = submit(at(scene.cast.ssp), address(incident, "/report"), what="", place="")
    assert answer.status_code == 422 and "Skriv kort, hvad der er sket." in plain(answer.text)


def test_the_next_update_is_a_choice_of_minutes_that_everybody_sees(scene, incident, at):
    done(submit(at(scene.cast.ssp), address(incident, "/next-update"), minutes="15"))
    assert "Næste opdatering om 15 min" in plain(at(scene.cast.youth_club).text(address(incident)))
    assert "Næste opdatering kl. 23.55" in said(incident)
    done(submit(at(scene.cast.ssp), address(incident, "/next-update"), minutes="0"))
    assert "Næste opdatering om" not in plain(at(scene.cast.youth_club).text(address(incident, "/panels/band")))
    assert submit(at(scene.cast.ssp), address(incident, "/next-update"), minutes="x").status_code == 422
