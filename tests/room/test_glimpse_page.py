"""The police close the glimpse of their case while it runs, and open it again; or somebody records it for them."""

import pytest

from app.direction.models import ActState, HeardBy, PoliceActKind
from app.direction.queries import acts_of
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.lib import clock as time
from app.logbook.kinds import Kind
from app.plans.operations import approve, create_from_template
from app.plans.vocabulary import Track
from app.transitions.activate import PoliceSaid
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, entries, opened, plain, said, submit
from tests.scene import Scene

CLOSE, OPEN = "/glimpse-closure", "/glimpse-closure/end"
WORD = {"said_by": "Vagtchefen", "heard_by": "phone"}


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """A politisag that the helhedsplan recorded; the boligorganisation may activate and is no party."""
    told = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    return scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=told, category="shooting", what="Skyderi")


def shows(at, scene: Scene) -> bool:
    db.session.expire_all()
    return 'id="glimpse-' in at(scene.cast.housing).text("/front/now")


def topics(at, scene: Scene) -> dict:
    return at(scene.cast.housing).get("/front/live").json["topics"]


def last_act(incident: Incident):
    db.session.expire_all()
    return acts_of(incident)[-1]


def test_the_police_close_it_themselves_and_open_it_again(scene, incident, at):
    visitor = at(scene.cast.police)
    assert shows(at, scene)
    assert "Hvem i politiet sagde det?" not in visitor.text(address(incident, CLOSE))
    done(submit(visitor, address(incident, CLOSE)))
    assert not shows(at, scene)
    assert "Sagen er skjult for dem, der ikke er part." in plain(visitor.text(address(incident)))
    assert len(acts_of(incident)) == 1  # the activation alone: their own word needs nobody to confirm it
    done(submit(visitor, address(incident, OPEN)))
    assert shows(at, scene)
    assert "Politiet har skjult sagen" in said(incident) and "Politiet viser igen" in said(incident)


def test_recorded_for_them_it_holds_at_once_and_says_that_nobody_has_confirmed_it(scene, incident, at):
    visitor = at(scene.cast.ssp_responder)
    refused = submit(visitor, address(incident, CLOSE), said_by="")
    assert refused.status_code == 422 and "Skriv, hvem i politiet der sagde det." in plain(refused.text)
    assert shows(at, scene)
    done(submit(visitor, address(incident, CLOSE), **WORD))
    assert not shows(at, scene)
    act = last_act(incident)
    assert (act.kind, act.state, act.said_by) == (PoliceActKind.GLIMPSE_CLOSED, ActState.UNCONFIRMED, "Vagtchefen")
    room = plain(at(scene.cast.helhedsplan).text(address(incident)))
    assert "Politiets beslutning om at skjule sagen er ikke bekræftet. Den gælder alligevel." in room
    [entry] = [e for e in entries(incident) if "skjult sagen" in e.text]
    assert entry.on_behalf_of == "politiet v/ Vagtchefen, telefon"


def test_confirmed_it_stays_closed(scene, incident, at):
    done(submit(at(scene.cast.ssp), address(incident, CLOSE), **WORD))
    path = address(incident, f"/police-acts/{last_act(incident).public_id}")
    done(submit(at(scene.cast.helhedsplan), path, how="Vagtchefen, telefon"))
    assert last_act(incident).state is ActState.CONFIRMED
    assert not shows(at, scene)


@pytest.mark.parametrize(("first", "then"), [(CLOSE, None), (CLOSE, OPEN)])
def test_a_denial_undoes_it(scene, incident, at, first, then):
    done(submit(at(scene.cast.police), address(incident, first))) if then else None
    done(submit(at(scene.cast.ssp), address(incident, then or first), **WORD))
    before = shows(at, scene)
    path = address(incident, f"/police-acts/{last_act(incident).public_id}/denial")
    assert "Det sker nu:" in plain(at(scene.cast.helhedsplan).text(path))
    done(submit(at(scene.cast.helhedsplan), path, how="Vagtchefen kender det ikke"))
    assert shows(at, scene) is not before
    assert "er afkræftet: Vagtchefen kender det ikke" in said(incident)


def test_what_the_police_decided_since_is_not_undone_by_an_old_denial(scene, incident, at):
    done(submit(at(scene.cast.ssp), address(incident, CLOSE), **WORD))
    act = last_act(incident)
    done(submit(at(scene.cast.police), address(incident, OPEN)))
    done(submit(at(scene.cast.police), address(incident, CLOSE)))
    done(submit(at(scene.cast.helhedsplan), address(incident, f"/police-acts/{act.public_id}/denial"), how="Nej"))
    assert not shows(at, scene)


def test_a_plan_that_hides_politisager_is_overruled_by_the_police_and_hides_no_other(scene, at):
    by = scene.reader(scene.cast.helhedsplan).by
    plan = create_from_template(scene.cast.lindevangen, by)
    plan.document = plan.document | {"hides_glimpse": True}
    approve(plan, by)
    db.session.commit()
    case = scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    assert not shows(at, scene)
    before = topics(at, scene)
    done(submit(at(scene.cast.police), address(case, OPEN)))
    assert shows(at, scene)
    assert topics(at, scene) != before
    done(submit(at(scene.cast.police), address(case, CLOSE)))
    scene.activate(scene.cast.ssp)
    assert shows(at, scene)  # the rumour, which is none of the police's


def test_a_closed_case_is_not_even_heard_to_move(scene, incident, at):
    before = topics(at, scene)
    done(submit(at(scene.cast.police), address(incident, CLOSE)))
    closed = topics(at, scene)
    assert closed != before  # so that an open page drops the row
    log.write(incident, Kind.NOTE, "Der sker noget", by=None)
    db.session.commit()
    assert topics(at, scene) == closed
    assert closed.keys() == before.keys()


def test_two_at_once_make_one_decision(scene, incident, at):
    slow = at(scene.cast.ssp)
    form = opened(slow, address(incident, CLOSE))
    done(submit(at(scene.cast.police), address(incident, CLOSE)))
    answer = slow.post(address(incident, CLOSE), form | WORD)
    assert answer.status_code == 409 and "Vagtchefen" in answer.text
    assert said(incident).count("har skjult sagen") == 1


def test_there_is_nothing_to_hide_in_what_is_not_a_politisag_or_an_exercise(scene, at):
    rumour = scene.activate(scene.cast.ssp)
    assert at(scene.cast.ssp).get(address(rumour, CLOSE)).status_code == 404
    assert CLOSE not in at(scene.cast.ssp).text(address(rumour))
    exercise = scene.activate(scene.cast.ssp, Track.POLICE, category="shooting", is_exercise=True)
    assert CLOSE not in at(scene.cast.ssp).text(address(exercise))
    assert submit(at(scene.cast.ssp), address(exercise, CLOSE), **WORD).status_code == 422
