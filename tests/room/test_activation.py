"""From the front page to activated: the right ways, one incident, nothing typed lost."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.direction.queries import acts_of
from app.extensions import db
from app.incidents.models import ActivationRequest, Incident
from app.logbook.models import LogEntry
from app.messaging.models import Delivery
from app.plans.vocabulary import Track
from tests.factories import PASSWORD, Visitor
from tests.room.forms import activation, hidden
from tests.scene import Scene

OURS = {"Sec-Fetch-Site": "same-origin"}


def incidents() -> list[Incident]:
    db.session.rollback()
    return list(db.session.query(Incident).order_by(Incident.id))


def start(visitor: Visitor, **typed):
    """Open the form and send it."""
    return visitor.post("/activate", activation(visitor.text("/activate"), **typed))


def test_ssp_activates_and_comes_to_the_room(scene: Scene, at) -> None:
    answer = start(at(scene.cast.ssp), way="non_police")
    [incident] = incidents()
    assert answer.status_code == 303
    assert answer.location == f"/incidents/{incident.public_id}"
    assert incident.track is Track.NON_POLICE
    assert incident.what.startswith("Et rygte om området deles på nettet")
    assert incident.where == "Lindevangen"


def test_what_was_typed_and_where_it_was_tapped_is_kept(scene: Scene, at) -> None:
    place = scene.cast.lindevangen.places[0]
    start(at(scene.cast.ssp), way="non_police", place=place.public_id, where_note="ved søen", what="Mange på torvet")
    [incident] = incidents()
    assert (incident.what, incident.where) == ("Mange på torvet", f"{place.name}, ved søen")


def test_each_person_is_offered_what_they_may_do(scene: Scene, at) -> None:
    ways = {
        "ssp": ["non_police", "police_said"],
        "police": ["police"],
        "youth_club": ["police_said", "ask"],
        "ssp_responder": ["police_said", "ask"],
        "ssp_observer": ["ask"],
        "housing": ["non_police", "police_said"],
        "board": ["ask"],
        "board_and_police": ["police_said", "ask"],  # acts as the police, the stronger of the two
        "police_and_ssp": ["police_said", "ask"],
    }
    for name, offered in ways.items():
        page = at(getattr(scene.cast, name)).text("/activate")
        assert re.findall(r'name="way" id="[^"]*" value="([^"]*)"', page) == offered, name


def test_the_only_way_is_chosen_already(scene: Scene, at) -> None:
    assert 'value="police" checked' in at(scene.cast.police).text("/activate")
    page = at(scene.cast.ssp).text("/activate")
    assert 'value="non_police" checked' not in page and 'value="police_said" checked' not in page


def test_the_police_called_and_it_is_recorded_for_them(scene: Scene, at) -> None:
    start(at(scene.cast.helhedsplan), way="police_said", category="shooting", said_by="Vagtchefen", heard_by="phone")
    [incident] = incidents()
    assert incident.track is Track.POLICE
    [act] = acts_of(incident)
    assert (act.said_by, act.heard_by.value, act.state.value) == ("Vagtchefen", "phone", "unconfirmed")


def test_who_of_the_police_said_it_must_be_told(scene: Scene, at) -> None:
    answer = start(at(scene.cast.helhedsplan), way="police_said", category="shooting", what="Skud ved torvet")
    assert answer.status_code == 422
    assert "Skriv, hvem hos politiet der sagde det" in answer.text
    assert "Skud ved torvet" in answer.text
    assert incidents() == []


def test_the_time_that_the_police_said_it_is_danish_time(scene: Scene, at, clock) -> None:
    said = {"way": "police_said", "category": "shooting", "said_by": "Vagtchefen"}
    start(at(scene.cast.ssp), **said, said_at="2026-11-22T23:30")
    [incident] = incidents()
    assert acts_of(incident)[0].said_at.isoformat() == "2026-11-22T22:30:00+00:00"


BY_THE_POLICE = {"way": "police_said", "said_by": "Vagtchefen", "category": "shooting"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"category": "no_such"}, "Den type findes ikke i planen"),
        ({"category": ""}, "Vælg, hvad det er."),
        (BY_THE_POLICE | {"category": "neighbours"}, "kan ikke være en politisag"),
        ({"category": "shooting"}, "kan ikke være andet end en politisag"),
        ({"what": "x" * 301}, "Teksten er for lang"),
        ({"where_note": "x" * 151}, "Teksten er for lang"),
        ({"place": "et-andet-sted"}, "Det sted findes ikke"),
        ({"leader": "police"}, "Vælg en tovholder på listen"),
        ({"way": ""}, "Vælg spor."),
        ({"way": "free"}, "Vælg spor."),
        (BY_THE_POLICE | {"said_at": "i går"}, "Skriv dato og klokkeslæt"),
        (BY_THE_POLICE | {"said_at": "2026-11-23T02:00"}, "ligger i fremtiden"),
    ],
)  # fmt: skip
def test_what_cannot_be_stands_by_its_field_and_the_text_stays(scene: Scene, at, typed, sentence) -> None:
    answer = start(at(scene.cast.ssp), **({"way": "non_police", "what": "Rygte om skud ved søen"} | typed))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed.get("what", "Rygte om skud ved søen") in answer.text
    assert incidents() == []


def test_a_cpr_number_is_refused_until_the_writer_says_that_it_is_none(scene: Scene, at) -> None:
    visitor = at(scene.cast.ssp)
    typed = {"way": "non_police", "what": "Sagen 221126-2330 deles på nettet"}
    page = visitor.text("/activate")
    answer = visitor.post("/activate", activation(page, **typed))
    assert answer.status_code == 422
    assert "Det ligner et CPR-nummer" in answer.text
    assert "Det er ikke et CPR-nummer" in answer.text
    assert incidents() == []
    assert visitor.post("/activate", activation(answer.text, **typed, not_cpr="y")).status_code == 303
    [incident] = incidents()
    first = db.session.query(LogEntry).filter_by(chain_id=incident.chain_id, seq=1).one()
    assert first.data["not_cpr"] is True


def test_a_double_tap_is_one_incident_and_leads_to_the_same_room(scene: Scene, at) -> None:
    visitor = at(scene.cast.ssp)
    form = activation(visitor.text("/activate"), way="non_police")
    first, second = visitor.post("/activate", form), visitor.post("/activate", form)
    assert first.location == second.location
    assert len(incidents()) == 1


def test_the_key_of_a_form_is_bound_to_its_person(scene: Scene, at) -> None:
    ssp, club = at(scene.cast.ssp), at(scene.cast.youth_club)
    form = activation(ssp.text("/activate"), way="non_police")
    ssp.post("/activate", form)
    answer = club.post("/activate", form | {"way": "ask"})
    assert answer.status_code == 409  # its own form, in a world that has changed


def test_what_runs_already_stands_first_and_leads_to_the_room(scene: Scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    page = at(scene.cast.helhedsplan).text("/activate")
    assert page.index("Det er denne") < page.index("En anden hændelse") < page.index('name="category"')
    assert f'href="/incidents/{incident.public_id}"' in page


def test_an_activator_that_is_no_party_takes_part_with_one_tap(scene: Scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    visitor = at(scene.cast.housing)
    page = visitor.text("/activate")
    assert "Det er denne: deltag" in page
    assert "Rygte om drab" not in page  # a glimpse is category, place and number
    assert "Rygter på nettet" in page
    answer = visitor.post(f"/activate/join/{incident.public_id}")
    assert answer.location == f"/incidents/{incident.public_id}"
    assert visitor.post(f"/activate/join/{incident.public_id}").location == answer.location
    db.session.rollback()
    assert "housing" in {p.actor.key for p in incidents()[0].participations}


def test_an_activation_by_somebody_else_meanwhile_is_shown_before_a_second_one(scene: Scene, at) -> None:
    visitor = at(scene.cast.ssp)
    form = activation(visitor.text("/activate"), way="non_police", what="Rygte om skud")
    scene.activate(scene.cast.helhedsplan, what="Mange unge samlet")
    answer = visitor.post("/activate", form)
    assert answer.status_code == 409
    assert "Mens du skrev, er beredskabet aktiveret" in answer.text
    assert "Mange unge samlet" in answer.text and "Rygte om skud" in answer.text
    assert visitor.post("/activate", activation(answer.text, way="non_police", what="Rygte om skud")).status_code == 303
    assert len(incidents()) == 2


def test_the_tovholder_may_be_chosen(scene: Scene, at) -> None:
    start(at(scene.cast.ssp), way="non_police", leader="helhedsplan")
    assert incidents()[0].leader.key == "helhedsplan"


def test_who_is_called_is_told_before_it_happens(scene: Scene, at) -> None:
    visitor = at(scene.cast.ssp)
    answer = start(visitor, way="non_police", where_note="x" * 151)
    told = "Tilkaldes: ungdomsklubben, Lindevangen på Vej. Besked: Center for Børn og Familier. Politiet er ikke part."
    assert told in answer.text
    assert "Tilkaldes: ungdomsklubben" in visitor.text("/activate")  # for the script


def test_a_plan_that_is_not_approved_warns_and_does_not_stand_in_the_way(scene: Scene, at) -> None:
    visitor = at(scene.cast.ssp)
    assert "Området har ingen plan" in visitor.text("/activate")
    assert start(visitor, way="non_police").status_code == 303


def test_who_may_not_is_told_who_can_with_numbers_and_may_ask(scene: Scene, at) -> None:
    visitor = at(scene.cast.youth_club)
    answer = start(visitor, way="non_police", what="Uro i klubben")
    assert answer.status_code == 422
    assert "Ungdomsklubben kan ikke aktivere" in answer.text
    assert 'href="tel:+4520000006"' in answer.text
    assert 'name="ask"' in answer.text and "Uro i klubben" in answer.text
    asked = visitor.post("/activate", activation(answer.text, way="non_police", what="Uro i klubben", ask="1"))
    assert asked.status_code == 303
    [request] = db.session.query(ActivationRequest)
    assert asked.location == f"/requests/{request.public_id}"
    assert request.what == "Uro i klubben"
    assert incidents() == []


def test_an_administrator_is_told_whom_to_ring(scene: Scene, at) -> None:
    answer = at(scene.cast.administrator).get("/activate")
    assert answer.status_code == 403
    assert "er ikke med i hændelser" in answer.text
    assert "tel:+45" in answer.text
    assert at(scene.cast.administrator).post("/activate", {"way": "non_police"}).status_code == 403


def test_a_neighbour_activates_in_their_own_area_only(scene: Scene, at) -> None:
    scene.activate(scene.cast.ssp)
    page = at(scene.cast.neighbour).text("/activate")
    assert "I gang nu: ingen." in page


# ---- a session that ended in the middle ---------------------------------------------------------------------------


@pytest.fixture
def strict(app: Flask):
    """CSRF protection on, as in real life."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def test_what_was_typed_survives_a_dead_session_and_activates_after_signing_in(strict: Flask, scene: Scene, at) -> None:
    form = activation(at(scene.cast.ssp).text("/activate"), way="non_police", what="Rygte om “skud” & uro")
    stranger = at()
    answer = stranger.post("/activate", form, headers=OURS)
    assert answer.status_code == 401
    assert "gemt her på siden" in answer.text
    data = hidden(answer.text) | {"email": scene.cast.ssp.email, "password": PASSWORD, "csrf_token": stranger.token}
    again = stranger.post("/sign-in", data)
    assert "Det er ikke sendt endnu" in again.text
    assert stranger.post("/activate", form, headers=OURS).status_code == 303
    assert incidents()[0].what == "Rygte om “skud” & uro"


# ---- a registered phone --------------------------------------------------------------------------------------------


def phone_of(app: Flask, user) -> Visitor:
    """A browser without a session, known by its phone alone."""
    from app.accounts.operations import register_phone
    from app.accounts.sessions import PHONE_COOKIE

    visitor = Visitor(app)
    token = register_phone(user, "iPhone")
    db.session.commit()
    visitor.client.set_cookie(PHONE_COOKIE, token)
    return visitor


def test_a_registered_phone_activates_and_gets_a_receipt(app: Flask, scene: Scene) -> None:
    phone = phone_of(app, scene.cast.ssp)
    assert "Aktivér beredskabet" in phone.text("/")
    answer = start(phone, way="non_police")
    [incident] = incidents()
    assert answer.location == f"/activate/receipt/{incident.public_id}"
    page = phone.text(answer.location)
    assert "Beredskabet er aktiveret" in page
    assert "Sanne Spang" in page and "Ungdomsklubben" in page
    assert f"/sign-in?next=/incidents/{incident.public_id}" in page.replace("%2F", "/")
    assert phone.get(f"/incidents/{incident.public_id}").status_code == 302  # the room asks for a sign-in


def test_a_registered_phone_answers_a_call_and_sees_nothing_else(app: Flask, scene: Scene) -> None:
    scene.activate(scene.cast.ssp)
    phone = phone_of(app, scene.cast.youth_club)
    page = phone.text("/")
    assert "Ungdomsklubben er tilkaldt" in page
    assert "I gang" not in page
    [path] = re.findall(r'action="(/front/calls/[^"]+)"', page)
    assert phone.post(path).status_code == 303
    assert phone.post(path).status_code == 303
    assert "er tilkaldt" not in phone.text("/")
    states = {d.name: d.state for d in db.session.query(Delivery)}
    assert states["youth_club A"] == "cancelled"  # it had not left yet
    assert states["helhedsplan A"] == "queued"


def test_a_registered_phone_says_yes_to_a_request(app: Flask, scene: Scene, at) -> None:
    start(at(scene.cast.youth_club), way="ask", what="Uro i klubben")
    phone = phone_of(app, scene.cast.ssp)
    [path] = re.findall(r'action="(/requests/[^"]+/acceptance)"', phone.text("/"))
    answer = phone.post(path)
    [incident] = incidents()
    assert answer.location == f"/activate/receipt/{incident.public_id}"


def test_an_exercise_never_meets_the_real_form(scene: Scene, at) -> None:
    visitor = at(scene.cast.ssp)
    form = activation(visitor.text("/activate"), way="non_police")
    scene.activate(scene.cast.ssp, is_exercise=True)
    assert "I gang nu: ingen." in visitor.text("/activate")
    assert visitor.post("/activate", form).status_code == 303


def test_two_taps_at_the_very_same_moment_are_one_incident(app: Flask, scene: Scene, at) -> None:
    taps = [at(scene.cast.ssp) for _ in range(3)]
    form = activation(taps[0].text("/activate"), way="non_police")
    db.session.commit()
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda tap: tap.client.post("/activate", data=form), taps))
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert len({answer.location for answer in answers}) == 1
    assert len(incidents()) == 1


def test_a_new_declaration_does_not_stand_in_the_way(scene: Scene, at) -> None:
    scene.cast.ssp.declaration_version = 0
    db.session.commit()
    visitor = at(scene.cast.ssp)
    assert "Læs erklæringen" in visitor.text("/")
    assert start(visitor, way="non_police").status_code == 303


def test_a_browser_without_scripts_may_ask_whom_it_would_wake(scene: Scene, at) -> None:
    answer = start(at(scene.cast.ssp), way="police_said", category="shooting", what="Skud", preview="1")
    assert answer.status_code == 200
    assert "Tilkaldes: ungdomsklubben" in answer.text and "Politiet leder." in answer.text and "Skud" in answer.text
    assert incidents() == []
