"""An answer by code, link, app or a colleague's call ends the round: after it commits no call or text begins."""

import threading

import sqlalchemy as sa

from app.callout import operations, queries
from app.callout.models import Answered, Call, CalloutState
from app.extensions import db
from app.incidents.documents import document_of
from app.logbook.models import LogEntry
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery, DeliveryState
from app.plans.document import CallOutChain
from app.transitions.stand_down import StandDown, stand_down
from tests.callout.conftest import count, mobile, round_of
from tests.fakes.provider import Provider
from tests.messaging.making import running, soon


def club_calls(worker):
    return sum(len(worker.calls_to(f"youth_club {c}")) for c in "ABC")


def ends(scene, worker, incident, how):
    """The round has ended this way, and nobody is asked any more."""
    club = round_of(incident, "youth_club")
    assert (club.state, club.answered_how) == (CalloutState.ACKNOWLEDGED, how)
    asked = club_calls(worker)
    worker.pass_time(minutes=30)
    assert club_calls(worker) == asked
    assert round_of(incident, "youth_club").state is CalloutState.ACKNOWLEDGED


def test_by_code(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    code = worker.code_of("youth_club A")
    message = worker.reply(mobile(scene.contacts["youth_club"][0]), f"Ja {code}, vi kommer")
    assert message.matched and message.text is None, "an answer's text is kept nowhere"
    assert round_of(incident, "youth_club").answered_label == "youth_club A"
    ends(scene, worker, incident, Answered.CODE)


def test_by_link_and_only_by_its_button(scene, worker, at):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    link = worker.link_of("youth_club A")
    assert at(None).get(link).status_code == 200
    assert round_of(incident, "youth_club").state is CalloutState.CALLING, "reading it changes nothing"
    assert at(None).post(link).status_code == 200
    ends(scene, worker, incident, Answered.LINK)
    assert at(None).get(link).status_code == 404


def test_in_the_app(scene, worker, at):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    at(scene.cast.youth_club).post(f"/front/calls/{round_of(incident, 'youth_club').public_id}")
    ends(scene, worker, incident, Answered.APP)


def test_by_a_colleagues_call(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    by = scene.reader(scene.cast.ssp).by
    operations.acknowledge(round_of(incident, "youth_club"), Answered.MANUAL, "Karim Klub", by=by)
    db.session.commit()
    ends(scene, worker, incident, Answered.MANUAL)


def test_a_voicemail_is_no_answer(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    by = scene.reader(scene.cast.ssp).by
    operations.record_attempt(round_of(incident, "youth_club"), scene.contacts["youth_club"][0], by=by, note="svarer")
    worker.pass_time(minutes=3)
    assert len(worker.calls_to("youth_club B")) == 1


def test_the_same_code_twice_is_one_answer(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    phone, code = mobile(scene.contacts["youth_club"][0]), worker.code_of("youth_club A")
    assert worker.reply(phone, code).matched
    seq = incident.chain.seq
    assert worker.reply(phone, code).matched, "it is no news for the inbox"
    db.session.refresh(incident.chain)
    assert incident.chain.seq == seq


def test_another_phone_cannot_answer_with_the_code(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    message = worker.reply("+4520999999", worker.code_of("youth_club A"))
    assert not message.matched
    assert round_of(incident, "youth_club").state is CalloutState.CALLING


def test_a_reply_without_a_code_waits_in_the_inbox_and_never_in_the_incident(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    entries = count(LogEntry)
    message = worker.reply(mobile(scene.contacts["youth_club"][0]), "Hvad er der sket?")
    assert not message.matched and message.text == "Hvad er der sket?"
    assert message.area_id == scene.cast.lindevangen.id
    assert count(LogEntry) == entries
    assert round_of(incident, "youth_club").state is CalloutState.CALLING


def test_the_code_of_the_round_before_says_yes_to_the_round_of_now(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    code = worker.code_of("youth_club A")
    club = round_of(incident, "youth_club")
    operations.start_again(club, document_of(incident).chain, by=scene.reader(scene.cast.ssp).by)
    worker.work()
    assert worker.reply(mobile(scene.contacts["youth_club"][0]), code).matched
    assert round_of(incident, "youth_club").round == 2
    ends(scene, worker, incident, Answered.CODE)


def test_a_code_after_the_stand_down_changes_nothing(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    code = worker.code_of("youth_club A")
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    assert worker.reply(mobile(scene.contacts["youth_club"][0]), code).matched
    assert round_of(incident, "youth_club").state is CalloutState.STOPPED


def test_codes_of_one_phone_differ_across_incidents_and_rest_a_day(scene, worker, monkeypatch):
    """With three codes in the world: two calls are open, so the third gets the third; a fourth finds none."""
    monkeypatch.setattr("app.callout.codes.CODES", range(4711, 4714))
    for n in range(3):
        scene.activate(scene.cast.ssp, what=f"Hændelse {n}")
    phone = mobile(scene.contacts["youth_club"][0])
    given = db.session.scalars(sa.select(Call.code).where(Call.address == phone)).all()
    assert sorted(given) == ["4711", "4712", "4713"]
    first = db.session.scalars(sa.select(Call).where(Call.address == phone).order_by(Call.id)).first()
    operations.acknowledge(first.callout, Answered.APP, "Klaus", by=None)
    db.session.commit()
    worker.clock.advance(hours=23, minutes=59)
    assert first.code in queries.taken_codes(phone)
    worker.clock.advance(minutes=2)
    assert first.code not in queries.taken_codes(phone)


def test_what_is_already_on_its_way_is_all_that_arrives_after_an_answer(app, scene):
    incident = scene.activate(scene.cast.ssp)
    slow = Provider(gate=threading.Event())
    with running(Dispatcher(app, {"log": slow})):
        soon(lambda: len(slow.began) >= 2)
        club = round_of(incident, "youth_club")
        operations.take_due_steps(club)
        by = scene.reader(scene.cast.ssp).by
        again = operations.start_again(club, CallOutChain(), by=by)
        operations.acknowledge(again, Answered.APP, "Klaus", by=None)
        db.session.commit()
        begun = len(slow.began)
        slow.gate.set()
        soon(lambda: slow.now_in == 0)
    assert len(slow.began) == begun


def test_nothing_is_left_waiting_after_an_answer(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    club = round_of(incident, "youth_club")
    operations.acknowledge(club, Answered.APP, "Klaus", by=None)
    db.session.commit()
    rows = db.session.scalars(sa.select(Delivery).where(Delivery.about == queries.about(club))).all()
    assert rows and {row.state for row in rows} == {DeliveryState.CANCELLED}
    worker.work()
    assert "youth_club A" not in worker.names()
