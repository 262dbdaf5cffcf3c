"""On duty at once, the deputy after three minutes, all after six; nobody answered: the leader is told, once."""

from datetime import timedelta

from app.callout import operations
from app.callout.models import Answered, CalloutState
from app.contacts.models import PointKind
from app.contacts.operations import add_contact, end_contact
from app.extensions import db
from app.incidents.documents import document_of
from app.notices.models import Notice
from app.plans.vocabulary import CallLevel, Track
from app.tasks import queries as tasks
from app.tasks.models import TaskSource, TaskState
from app.transitions.activate import PoliceSaid
from app.transitions.take_part import add_actor
from tests.callout.conftest import CODE, count, round_of


def club_texts(worker):
    """Who of the club was asked, in order."""
    return [one.name for one in worker.heard if one.name.startswith("youth_club") and CODE.search(one.text)]


def test_on_duty_at_once_deputy_after_three_minutes_all_after_six(scene, worker):
    scene.activate(scene.cast.ssp)
    worker.work()
    assert club_texts(worker) == ["youth_club A"]
    worker.pass_time(minutes=2, seconds=59)
    assert club_texts(worker) == ["youth_club A"]
    worker.pass_time(seconds=1)
    assert club_texts(worker) == ["youth_club A", "youth_club B"]
    worker.pass_time(minutes=3)
    assert sorted(club_texts(worker)[2:]) == ["youth_club A", "youth_club B", "youth_club C"]


def test_when_nobody_answers_the_leader_is_told_once_and_gets_a_task_with_a_number(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=40)
    club = round_of(incident, "youth_club")
    assert club.state is CalloutState.EXHAUSTED
    chain = [t for t in tasks.of_incident(incident) if t.source is TaskSource.CHAIN and t.key == f"chain:{club.id}"]
    assert [(t.actor.key, t.phone) for t in chain] == [("ssp", "+4520001200")]
    assert chain[0].due_at > chain[0].incident.activated_at + timedelta(minutes=10), (
        "a reminder must not follow at once"
    )
    assert count(Notice, Notice.key.like(f"exhausted:{club.id}%")) == 1
    texts = [one for one in worker.heard if one.text.startswith("Ingen har svaret hos Ungdomsklubben")]
    assert [one.name for one in texts] == ["ssp A"]


def test_a_party_without_contacts_is_the_leaders_task_at_once(scene, worker):
    for contact in scene.contacts["youth_club"]:
        end_contact(contact)
    incident = scene.activate(scene.cast.ssp)
    assert round_of(incident, "youth_club").state is CalloutState.EXHAUSTED


def test_a_party_with_one_contact_asks_it_again_when_the_deputy_would_have_been_asked(scene, worker):
    for contact in scene.contacts["youth_club"][1:]:
        end_contact(contact)
    incident = scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=3)
    assert club_texts(worker) == ["youth_club A", "youth_club A"]
    worker.pass_time(minutes=6)
    assert round_of(incident, "youth_club").state is CalloutState.EXHAUSTED


def test_a_party_that_is_only_told_gets_one_text_without_a_code(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=15)
    told = [one for one in worker.heard if one.name.startswith("family_centre")]
    assert [one.name for one in told if "Du skal ikke rykke ud" in one.text] == ["family_centre A"]
    assert not worker.calls_to("family_centre A")
    assert round_of(incident, "family_centre").state is CalloutState.NOT_CALLED


def test_the_one_at_the_phone_is_not_called(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    assert not any(name.startswith("ssp") for name in worker.names())
    assert round_of(incident, "ssp").state is CalloutState.ACKNOWLEDGED


def test_every_call_carries_the_leaders_name_and_number_and_fits_in_plain_letters(scene, worker):
    scene.activate(scene.cast.ssp, what="Rygte – “hævn” …")
    worker.work()
    text = worker.calls_to("youth_club A")[0]
    assert "Sanne Spang" in text and "20 00 00 01" in text
    assert not set(text) & set("–“”…’")


def test_a_worker_that_was_away_takes_what_is_still_relevant_once(scene, worker, clock):
    incident = scene.activate(scene.cast.ssp)
    worker.dispatcher.drain()
    clock.advance(minutes=25)
    worker.work()
    assert sorted(club_texts(worker)) == ["youth_club A", "youth_club A", "youth_club B", "youth_club C"]
    assert round_of(incident, "youth_club").state is CalloutState.CALLING, "they get their minutes to answer"
    worker.work()
    assert len(club_texts(worker)) == 4
    worker.pass_time(minutes=3)
    assert round_of(incident, "youth_club").state is CalloutState.EXHAUSTED


def test_the_round_is_taken_again_from_the_first_contact(scene, worker):

    incident = scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=10)
    before = len(club_texts(worker))
    first = round_of(incident, "youth_club")
    operations.start_again(first, document_of(incident).chain, by=scene.reader(scene.cast.ssp).by)
    worker.work()
    assert club_texts(worker)[before:] == ["youth_club A"]
    assert round_of(incident, "youth_club").round == 2


def test_humans_only_is_a_task_with_a_number_and_no_text(scene, worker, clock):
    contact = scene.contacts["youth_club"][0]
    contact.humans_only = True
    incident = scene.activate(scene.cast.ssp)
    worker.work()
    assert club_texts(worker) == []
    (task,) = [t for t in tasks.of_incident(incident) if t.source is TaskSource.CALL]
    assert (task.actor.key, task.phone) == ("ssp", "+4520001200")
    assert task.due_at == clock.now + timedelta(minutes=3)
    worker.pass_time(minutes=8)
    assert len([t for t in tasks.of_incident(incident) if t.source is TaskSource.CALL]) == 1


def test_police_are_rung_by_whoever_took_their_call_for_they_rarely_log_in(scene, worker, clock):
    said = PoliceSaid("Vagtchefen", "phone", clock.now)
    incident = scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=said, category="shooting")
    worker.pass_time(minutes=10)
    club = round_of(incident, "youth_club")
    (task,) = [t for t in tasks.of_incident(incident) if t.key == f"chain:{club.id}"]
    assert task.actor.key == "helhedsplan"
    told = {n.actor_id for n in db.session.query(Notice).filter(Notice.key.like(f"exhausted:{club.id}:%"))}
    assert told == {scene.cast.actors["helhedsplan"].id, scene.cast.actors["police"].id}
    police = {p.address for c in scene.contacts["police"] for p in c.points}
    assert not any(one.address in police for one in worker.heard), "police are rung by people"


def test_without_the_police_nobody_who_shares_an_address_with_them_is_asked(scene, worker):
    club = scene.cast.actors["youth_club"]
    for contact in scene.contacts["youth_club"]:
        end_contact(contact)
    shared = scene.contacts["police"][0].points[0].address
    add_contact(
        scene.cast.lindevangen, name="Delt telefon", actor=club, points=[(PointKind.EMAIL, "delt@klub.example"),
                                                                          (PointKind.MOBILE, shared)],
    )  # fmt: skip
    scene.cast.police_and_ssp.phone = "+4520444444"
    add_contact(
        scene.cast.lindevangen, name="Betjentens egen", actor=club, position=1, points=[(PointKind.MOBILE, "20444444")]
    )
    add_contact(
        scene.cast.lindevangen, name="Klub Vagt", actor=club, position=2, points=[(PointKind.MOBILE, "20555555")]
    )
    scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=40)
    assert "Klub Vagt" in worker.names()
    assert not {"Delt telefon", "Betjentens egen"} & set(worker.names())


def test_an_actor_taken_in_again_is_called_anew(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    housing = scene.cast.actors["housing"]
    add_contact(scene.cast.lindevangen, name="Bo", actor=housing, points=[(PointKind.MOBILE, "20666666")])
    add_actor(incident, housing, CallLevel.CALL_NOW, reader=scene.reader(scene.cast.ssp))
    next(p for p in incident.participations if p.actor_id == housing.id).ended_at = worker.clock.now
    db.session.commit()
    add_actor(incident, housing, CallLevel.CALL_NOW, reader=scene.reader(scene.cast.ssp))
    worker.work()
    assert round_of(incident, "housing").round == 2


def test_an_answer_settles_the_tasks_that_only_asked_for_it(scene, worker):

    scene.contacts["youth_club"][0].humans_only = True
    incident = scene.activate(scene.cast.ssp)
    worker.pass_time(minutes=10)
    operations.acknowledge(round_of(incident, "youth_club"), Answered.APP, "Klaus", by=None)
    db.session.commit()
    asked = [t for t in tasks.of_incident(incident) if t.source in (TaskSource.CALL, TaskSource.CHAIN)
             and "Ungdomsklubben" in t.text]  # fmt: skip
    assert asked and {t.state for t in asked} == {TaskState.NOT_RELEVANT}
