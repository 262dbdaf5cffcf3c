"""What an activation makes: the right parties, called the right way, once."""

import pytest

from app.callout import queries as callouts
from app.callout.models import CalloutState
from app.direction.models import HeardBy
from app.direction.queries import acts_of
from app.errors import Refused
from app.extensions import db
from app.lib import clock as time
from app.logbook.verify import verify_chain
from app.messaging.models import Delivery
from app.plans.vocabulary import Track
from app.transitions.activate import PoliceSaid
from tests.scene import Scene


def parties(incident) -> set[str]:
    return {p.actor.key for p in incident.participations}


def test_ssp_activates_without_the_police(scene: Scene) -> None:
    incident = scene.activate(scene.cast.ssp)
    assert parties(incident) == {"ssp", "youth_club", "family_centre", "helhedsplan"}
    assert incident.leader.key == "ssp"
    assert verify_chain(incident.chain_id).is_whole


def test_an_activator_that_is_no_party_joins(scene: Scene) -> None:
    incident = scene.activate(scene.cast.housing)
    assert "housing" in parties(incident)
    assert "police" not in parties(incident)


def test_a_phoned_police_activation_is_in_force_at_once_and_unconfirmed(scene: Scene) -> None:
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    incident = scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=said, category="shooting")
    assert parties(incident) == {"police", "ssp", "youth_club", "family_centre", "helhedsplan"}
    assert incident.leader.key == "police"
    assert [act.state.value for act in acts_of(incident)] == ["unconfirmed"]
    states = {c.actor.key: c.state for c in callouts.latest_of(incident)}
    assert states["helhedsplan"] is CalloutState.ACKNOWLEDGED
    assert states["ssp"] is CalloutState.CALLING


def test_the_youth_club_is_told_who_can(scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        scene.activate(scene.cast.youth_club)
    assert "kan ikke aktivere" in refused.value.reason.in_danish()
    assert any("20 00 00" in line for line in refused.value.who_can)


def test_the_same_form_twice_is_one_incident(scene: Scene) -> None:
    first = scene.activate(scene.cast.ssp, once_key="tap")
    again = scene.activate(scene.cast.ssp, once_key="tap")
    assert again.id == first.id


def test_each_called_party_gets_one_text_with_leader_and_number(scene: Scene) -> None:
    incident = scene.activate(scene.cast.ssp)
    texts = db.session.query(Delivery).filter_by(group=f"incident:{incident.id}").all()
    called = {c.actor.key for c in callouts.latest_of(incident) if c.state is CalloutState.CALLING}
    assert called
    assert len(texts) >= len(called)
    assert all("Sanne Spang" in d.text and "20 00 00 01" in d.text for d in texts)


def test_the_police_having_called_lets_nobody_activate_what_is_no_politisag(scene: Scene) -> None:
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    with pytest.raises(Refused, match="Politiet er ikke part"):
        scene.activate(scene.cast.youth_club, Track.NON_POLICE, police_said=said)


def test_a_police_actor_under_another_name_is_no_party_of_a_b(scene: Scene) -> None:
    scene.cast.actors["youth_club"].organisation = scene.cast.actors["police"].organisation
    db.session.commit()
    assert "youth_club" not in parties(scene.activate(scene.cast.ssp))
