"""Two at the same moment: it ends in a state that is allowed, nobody meets an error, and who came second is told."""

import html
import re

import pytest
from werkzeug.test import TestResponse

from app.callout.queries import group_of
from app.direction.models import ActState, HeardBy
from app.direction.queries import acts_of
from app.extensions import db
from app.incidents.models import ActivationRequest, Incident, RequestState
from app.lib import clock as time
from app.logbook.kinds import Kind
from app.logbook.verify import verify_chain
from app.messaging.models import Delivery
from app.plans.vocabulary import IncidentStatus, Track
from app.transitions import requests
from app.transitions.activate import Alarm, PoliceSaid
from tests.narrative.test_together import at_once
from tests.room.forms import activation
from tests.room.incident_forms import at as address
from tests.room.incident_forms import entries, opened, plain
from tests.scene import Scene


def sent(visitor, path: str, **typed) -> tuple:
    """A form opened, filled in and ready to be sent."""
    return visitor, path, {"csrf_token": visitor.token} | opened(visitor, path) | typed


def statuses(answers: list[TestResponse]) -> list[int]:
    assert all(answer.status_code < 500 for answer in answers)
    db.session.rollback()
    db.session.expire_all()
    return sorted(answer.status_code for answer in answers)


def of_kind(incident: Incident, kind: Kind) -> list[str]:
    assert verify_chain(incident.chain_id).is_whole
    return [entry.text for entry in entries(incident) if entry.kind is kind]


def politisag(scene: Scene) -> Incident:
    told = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    return scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=told, category="shooting", what="Skyderi")


@pytest.mark.parametrize("way", ["non_police", "police_said"])
def test_a_double_tap_on_activate_makes_one_incident_and_calls_once(scene, at, way) -> None:
    visitor = at(scene.cast.ssp)
    word = {"said_by": "Vagtchefen", "heard_by": "phone"} if way == "police_said" else {}
    form = {"csrf_token": visitor.token} | activation(visitor.text("/activate"), way=way, what="Rygte", **word)
    other = at(scene.cast.ssp)
    answers = at_once((visitor, "/activate", form), (other, "/activate", form | {"csrf_token": other.token}))
    assert statuses(answers) == [303, 303]
    incident = db.session.query(Incident).one()
    assert {answer.location for answer in answers} == {address(incident)}
    called = [d.address for d in db.session.query(Delivery).filter_by(group=group_of(incident))]
    assert len(called) == len(set(called)) > 0


def test_the_same_form_twice_takes_effect_once_and_leads_to_the_same_place(scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    first, second = at(scene.cast.ssp), at(scene.cast.ssp)
    path, form = sent(first, address(incident, "/log/new"), text="Der er roligt")[1:]
    answers = at_once((first, path, form), (second, path, form | {"csrf_token": second.token}))
    assert statuses(answers) == [303, 303]
    assert len({answer.location for answer in answers}) == 1
    assert [e.text for e in entries(incident)].count("Der er roligt") == 1
    assert verify_chain(incident.chain_id).is_whole


def test_two_acceptances_of_one_request_make_one_incident(scene, at) -> None:
    alarm = Alarm(Track.NON_POLICE, "rumours", "Uro i klubben")
    asked = requests.request_activation(scene.cast.lindevangen, alarm, scene.reader(scene.cast.youth_club), "ask")
    db.session.commit()
    path = f"/requests/{asked.public_id}/acceptance"
    people = [at(user) for user in (scene.cast.ssp, scene.cast.helhedsplan)]
    answers = at_once(*((visitor, path, {"csrf_token": visitor.token}) for visitor in people))
    assert statuses(answers) == [303, 303]
    incident = db.session.query(Incident).one()
    request = db.session.query(ActivationRequest).one()
    assert (request.state, request.incident_id) == (RequestState.ACCEPTED, incident.id)
    for visitor in people:
        assert "Uro i klubben" in visitor.text(address(incident))


def test_two_stand_downs_end_it_once_and_the_second_is_told(scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    people = [at(user) for user in (scene.cast.ssp, scene.cast.ssp)]
    path = address(incident, "/stand-down")
    answers = at_once(*(sent(visitor, path, move_tasks="y", note="Roligt igen") for visitor in people))
    assert statuses(answers) == [303, 409]
    assert "Den er nu: afblæst." in plain(next(a for a in answers if a.status_code == 409).text)
    db.session.refresh(incident)
    assert incident.status is IncidentStatus.STOOD_DOWN
    assert len(of_kind(incident, Kind.STAND_DOWN)) == 1
    heads = [d.address for d in db.session.query(Delivery).filter_by(about=f"head:{incident.id}")]
    assert len(heads) == len(set(heads)) == 2


def test_of_two_take_overs_one_leads_and_the_other_sees_who(scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    people = [at(user) for user in (scene.cast.youth_club, scene.cast.helhedsplan)]
    path = address(incident, "/lead")
    answers = at_once(*(sent(visitor, path, reason="Min egen grund") for visitor in people))
    assert statuses(answers) == [303, 409]
    db.session.refresh(incident)
    lost = html.unescape(next(a for a in answers if a.status_code == 409).text)
    assert incident.leader_label in lost and "Min egen grund" in lost
    assert sum("er tovholder efter" in text for text in of_kind(incident, Kind.DECISION)) == 1


def test_of_a_confirmation_and_a_denial_one_counts_and_the_other_is_told(scene, at) -> None:
    incident = politisag(scene)
    act = acts_of(incident)[0]
    path = address(incident, f"/police-acts/{act.public_id}")
    yes = sent(at(scene.cast.ssp), path, how="Vagtchefen, telefon")
    no = sent(at(scene.cast.youth_club), f"{path}/denial", how="Kender den ikke")
    answers = at_once(yes, no)
    assert statuses(answers) == [303, 409]
    assert "En anden har afgjort det imens." in plain(next(a for a in answers if a.status_code == 409).text)
    db.session.refresh(act)
    db.session.refresh(incident)
    ended = {ActState.CONFIRMED: IncidentStatus.ACTIVE, ActState.DENIED: IncidentStatus.ANNULLED}
    assert incident.status is ended[act.state]
    assert len(re.findall("er (?:be|af)kræftet", "\n".join(of_kind(incident, Kind.INSTRUCTION)))) == 1


def test_a_stand_down_and_a_false_alarm_at_once_end_it_in_one_way(scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    end = sent(at(scene.cast.ssp), address(incident, "/stand-down"), move_tasks="y")
    false = sent(at(scene.cast.ssp), address(incident, "/annulment"), reason="Forkert knap")
    assert statuses(at_once(end, false)) == [303, 409]
    db.session.refresh(incident)
    assert incident.status in (IncidentStatus.STOOD_DOWN, IncidentStatus.ANNULLED)
    endings = db.session.query(Delivery).filter_by(group=f"ending:{incident.id}")
    assert len({d.about.split(":")[0] for d in endings if not d.about.startswith("head")}) <= 1
