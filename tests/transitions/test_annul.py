"""Fejlaktivering: everything stops, exactly those called are told after a minute, and Fortryd takes it all back."""

import pytest

from app.callout.models import CalloutState
from app.contacts.models import PointKind
from app.direction.models import ActState
from app.direction.queries import acts_of
from app.errors import Refused
from app.extensions import db
from app.plans.vocabulary import IncidentStatus, Track
from app.reviews.queries import review_of
from app.transitions import police_acts
from app.transitions.activate import PoliceSaid
from app.transitions.annul import annul, may_undo, undo_annul
from tests.callout.conftest import mobile, round_of
from tests.callout.conftest import worker as worker


def false_alarms(worker):
    return sorted(one.address for one in worker.heard if "Fejlaktivering" in one.text)


@pytest.fixture
def annulled(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=3)
    annul(incident, scene.reader(scene.cast.ssp), "Jeg trykkede forkert")
    db.session.commit()
    return incident


def test_exactly_those_called_are_told_and_nobody_before_the_minute_is_over(scene, worker, annulled):
    called = {one.address for one in worker.heard}
    worker.pass_time(seconds=59)
    assert false_alarms(worker) == []
    worker.pass_time(minutes=30)
    assert false_alarms(worker) == sorted(called)


def test_nothing_begins_after_it(scene, worker, annulled):
    calls = [one.text for one in worker.heard]
    worker.pass_time(minutes=30)
    assert [one.text for one in worker.heard if "Fejlaktivering" not in one.text] == calls
    assert annulled.status is IncidentStatus.ANNULLED
    assert review_of(annulled) is None, "a false alarm is not reviewed"


def test_fortryd_sends_nothing_and_the_round_goes_on_where_it_was(scene, worker, annulled):
    before = len(worker.heard)
    worker.pass_time(seconds=30)
    undo_annul(annulled, scene.reader(scene.cast.ssp))
    db.session.commit()
    worker.pass_time(minutes=1)
    assert len(worker.heard) == before
    club = round_of(annulled, "youth_club")
    assert (club.round, club.state) == (1, CalloutState.CALLING)
    worker.pass_time(minutes=1, seconds=30)
    assert worker.calls_to("youth_club C"), "all are asked at six minutes, as if nothing had been"
    worker.pass_time(minutes=10)
    assert false_alarms(worker) == []


def test_after_fortryd_the_code_and_the_link_that_arrived_still_hold(scene, worker, annulled, at):
    undo_annul(annulled, scene.reader(scene.cast.ssp))
    db.session.commit()
    assert at(None).get(worker.link_of("youth_club A")).status_code == 200
    assert worker.reply(mobile(scene.contacts["youth_club"][0]), worker.code_of("youth_club A")).matched
    assert round_of(annulled, "youth_club").state is CalloutState.ACKNOWLEDGED


def test_fortryd_before_anything_had_left_calls_anew(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    annul(incident, scene.reader(scene.cast.ssp), "Jeg trykkede forkert")
    db.session.commit()
    undo_annul(incident, scene.reader(scene.cast.ssp))
    worker.work()
    assert len(worker.calls_to("youth_club A")) == 1
    assert worker.names().count("family_centre A") == 1


def test_an_answer_given_before_stays_an_answer(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    worker.reply(mobile(scene.contacts["youth_club"][0]), worker.code_of("youth_club A"))
    annul(incident, scene.reader(scene.cast.ssp), "Forkert")
    undo_annul(incident, scene.reader(scene.cast.ssp))
    db.session.commit()
    assert round_of(incident, "youth_club").state is CalloutState.ACKNOWLEDGED


def test_after_the_minute_it_is_too_late(scene, worker, annulled):
    worker.pass_time(seconds=60)
    assert not may_undo(annulled)
    with pytest.raises(Refused, match="for sent"):
        undo_annul(annulled, scene.reader(scene.cast.ssp))


def test_only_the_leader_or_who_made_the_tap(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    with pytest.raises(Refused, match="tovholderen"):
        annul(incident, scene.reader(scene.cast.youth_club), "Nej")
    assert incident.is_open


def test_a_second_annulment_is_refused(scene, annulled):
    with pytest.raises(Refused, match="ikke længere aktiv"):
        annul(annulled, scene.reader(scene.cast.ssp), "Igen")


def test_an_address_that_became_the_polices_meanwhile_hears_nothing_more_of_it(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=3)
    scene.contacts["youth_club"][1].is_police = True
    annul(incident, scene.reader(scene.cast.ssp), "Forkert")
    worker.pass_time(minutes=2)
    told = false_alarms(worker)
    assert mobile(scene.contacts["youth_club"][0]) in told
    assert mobile(scene.contacts["youth_club"][1]) not in told


def test_the_police_deny_that_they_activated_and_everybody_called_is_told(scene, worker, clock):
    said = PoliceSaid("Vagtchefen", "phone", clock.now)
    incident = scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=said, category="shooting")
    worker.work()
    called = {one.address for one in worker.heard}
    (act,) = acts_of(incident)
    police_acts.deny(act, scene.reader(scene.cast.police), "Vi har ikke ringet")
    worker.pass_time(minutes=30)
    assert acts_of(incident)[0].state is ActState.DENIED
    assert incident.status is IncidentStatus.ANNULLED
    assert false_alarms(worker) == sorted(called)
    with pytest.raises(Refused):
        police_acts.confirm(acts_of(incident)[0], scene.reader(scene.cast.ssp), "Jo", by_call_back=True)


def test_what_the_police_denied_is_not_taken_back_by_fortryd(scene, worker, clock):
    said = PoliceSaid("Vagtchefen", "phone", clock.now)
    incident = scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=said, category="shooting")
    police_acts.deny(acts_of(incident)[0], scene.reader(scene.cast.police), "Nej")
    db.session.commit()
    with pytest.raises(Refused, match="afkræftet"):
        undo_annul(incident, scene.reader(scene.cast.helhedsplan))


def test_who_has_only_a_mail_address_is_told_by_mail(scene, worker):
    contact = scene.contacts["youth_club"][0]
    contact.points[:] = [point for point in contact.points if point.kind is PointKind.EMAIL]
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    annul(incident, scene.reader(scene.cast.ssp), "Forkert")
    worker.pass_time(minutes=2)
    assert "youth_club0@lindevangen.example" in false_alarms(worker)
