"""A text about what is no politisag is asked about again when it leaves: its address may be the police's by then."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import current_app

from app.broadcasts import operations as broadcasts
from app.broadcasts.models import Broadcast
from app.callout import jobs as callout
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact
from app.exercises import operations as exercises
from app.extensions import db
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from app.plans.vocabulary import Track
from app.tasks import jobs as tasks
from app.transitions import annul, colleague, lead, requests
from app.transitions.activate import Alarm
from app.transitions.stand_down import StandDown, mail_head, stand_down
from tests.broadcasts.making import sent as release
from tests.conftest import Clock
from tests.fakes.provider import Provider
from tests.leaks.course import GUEST_PHONE, make_course
from tests.leaks.test_addresses import WAYS, become_police, everything_that_sends
from tests.narrative.making import make_message
from tests.scene import Scene

Way = Callable[[Scene, Clock], str]  # makes the text lie queued, and answers the address it would go to


def mobile(scene: Scene, party: str, place: int = 0) -> str:
    return scene.contacts[party][place].point(PointKind.MOBILE).address


def send() -> list[str]:
    """Everything that is due leaves; answers the addresses that it reached."""
    db.session.commit()
    provider = Provider()
    Dispatcher(current_app._get_current_object(), {"log": provider}).drain()
    db.session.expire_all()
    return [one.address for one in provider.accepted]


def a_call(scene: Scene, clock: Clock) -> str:
    scene.activate(scene.cast.ssp)
    return mobile(scene, "youth_club")


def a_call_in_an_exercise(scene: Scene, clock: Clock) -> str:
    scene.activate(scene.cast.ssp, is_exercise=True)
    return mobile(scene, "youth_club")


def the_deputys_step(scene: Scene, clock: Clock) -> str:
    scene.activate(scene.cast.ssp)
    send()
    clock.advance(minutes=3)
    callout.take_due_steps()
    return mobile(scene, "youth_club", 1)


def the_step_that_asks_everybody(scene: Scene, clock: Clock) -> str:
    the_deputys_step(scene, clock)
    send()
    clock.advance(minutes=3)
    callout.take_due_steps()
    return mobile(scene, "youth_club", 2)


def a_telling(scene: Scene, clock: Clock) -> str:
    scene.activate(scene.cast.ssp)
    return mobile(scene, "family_centre")


def a_request(scene: Scene, clock: Clock, place: int = 0) -> str:
    alarm = Alarm(Track.NON_POLICE, "rumours", "Uro i klubben")
    requests.request_activation(scene.cast.lindevangen, alarm, scene.reader(scene.cast.youth_club), "ask")
    if place:
        send()
        clock.advance(minutes=3 * place)
    return mobile(scene, "ssp", place)


def a_request_after_three_minutes(scene: Scene, clock: Clock) -> str:
    return a_request(scene, clock, 1)


def a_request_after_six_minutes(scene: Scene, clock: Clock) -> str:
    return a_request(scene, clock, 2)


def the_false_alarm_after_a_minute(scene: Scene, clock: Clock) -> str:
    incident = scene.activate(scene.cast.ssp)
    send()
    annul.annul(incident, scene.reader(scene.cast.ssp), "Forkert knap")
    clock.advance(minutes=2)
    return mobile(scene, "youth_club")


def the_stand_down(scene: Scene, clock: Clock) -> str:
    incident = scene.activate(scene.cast.ssp)
    send()
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    return mobile(scene, "youth_club")


def the_end_of_an_exercise(scene: Scene, clock: Clock) -> str:
    incident = scene.activate(scene.cast.ssp, is_exercise=True)
    send()
    exercises.break_off(incident, scene.reader(scene.cast.ssp))
    return mobile(scene, "youth_club")


def the_hash_by_mail(scene: Scene, clock: Clock) -> str:
    mail_head(scene.activate(scene.cast.ssp))
    return scene.contacts["youth_club"][0].point(PointKind.EMAIL).address


def a_reminder(scene: Scene, clock: Clock) -> str:
    scene.activate(scene.cast.ssp)
    send()
    clock.advance(hours=1)
    tasks.remind_overdue()
    return mobile(scene, "helhedsplan")


def that_somebody_took_over(scene: Scene, clock: Clock) -> str:
    incident = scene.activate(scene.cast.ssp)
    lead.take_over_lead(incident, scene.reader(scene.cast.youth_club), "Nærmest")
    return mobile(scene, "ssp")


def a_colleagues_code(scene: Scene, clock: Clock) -> str:
    incident = scene.activate(scene.cast.ssp)
    colleague.let_in(incident, scene.reader(scene.cast.ssp), "Vibe Vikar", GUEST_PHONE, "/colleague/{pass}")
    return GUEST_PHONE


def a_broadcast(scene: Scene, clock: Clock) -> str:
    points = [(PointKind.MOBILE, "30000001")]
    add_contact(scene.cast.lindevangen, name="Anna", points=points, audiences=["residents"])
    incident = scene.activate(scene.cast.ssp)
    make_message(scene, incident)
    release(scene, incident, "residents")
    return "+4530000001"


def its_withdrawal(scene: Scene, clock: Clock) -> str:
    address = a_broadcast(scene, clock)
    send()
    first = db.session.query(Broadcast).one()
    broadcasts.withdraw(first, scene.reader(scene.cast.ssp), clock.now + timedelta(minutes=30))
    return address


KINDS: tuple[Way, ...] = (
    a_call, a_call_in_an_exercise, the_deputys_step, the_step_that_asks_everybody, a_telling, a_request,
    a_request_after_three_minutes, a_request_after_six_minutes, the_false_alarm_after_a_minute, the_stand_down,
    the_end_of_an_exercise, the_hash_by_mail, a_reminder, that_somebody_took_over, a_colleagues_code, a_broadcast,
    its_withdrawal,
)  # fmt: skip


def waiting_for(address: str) -> list[Delivery]:
    query = sa.select(Delivery).where(Delivery.address == address, Delivery.state == DeliveryState.QUEUED)
    return list(db.session.scalars(query))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_queued_text_does_not_leave_for_an_address_that_has_become_the_polices(scene, clock, kind) -> None:
    address = kind(scene, clock)
    queued = waiting_for(address)
    assert queued, "nothing of this kind lies queued, so this would prove nothing"
    theirs = (PointKind.EMAIL if "@" in address else PointKind.MOBILE, address)
    add_contact(scene.cast.lindevangen, name="Vagthavende", actor=scene.cast.actors["police"], points=[theirs])
    assert address not in send()
    assert {(d.state, d.error_code) for d in queued if d.due_at <= clock.now} == {(DeliveryState.CANCELLED, "police")}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_as_long_as_it_is_not_it_leaves(scene, clock, kind) -> None:
    """Else the test above would prove nothing."""
    assert kind(scene, clock) in send()


@pytest.mark.parametrize("way", WAYS)
def test_whichever_way_the_address_became_theirs(scene, clock, way) -> None:
    a_call(scene, clock)
    club: Contact = scene.contacts["youth_club"][0]
    way(scene, club)
    assert not set(send()) & {point.address for point in club.points}


def test_the_others_in_the_same_claim_leave_at_once(scene, clock) -> None:
    a_call(scene, clock)
    become_police(scene.contacts["youth_club"][0])
    assert mobile(scene, "helhedsplan") in send()


def test_in_a_politisag_the_police_get_theirs(scene, clock) -> None:
    scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    become_police(scene.contacts["youth_club"][0])
    assert mobile(scene, "youth_club") in send()


def test_every_text_of_what_is_no_politisag_is_queued_without_the_police(scene, clock) -> None:
    everything_that_sends(scene, clock)
    assert db.session.query(Delivery).count() > 30
    other = [d.about for d in db.session.query(Delivery).filter_by(without_police=False)]
    assert not [about for about in other if not about.startswith("inbox:")]  # which says no more than that it came


def test_and_every_text_of_a_politisag_may_go_to_them(scene, clock) -> None:
    make_course(scene, Track.POLICE, is_over=True)
    assert db.session.query(Delivery).filter(~Delivery.about.startswith("request:")).count() > 5
    wrong = db.session.query(Delivery).filter_by(without_police=True)
    assert not [d.about for d in wrong if not d.about.startswith("request:")]
