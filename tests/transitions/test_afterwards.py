"""Registered when it is over: its real times, nobody called, nothing counting down."""

from datetime import timedelta

import pytest

from app.callout import queries as callouts
from app.errors import Refused
from app.extensions import db
from app.logbook.verify import verify_chain
from app.messaging.models import Delivery
from app.plans.vocabulary import IncidentStatus, Track
from app.reviews.queries import review_of
from app.tasks import queries as tasks
from app.transitions.activate import Activation, Afterwards, Alarm
from app.transitions.afterwards import register
from tests.callout.conftest import count
from tests.callout.conftest import worker as worker


def over(scene, start, end, user=None, key="late"):
    alarm = Alarm(Track.NON_POLICE, "rumours", "Rygte i går")
    reader = scene.reader(user or scene.cast.ssp)
    return Activation(scene.cast.lindevangen, alarm, reader, once_key=key, afterwards=Afterwards(start, end))


def test_it_has_its_real_times_and_is_open_for_review(scene, worker, clock):
    start, end = clock.now - timedelta(hours=20), clock.now - timedelta(hours=18)
    incident = register(over(scene, start, end))
    db.session.commit()
    assert (incident.activated_at, incident.ended_at, incident.recorded_at) == (start, end, clock.now)
    assert incident.status is IncidentStatus.STOOD_DOWN and incident.next_update_at is None
    assert review_of(incident) is not None
    assert verify_chain(incident.chain_id).is_whole


def test_nobody_is_called_and_nothing_counts_down(scene, worker, clock):
    incident = register(over(scene, clock.now - timedelta(hours=2), clock.now - timedelta(hours=1)))
    worker.pass_time(minutes=40)
    assert worker.heard == [] and count(Delivery) == 0
    assert callouts.callouts_of(incident) == [] and tasks.of_incident(incident) == []


@pytest.mark.parametrize(("began", "ended"), [(1, 2), (2, 2), (2, -1)])
def test_times_that_cannot_be_are_refused(scene, worker, clock, began, ended):
    with pytest.raises(Refused, match="Sluttidspunktet"):
        register(over(scene, clock.now - timedelta(hours=began), clock.now - timedelta(hours=ended)))


def test_it_needs_the_same_right_as_an_activation(scene, worker, clock):
    with pytest.raises(Refused, match="kan ikke aktivere"):
        register(over(scene, clock.now - timedelta(hours=2), clock.now - timedelta(hours=1), scene.cast.youth_club))


def test_the_same_form_twice_is_one(scene, worker, clock):
    new = over(scene, clock.now - timedelta(hours=2), clock.now - timedelta(hours=1))
    assert register(new).id == register(new).id
