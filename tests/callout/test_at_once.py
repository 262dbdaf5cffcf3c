"""Two at once: each step is taken once, and two answers are one. In threads, each with a connection of its own."""

import threading
from collections.abc import Callable

from app.callout import jobs, operations, queries
from app.callout.models import Answered, Call, Callout
from app.extensions import db
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.lib.database import set_read_only
from app.logbook.models import LogEntry
from app.logbook.verify import verify_chain
from app.messaging import inbox
from app.messaging.models import Delivery, DeliveryState
from app.notices.models import Notice
from app.tasks import jobs as reminders
from tests.callout.conftest import count, mobile, round_of


def together(app, *acts: Callable[[], object]) -> None:
    """Every act in a thread and session of its own, let loose at the same moment; a fault fails the test."""
    gate, faults = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        set_read_only(False)
        with app.app_context():
            try:
                gate.wait(10)
                act()
                db.session.commit()
            except Exception as fault:
                db.session.rollback()
                faults.append(fault)
            finally:
                db.session.remove()

    db.session.commit()
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    db.session.expire_all()
    assert faults == []


def test_four_workers_take_each_step_once(app, scene, clock):
    incident = scene.activate(scene.cast.ssp)
    for minutes in (3, 3, 3):
        clock.advance(minutes=minutes)
        together(app, *[jobs.take_due_steps] * 4)
    club = round_of(incident, "youth_club")
    assert [step.number for step in club.steps if step.taken_at] == [0, 1, 2, 3]
    assert count(Call, Call.callout_id == club.id) == 1 + 1 + 3
    assert count(Notice, Notice.key.like(f"exhausted:{club.id}:%")) == 1
    assert verify_chain(incident.chain_id).is_whole


def test_four_workers_remind_once(app, scene, clock):
    incident = scene.activate(scene.cast.ssp)
    clock.advance(hours=2)
    together(app, *[reminders.remind_overdue] * 4)
    club = scene.cast.actors["youth_club"]
    assert count(Notice, Notice.actor_id == club.id, Notice.key.like("overdue:%")) == 1
    assert verify_chain(incident.chain_id).is_whole


def test_two_answers_at_once_are_one(app, scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=3)
    club = round_of(incident, "youth_club")
    phones = [mobile(contact) for contact in scene.contacts["youth_club"][:2]]
    codes = [worker.code_of(f"youth_club {letter}") for letter in "AB"]
    club_id, incident_id = club.id, incident.id

    def by_code(n: int) -> Callable[[], object]:
        return lambda: inbox.receive("log", f"at-once-{n}", phones[n], "beredskab", codes[n])

    def in_app() -> None:
        locked(db.session.get_one(Incident, incident_id))
        operations.acknowledge(queries.callout(club_id), Answered.APP, "Klaus", by=None)

    together(app, by_code(0), by_code(1), in_app)
    said = [
        e for e in db.session.query(LogEntry).filter_by(chain_id=incident.chain_id) if "har svaret" in (e.text or "")
    ]
    assert len([e for e in said if e.text.startswith("Ungdomsklubben")]) == 1
    assert verify_chain(incident.chain_id).is_whole


def test_an_answer_while_a_worker_takes_the_next_step_leaves_nothing_queued(app, scene, clock):
    incident = scene.activate(scene.cast.ssp)
    club_id, incident_id = round_of(incident, "youth_club").id, incident.id
    clock.advance(minutes=6)

    def answer() -> None:
        locked(db.session.get_one(Incident, incident_id))
        operations.acknowledge(queries.callout(club_id), Answered.APP, "Klaus", by=None)

    together(app, jobs.take_due_steps, answer, jobs.take_due_steps)
    waiting = count(Delivery, Delivery.about == f"callout:{club_id}", Delivery.state == DeliveryState.QUEUED)
    assert waiting == 0
    assert db.session.get_one(Callout, club_id).answered_how is Answered.APP
