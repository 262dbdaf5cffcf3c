"""An activator that is no party writes down what the police told it, and learns nothing of their case by that."""

import pytest

from app.direction.models import ActState, HeardBy, PoliceActKind
from app.direction.queries import acts_of, instructions_of
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock as time
from app.narrative.queries import acknowledgements_of
from app.plans.vocabulary import IncidentStatus, Track
from app.transitions.activate import PoliceSaid
from tests.narrative.making import make_message
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, opened, plain, submit
from tests.scene import Scene

WORD = {"said_by": "Vagtchefen", "heard_by": "phone"}
SECRET = "Skyderi ved opgang 4"


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """A politisag; the boligorganisation may activate and is no party."""
    told = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    return scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=told, category="shooting", what=SECRET)


def page(incident: Incident) -> str:
    return f"/activate/heard/{incident.public_id}"


def last(incident: Incident):
    db.session.expire_all()
    return acts_of(incident)[-1]


def test_the_way_stands_beside_the_glimpse_and_the_page_shows_no_more_than_that(scene, incident, at):
    visitor = at(scene.cast.housing)
    assert page(incident) in visitor.text("/")
    text = visitor.text(page(incident))
    assert SECRET not in text and address(incident) not in text and "Skyderi" in plain(text)  # the category's name


def test_an_instruction_holds_at_once_and_is_not_confirmed(scene, incident, at):
    visitor = at(scene.cast.housing)
    empty = submit(visitor, page(incident), what="instruction", text="", **WORD)
    assert empty.status_code == 422 and "Skriv, hvad parterne skal gøre." in plain(empty.text)
    answer = done(submit(visitor, page(incident), what="instruction", text="Luk torvet", **WORD))
    assert answer.location.endswith("/")
    [given] = instructions_of(incident)
    assert given.is_in_force and given.text == "Luk torvet"
    act = last(incident)
    assert (act.kind, act.state) == (PoliceActKind.INSTRUCTION, ActState.UNCONFIRMED)
    assert "politiet v/ Vagtchefen" in at(scene.cast.ssp).text(address(incident, "/log"))
    assert visitor.get(address(incident)).status_code == 404, "who wrote it down is no party by that"


@pytest.mark.parametrize(
    ("what", "status"), [("stand_down", IncidentStatus.STOOD_DOWN), ("case_release", IncidentStatus.RELEASED)]
)
def test_the_end_of_it_can_be_recorded_from_outside(scene, incident, at, what, status):
    done(submit(at(scene.cast.housing), page(incident), what=what, **WORD))
    assert last(incident).state is ActState.UNCONFIRMED and incident.status is status


def test_a_case_that_changed_meanwhile_keeps_the_text(scene, incident, at):
    visitor = at(scene.cast.housing)
    form = opened(visitor, page(incident)) | {"what": "instruction", "text": "Luk torvet"} | WORD
    incident.leader_actor_id = scene.cast.actors["ssp"].id
    db.session.commit()
    late = visitor.post(page(incident), form)
    assert late.status_code == 409 and "Luk torvet" in late.text and SECRET not in late.text


@pytest.mark.parametrize("name", ["police", "ssp", "ssp_observer", "board", "neighbour", "administrator"])
def test_for_everybody_else_there_is_no_such_page(scene, incident, at, name):
    assert at(getattr(scene.cast, name)).get(page(incident)).status_code in (403, 404)


def test_of_a_b_there_is_no_such_page_and_of_a_hidden_case_neither(scene, incident, at):
    b = scene.activate(scene.cast.ssp)
    incident.glimpse_closed = True
    db.session.commit()
    for hidden in (b, incident):
        assert at(scene.cast.housing).get(page(hidden)).status_code == 404
    assert at(scene.cast.police_and_ssp).get(page(b)).status_code in (403, 404)


def test_the_polices_acknowledgement_is_written_beside_the_message(scene, incident, at):
    message = make_message(scene, incident)
    visitor, path = at(scene.cast.ssp_responder), address(incident, "/message/1/police-acknowledgement")
    assert path in visitor.text(address(incident, "/message"))
    done(submit(visitor, path, **WORD))
    assert "police" in [one.actor.key for one in acknowledgements_of(message)]
    assert last(incident).kind is PoliceActKind.ACKNOWLEDGEMENT
    shown = plain(visitor.text(address(incident)))
    assert "kvittering for budskabet" in shown and "ikke bekræftet" in shown
    assert path not in visitor.text(address(incident, "/message"))
    assert at(scene.cast.police).get(path).status_code == 404
