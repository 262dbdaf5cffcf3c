"""The agreed plan: versions that lose nothing, lines that are tasks, and where each party stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.direction import operations, queries
from app.direction.jobs import tell_of_silence
from app.direction.models import AgreedHow, AgreedPlan
from app.direction.operations import MadeMeanwhile, Said
from app.direction.rules import Line, Part
from app.errors import Refused
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock as time
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.logbook.verify import verify_chain
from app.messaging.models import Delivery
from app.notices.models import Notice
from app.tasks import operations as tasks
from app.tasks import queries as task_queries
from app.tasks.models import Task, TaskSource, TaskState
from tests.scene import Scene

WALK = Line("walk", Part.HANDLING, "To voksne går rundt", "youth_club")
RING = Line("ring", Part.COMMUNICATION, "Ring til bestyrelserne", "helhedsplan")
AGREE = Said(agrees=True)


def save(scene: Scene, incident: Incident, line: Line, base: int, by: str = "ssp") -> AgreedPlan:
    plan = operations.save_line(incident, scene.reader(getattr(scene.cast, by)), line, base=base)
    db.session.commit()
    return plan


def task_of(incident: Incident, line: Line) -> Task | None:
    return task_queries.by_key(incident, f"plan:{line.key}")


def agreements(incident: Incident) -> list[str]:
    query = db.session.query(LogEntry).filter_by(chain_id=incident.chain_id, kind=Kind.AGREEMENT)
    return [entry.text for entry in query.order_by(LogEntry.seq)]


def test_each_change_is_a_version_that_says_what_changed(scene, rumour):
    save(scene, rumour, WALK, 0)
    save(scene, rumour, RING, 1, by="helhedsplan")
    plan = save(scene, rumour, replace(WALK, text="Fire voksne går rundt"), 2)
    assert [version.number for version in queries.versions_of(rumour)] == [3, 2, 1]
    assert [line.text for line in plan.lines] == ["Fire voksne går rundt", "Ring til bestyrelserne"]
    assert agreements(rumour) == [
        "Aftalt plan v1. Handling, nyt: To voksne går rundt (Ungdomsklubben).",
        "Aftalt plan v2. Kommunikation, nyt: Ring til bestyrelserne (Lindevangen på Vej).",
        "Aftalt plan v3. Handling, ændret: Fire voksne går rundt (Ungdomsklubben). "
        "Før: To voksne går rundt (Ungdomsklubben).",
    ]
    assert verify_chain(rumour.chain_id).is_whole


def test_a_change_made_from_an_older_version_is_refused_and_says_whose_is_newer(scene, rumour):
    save(scene, rumour, WALK, 0)
    with pytest.raises(MadeMeanwhile, match=r"SSP og opsøgende team har ændret planen imens\. Den er nu version 1"):
        save(scene, rumour, RING, 0, by="helhedsplan")
    db.session.rollback()
    assert save(scene, rumour, RING, 1, by="helhedsplan").number == 2


def test_a_line_with_a_party_is_its_task(scene, rumour):
    due = time.now() + timedelta(hours=1)
    save(scene, rumour, replace(WALK, due_at=due), 0)
    task = task_of(rumour, WALK)
    assert (task.actor.key, task.text, task.due_at, task.source) == ("youth_club", WALK.text, due, TaskSource.PLAN)
    save(scene, rumour, Line("all", Part.HANDLING, "Alle passer på sig selv"), 1)
    assert task_of(rumour, Line("all", Part.HANDLING, "")) is None


def test_a_changed_line_is_the_same_task_with_other_words(scene, rumour):
    save(scene, rumour, WALK, 0)
    task = task_of(rumour, WALK)
    save(scene, rumour, replace(WALK, text="Fire voksne", actor_key="ssp"), 1)
    assert (task.actor.key, task.text, task.is_open) == ("ssp", "Fire voksne", True)
    tasks.settle(task, TaskState.DONE, by=scene.reader(scene.cast.ssp).by)
    save(scene, rumour, replace(WALK, text="Fire voksne", actor_key="ssp", due_at=time.now()), 2)
    assert task.state is TaskState.DONE, "another deadline does not undo what is done"
    save(scene, rumour, replace(WALK, text="Seks voksne", actor_key="ssp"), 3)
    assert task.is_open, "another thing to do is"


def test_a_line_taken_out_leaves_its_task_not_relevant_with_the_reason(scene, rumour):
    save(scene, rumour, WALK, 0)
    plan = operations.remove_line(rumour, scene.reader(scene.cast.ssp), "walk", "Regnen har tømt torvet", base=1)
    db.session.commit()
    task = task_of(rumour, WALK)
    assert task.state is TaskState.NOT_RELEVANT
    assert task.note == "Taget ud i aftalt plan v2. Regnen har tømt torvet"
    assert plan.lines == ()
    with pytest.raises(Refused, match="allerede taget ud"):
        operations.remove_line(rumour, scene.reader(scene.cast.ssp), "walk", "Igen", base=2)
    db.session.rollback()
    save(scene, rumour, WALK, 2)
    assert task_of(rumour, WALK).is_open, "the same line again is the same task again"


def test_what_is_done_stays_done_when_its_line_goes(scene, rumour):
    save(scene, rumour, WALK, 0)
    tasks.settle(task_of(rumour, WALK), TaskState.DONE, by=scene.reader(scene.cast.youth_club).by)
    operations.remove_line(rumour, scene.reader(scene.cast.ssp), "walk", "Færdig", base=1)
    assert task_of(rumour, WALK).state is TaskState.DONE


def test_whoever_wrote_the_version_agrees_with_it_and_the_others_are_asked_once(scene, rumour):
    save(scene, rumour, WALK, 0)
    plan = save(scene, rumour, RING, 1)
    assert [(s.actor.key, s.agrees) for s in plan.stances] == [("ssp", True)]
    asked = db.session.query(Notice).filter(Notice.text.contains("har lagt en plan")).all()
    assert len(asked) == 3 and all(notice.without_police for notice in asked)


def test_a_party_agrees_or_disagrees_and_may_change_its_mind(scene, rumour):
    plan, club = save(scene, rumour, WALK, 0), scene.reader(scene.cast.youth_club)
    operations.take_stance(plan, club, Said(agrees=False, reason="Kun en på arbejde"))
    operations.take_stance(plan, club, AGREE)
    operations.take_stance(plan, club, AGREE)
    db.session.commit()
    assert [stance.agrees for stance in plan.stances] == [True, True]
    assert agreements(rumour)[1:] == [
        "Ungdomsklubben er uenig i aftalt plan v1: Kun en på arbejde",
        "Ungdomsklubben er enig i aftalt plan v1",
    ]
    told = db.session.query(Notice).filter_by(actor_id=scene.cast.actors["ssp"].id).all()
    assert [notice.text for notice in told if "uenig" in notice.text] == [agreements(rumour)[1]]


def test_a_stance_is_to_one_version_and_the_newest_alone(scene, rumour):
    old = save(scene, rumour, WALK, 0)
    save(scene, rumour, RING, 1)
    with pytest.raises(Refused, match="Den er nu version 2"):
        operations.take_stance(old, scene.reader(scene.cast.youth_club), AGREE)


def test_what_a_party_said_by_phone_is_recorded_with_who_said_it_and_who_wrote_it(scene, rumour):
    plan, ssp = save(scene, rumour, WALK, 0), scene.reader(scene.cast.ssp_responder)
    by_phone = Said(agrees=True, how=AgreedHow.PHONE, said_by="Afdelingslederen")
    stance = operations.record_stance(plan, ssp, scene.cast.actors["family_centre"], by_phone)
    db.session.commit()
    assert (stance.how, stance.said_by, stance.recorded_as.key) == (AgreedHow.PHONE, "Afdelingslederen", "ssp")
    entry = db.session.query(LogEntry).filter_by(chain_id=rumour.chain_id, kind=Kind.AGREEMENT).all()[-1]
    assert entry.on_behalf_of == "Center for Børn og Familier v/ Afdelingslederen, telefon"
    for key, why in (("police", "Politiet er ikke part"), ("ssp", "Svar selv"), ("housing", "ikke med")):
        with pytest.raises(Refused, match=why):
            operations.record_stance(plan, ssp, scene.cast.actors[key], by_phone)
        db.session.rollback()


def test_half_an_hour_without_agreement_is_said_once_and_blocks_nothing(scene, rumour, clock):
    assert tell_of_silence() == 0
    clock.advance(minutes=30)
    assert (tell_of_silence(), tell_of_silence()) == (1, 0)
    assert agreements(rumour) == ["Uden aftale efter 30 min. Der er ikke skrevet en plan."]
    assert save(scene, rumour, WALK, 0).number == 1


def test_silence_and_disagreement_are_named_when_half_an_hour_is_gone(scene, rumour, clock):
    plan = save(scene, rumour, WALK, 0)
    operations.take_stance(plan, scene.reader(scene.cast.youth_club), Said(agrees=False, reason="Nej"))
    db.session.commit()
    clock.advance(minutes=31)
    assert tell_of_silence() == 1
    assert agreements(rumour)[-1] == (
        "Uden aftale efter 30 min. Har ikke svaret på v1: Center for Børn og Familier, Lindevangen på Vej. "
        "Uenige: Ungdomsklubben."
    )


def test_two_parties_are_an_agreement_and_a_later_version_does_not_undo_it(scene, rumour, clock):
    plan = save(scene, rumour, WALK, 0)
    operations.take_stance(plan, scene.reader(scene.cast.youth_club), AGREE)
    save(scene, rumour, RING, 1)
    clock.advance(minutes=45)
    assert queries.is_agreed(rumour) and not queries.is_late(rumour)
    assert tell_of_silence() == 0


def test_nobody_is_late_in_a_politisag(scene, politisag, clock):
    clock.advance(minutes=45)
    assert tell_of_silence() == 0


def test_nothing_of_it_is_sent_to_an_address_of_the_police(scene, rumour, clock):
    save(scene, rumour, WALK, 0)
    clock.advance(minutes=31)
    tell_of_silence()
    names = {d.name for d in db.session.query(Delivery) if "plan" in d.text or "aftale" in d.text}
    assert names and not any(name.startswith("police") for name in names)
    assert db.session.query(Notice).filter_by(actor_id=scene.cast.actors["police"].id).count() == 0


def test_there_is_none_in_a_politisag(scene, politisag):
    with pytest.raises(Refused, match="gælder politiets anvisninger"):
        save(scene, politisag, WALK, 0)


def test_a_responder_answers_but_writes_no_line(scene, rumour):
    with pytest.raises(Refused, match="Det kan kun en koordinator"):
        save(scene, rumour, WALK, 0, by="ssp_responder")
    db.session.rollback()
    plan = save(scene, rumour, WALK, 0, by="helhedsplan")
    assert operations.take_stance(plan, scene.reader(scene.cast.ssp_responder), AGREE).agrees
