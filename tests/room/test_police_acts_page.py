"""What was recorded for the police: confirmed by a second person or by ringing back, or denied and undone."""

import pytest

from app.direction.models import ActState, HeardBy
from app.direction.queries import acts_of
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock as time
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from app.plans.vocabulary import IncidentStatus, Track
from app.transitions.activate import PoliceSaid
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, opened, plain, post, said, submit
from tests.scene import Scene


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """A politisag that the helhedsplan recorded by phone."""
    told = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    return scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=told, category="shooting", what="Skyderi")


@pytest.fixture
def path(incident: Incident) -> str:
    """The act's page."""
    return address(incident, f"/police-acts/{acts_of(incident)[0].public_id}")


def state(incident: Incident) -> ActState:
    db.session.expire_all()
    return acts_of(incident)[0].state


def test_a_second_person_confirms_and_the_band_stops_saying_unconfirmed(scene, incident, path, at):
    visitor = at(scene.cast.ssp)
    page = plain(visitor.text(path))
    assert "sagt af Vagtchefen, telefon" in page and "Helle Plan" in page
    assert submit(visitor, path, how="").status_code == 422
    done(submit(visitor, path, how="Vagtchefen, telefon"))
    assert state(incident) is ActState.CONFIRMED
    assert "ikke bekræftet" not in visitor.text(address(incident))
    assert "er bekræftet: Vagtchefen, telefon" in said(incident)


def test_the_recorder_confirms_only_after_ringing_back(scene, incident, path, at):
    visitor = at(scene.cast.helhedsplan)
    refused = submit(visitor, path, how="Vagtchefen")
    assert refused.status_code == 422 and "Ring politiet op først" in plain(refused.text)
    assert state(incident) is ActState.UNCONFIRMED
    done(submit(visitor, path, how="Vagtchefen", called_back="y"))
    assert state(incident) is ActState.CONFIRMED


def test_the_police_confirm_themselves(scene, incident, path, at):
    done(submit(at(scene.cast.police), path, how="Det var mig"))
    assert state(incident) is ActState.CONFIRMED


def test_a_denial_says_what_it_undoes_and_undoes_it(scene, incident, path, at):
    visitor = at(scene.cast.ssp)
    page = plain(visitor.text(f"{path}/denial"))
    assert "Det sker nu:" in page and "annulleres som fejlaktivering" in page
    done(submit(visitor, f"{path}/denial", how="Vagtchefen kender den ikke"))
    assert state(incident) is ActState.DENIED
    db.session.refresh(incident)
    assert incident.status is IncidentStatus.ANNULLED
    queued = db.session.query(Delivery).filter_by(group=f"incident:{incident.id}", state=DeliveryState.QUEUED).count()
    assert queued == 0
    room = visitor.text(address(incident))
    assert "Annulleret" in room and "/undoing" not in room


def test_what_the_police_denied_is_taken_back_by_no_undo(scene, incident, path, at):
    done(submit(at(scene.cast.ssp), f"{path}/denial", how="Vagtchefen kender den ikke"))
    answer = post(at(scene.cast.ssp), address(incident, "/annulment/undoing"))
    assert answer.status_code == 422 and "afkræftet" in plain(answer.text)


def test_of_two_who_settle_at_once_the_second_is_told(scene, incident, path, at):
    slow = at(scene.cast.youth_club)
    form = opened(slow, f"{path}/denial")
    done(submit(at(scene.cast.ssp), path, how="Vagtchefen"))
    answer = slow.post(f"{path}/denial", form | {"how": "Min tekst"})
    assert answer.status_code == 409
    assert "En anden har afgjort det imens." in plain(answer.text) and "Min tekst" in answer.text
    assert state(incident) is ActState.CONFIRMED


def test_an_act_of_another_incident_and_readers_without_the_right_find_nothing(scene, incident, path, at):
    other = scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="En anden")
    elsewhere = path.replace(incident.public_id, other.public_id)
    assert at(scene.cast.ssp).get(elsewhere).status_code == 404
    assert at(scene.cast.ssp_observer).get(path).status_code == 403
    assert at(scene.cast.neighbour).get(path).status_code == 404
    assert "/police-acts/" not in at(scene.cast.ssp_observer).text(address(incident))
