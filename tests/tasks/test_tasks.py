"""Tasks from the cards: opened once, settled with a word, reminded once and not oftener than each half hour."""

import itertools
from datetime import timedelta

import pytest

from app.errors import Refused
from app.extensions import db
from app.incidents.documents import document_of
from app.notices.models import Notice
from app.plans.vocabulary import Track
from app.tasks import operations, queries
from app.tasks.models import TaskSource, TaskState
from tests.callout.conftest import count


def reminders(worker, name="youth_club A"):
    return [one.text for one in worker.heard if "Frist overskredet" in one.text and one.name == name]


@pytest.fixture
def incident(scene):
    return scene.activate(scene.cast.ssp)


def test_each_partys_card_is_open_with_deadlines_from_the_activation(scene, incident):
    club = scene.cast.actors["youth_club"]
    card = document_of(incident).card("youth_club", Track.NON_POLICE)
    found = queries.open_of(incident, club)
    assert [t.text for t in found] == [item.text for item in sorted(card.items, key=lambda item: item.due_minutes)]
    assert found[0].due_at == incident.activated_at + timedelta(minutes=min(i.due_minutes for i in card.items))


def test_a_card_opened_again_adds_nothing(scene, incident):
    before = len(queries.of_incident(incident))
    assert operations.open_card(incident, document_of(incident), scene.cast.actors["youth_club"]) == []
    assert len(queries.of_incident(incident)) == before


def test_the_same_key_is_one_task(scene, incident):
    ssp = scene.cast.actors["ssp"]
    new = {"key": "added:1", "source": TaskSource.ADDED, "text": "Køb kaffe", "due_at": None}
    assert operations.add(incident, ssp, **new) is not None
    assert operations.add(incident, ssp, **new) is None


def test_not_relevant_needs_a_reason(scene, incident):
    task, by = queries.open_of(incident)[0], scene.reader(scene.cast.ssp).by
    with pytest.raises(Refused):
        operations.settle(task, TaskState.NOT_RELEVANT, by=by, note=" ")
    operations.settle(task, TaskState.NOT_RELEVANT, by=by, note="Klubben er lukket")
    assert (task.state, task.note, task.settled_by) == (TaskState.NOT_RELEVANT, "Klubben er lukket", scene.cast.ssp)


def test_a_second_settling_leaves_the_first_in_place(scene, incident):
    task = queries.open_of(incident)[0]
    operations.settle(task, TaskState.DONE, by=scene.reader(scene.cast.ssp).by, note="Gjort")
    seq = incident.chain.seq
    operations.settle(task, TaskState.DONE, by=scene.reader(scene.cast.helhedsplan).by, note="Også mig")
    db.session.refresh(incident.chain)
    assert (task.note, task.settled_by, incident.chain.seq) == ("Gjort", scene.cast.ssp, seq)


def test_one_text_in_half_an_hour_however_many_are_late(scene, incident, worker):
    worker.pass_time(minutes=29)
    assert len(reminders(worker)) == 1
    worker.pass_time(minutes=31)
    texts = reminders(worker)
    assert len(texts) <= 2
    club = scene.cast.actors["youth_club"]
    moments = sorted(n.at for n in db.session.query(Notice).filter_by(actor_id=club.id) if n.key.startswith("overdue"))
    assert all(later - earlier >= timedelta(minutes=30) for earlier, later in itertools.pairwise(moments))


def test_whoever_asks_for_a_reminder_too_soon_sends_none(scene, incident, worker):
    club = scene.cast.actors["youth_club"]
    worker.pass_time(minutes=12)
    before = len(reminders(worker))
    late = {"key": "added:1", "source": TaskSource.ADDED, "text": "Køb kaffe"}
    operations.add(incident, club, due_at=worker.clock.now - timedelta(minutes=1), **late)
    operations.remind(incident, club)
    db.session.commit()
    worker.dispatcher.drain()
    assert len(reminders(worker)) == before == 1


def test_what_falls_due_while_the_party_is_left_in_peace_is_in_the_next_text(scene, incident, worker):
    worker.pass_time(hours=3)
    club = scene.cast.actors["youth_club"]
    late = [t for t in queries.open_of(incident, club) if t.is_overdue(worker.clock.now)]
    assert late and all(task.reminded_at is not None for task in late)
    texts = reminders(worker)
    told = sum(1 + int(text.split("Og ")[1].split(" ")[0]) if "Og " in text else 1 for text in texts)
    assert told == len(late), "each late task is counted in one text"


def test_a_task_is_reminded_once(scene, incident, worker):
    worker.pass_time(hours=3)
    before = len(reminders(worker))
    worker.pass_time(hours=3)
    assert len(reminders(worker)) == before


def test_a_done_task_reminds_nobody(scene, incident, worker):
    by = scene.reader(scene.cast.youth_club).by
    for task in queries.open_of(incident, scene.cast.actors["youth_club"]):
        operations.settle(task, TaskState.DONE, by=by)
    worker.pass_time(hours=2)
    assert reminders(worker) == []


def test_without_the_police_no_reminder_reaches_an_address_of_theirs(scene, worker):
    scene.contacts["youth_club"][0].is_police = True
    scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=29)
    assert reminders(worker) == [] and len(reminders(worker, "youth_club B")) == 1


def test_a_taken_card_is_reminded_to_its_new_owner(scene, incident, worker):
    club = scene.cast.actors["youth_club"]
    operations.take_card(incident, club, by=scene.reader(scene.cast.helhedsplan).by, reason="Ingen svarer")
    worker.pass_time(minutes=29)
    assert reminders(worker) == []
    assert len(reminders(worker, "helhedsplan A")) == 1
    assert count(Notice, Notice.actor_id == club.id, Notice.key.like("overdue%")) == 0
