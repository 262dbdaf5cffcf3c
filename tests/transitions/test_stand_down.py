"""The end, the way back, and the end once more: who may, what stops, who is told, what is mailed."""

import pytest
import sqlalchemy as sa

from app.callout import operations as callout
from app.callout.models import Answered, CalloutState
from app.direction.models import ActState
from app.direction.queries import acts_of, unconfirmed
from app.errors import Refused
from app.extensions import db
from app.logbook.queries import last_head
from app.logbook.verify import verify_chain
from app.messaging.models import Delivery, DeliveryState
from app.plans.vocabulary import IncidentStatus, Track
from app.reviews.queries import review_of
from app.tasks import queries as tasks
from app.tasks.models import TaskState
from app.transitions import police_acts
from app.transitions.activate import PoliceSaid
from app.transitions.annul import annul
from app.transitions.reopen import reopen
from app.transitions.stand_down import StandDown, stand_down
from tests.callout.conftest import round_of
from tests.callout.conftest import worker as worker

MOVE = StandDown((), move_tasks=True)


def ended(worker):
    return [one.name for one in worker.heard if "er afblæst" in one.text]


def test_open_tasks_hold_it_back_until_they_are_moved(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    with pytest.raises(Refused, match="åbne opgaver"):
        stand_down(incident, scene.reader(scene.cast.ssp), StandDown(()))
    assert incident.is_open
    stand_down(incident, scene.reader(scene.cast.ssp), MOVE)
    assert {t.state for t in tasks.of_incident(incident)} == {TaskState.FOLLOW_UP}


def test_everything_stops_and_those_called_are_told_once(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=4)
    called = set(worker.names())
    stand_down(incident, scene.reader(scene.cast.ssp), MOVE)
    worker.pass_time(minutes=60)
    assert sorted(ended(worker)) == sorted(called)
    waiting = sa.select(Delivery).where(Delivery.state == DeliveryState.QUEUED)
    assert db.session.scalars(waiting).all() == []


def test_no_reminder_follows(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    stand_down(incident, scene.reader(scene.cast.ssp), MOVE)
    worker.pass_time(minutes=120)
    assert not [one for one in worker.heard if "Frist overskredet" in one.text]


def test_the_logs_last_hash_is_mailed_to_two_parties(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    stand_down(incident, scene.reader(scene.cast.ssp), MOVE)
    worker.work()
    mails = [one for one in worker.heard if last_head(incident.chain) in one.text]
    assert len(mails) == 2 and len({one.name.split()[0] for one in mails}) == 2
    assert verify_chain(incident.chain_id).is_whole


def test_only_the_tovholder_and_never_twice(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    for user in (scene.cast.youth_club, scene.cast.ssp_responder, scene.cast.ssp_observer):
        with pytest.raises(Refused):
            stand_down(incident, scene.reader(user), MOVE)
    stand_down(incident, scene.reader(scene.cast.ssp), MOVE)
    db.session.commit()
    with pytest.raises(Refused, match="ikke længere aktiv"):
        stand_down(incident, scene.reader(scene.cast.ssp), MOVE)


def test_the_review_opens_with_two_working_days(scene, worker):
    """Sunday night: Monday and Tuesday are whole working days, so the deadline is Wednesday at the same hour."""
    incident = scene.activate(scene.cast.ssp)
    stand_down(incident, scene.reader(scene.cast.ssp), MOVE)
    review = review_of(incident)
    assert (review.debrief_due_at - review.opened_at).days == 3


def test_reopened_nobody_is_called_but_everybody_can_answer(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    stand_down(incident, scene.reader(scene.cast.ssp), MOVE)
    worker.work()
    before = len(worker.heard)
    reopen(incident, scene.reader(scene.cast.youth_club), "Det blussede op")
    worker.pass_time(minutes=20)
    assert incident.is_open and len(worker.heard) == before
    club = round_of(incident, "youth_club")
    assert club.state is CalloutState.NOT_CALLED
    assert callout.acknowledge(club, Answered.APP, "Klaus", by=None)


def test_the_second_stand_down_tells_everybody_again_and_keeps_the_one_review(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    stand_down(incident, scene.reader(scene.cast.ssp), MOVE)
    worker.work()
    first, review = len(ended(worker)), review_of(incident).id
    reopen(incident, scene.reader(scene.cast.ssp), "Igen")
    worker.clock.advance(minutes=30)
    stand_down(incident, scene.reader(scene.cast.ssp), MOVE)
    worker.work()
    assert len(ended(worker)) == 2 * first
    assert review_of(incident).id == review


def test_an_annulled_incident_is_not_reopened(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    annul(incident, scene.reader(scene.cast.ssp), "Forkert")
    with pytest.raises(Refused, match="kan ikke genåbnes"):
        reopen(incident, scene.reader(scene.cast.ssp), "Alligevel")


@pytest.fixture
def said(clock):
    return PoliceSaid("Vagtchefen", "phone", clock.now)


def test_in_a_politisag_the_police_end_it_by_word_and_it_waits_for_a_second_person(scene, worker, said):
    incident = scene.activate(scene.cast.police, Track.POLICE, category="shooting")
    with pytest.raises(Refused, match="politiet"):
        stand_down(incident, scene.reader(scene.cast.helhedsplan), MOVE)
    stand_down(incident, scene.reader(scene.cast.helhedsplan), StandDown((), move_tasks=True, police_said=said))
    db.session.commit()
    (act,) = unconfirmed(incident)
    with pytest.raises(Refused):
        police_acts.confirm(act, scene.reader(scene.cast.helhedsplan), "Jeg er sikker", by_call_back=False)
    police_acts.confirm(act, scene.reader(scene.cast.youth_club), "Hørte det også", by_call_back=False)
    assert acts_of(incident)[0].state is ActState.CONFIRMED


def test_a_denied_stand_down_runs_on_and_parties_can_answer(scene, worker, said):
    incident = scene.activate(scene.cast.police, Track.POLICE, category="shooting")
    stand_down(incident, scene.reader(scene.cast.helhedsplan), StandDown((), move_tasks=True, police_said=said))
    db.session.commit()
    police_acts.deny(unconfirmed(incident)[0], scene.reader(scene.cast.police), "Nej, vi er her endnu")
    assert incident.status is IncidentStatus.ACTIVE
    assert round_of(incident, "ssp").state is CalloutState.NOT_CALLED


def test_an_act_is_settled_once(scene, worker, said):
    incident = scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=said, category="shooting")
    act = acts_of(incident)[0]
    police_acts.confirm(act, scene.reader(scene.cast.police), "Ja", by_call_back=False)
    with pytest.raises(Refused, match="allerede afgjort"):
        police_acts.deny(act, scene.reader(scene.cast.ssp), "Nej")
    assert incident.is_open
