"""Tasks on screen: one tap, a word, open again, a new one; two people at one task."""

import pytest

from app.extensions import db
from app.incidents.models import Incident
from app.notices.models import Notice
from app.plans.vocabulary import IncidentStatus, Track
from app.tasks import operations, queries
from app.tasks.models import Task, TaskState
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, opened, plain, post, said, submit, tap
from tests.scene import Scene


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """Not a politisag; SSP is tovholder."""
    return scene.activate(scene.cast.ssp)


@pytest.fixture
def task(scene: Scene, incident: Incident) -> Task:
    """The first on SSP's card."""
    return queries.open_of(incident, scene.cast.actors["ssp"])[0]


def state(task: Task) -> TaskState:
    db.session.refresh(task)
    return task.state


def test_one_tap_and_it_is_done_logged_and_out_of_du_skal_nu(scene, incident, task, at):
    visitor = at(scene.cast.ssp)
    path = f"/tasks/{task.public_id}/done"
    assert done(tap(visitor, address(incident), path)).location == f"{address(incident)}#todo"
    assert state(task) is TaskState.DONE
    assert f"{task.text} – udført" in said(incident)
    assert f"todo-{task.public_id}" not in visitor.text(address(incident))
    page = plain(visitor.text(address(incident, "/panels/tasks")))
    assert "Udført kl. 23.40 Sanne Spang" in page


def test_two_taps_are_one(scene, incident, task, at):
    visitor, path = at(scene.cast.ssp), address(incident, f"/tasks/{task.public_id}/done")
    for _ in range(2):
        done(visitor.post(path, {"once": "the-same-tap"}))
    done(post(at(scene.cast.ssp_responder), path))
    assert said(incident).count("– udført") == 1


def test_done_with_a_note(scene, incident, task, at):
    done(
        submit(at(scene.cast.ssp), address(incident, f"/tasks/{task.public_id}"), outcome="done", note="Ringede til to")
    )
    assert "Ringede til to" in said(incident)


def test_not_relevant_needs_a_reason(scene, incident, task, at):
    path, visitor = address(incident, f"/tasks/{task.public_id}"), at(scene.cast.ssp)
    refused = submit(visitor, path, outcome="not_relevant", note="  ")
    assert refused.status_code == 422
    assert "Skriv kort, hvorfor opgaven ikke er relevant." in plain(refused.text)
    done(submit(visitor, path, outcome="not_relevant", note="Skolen er lukket"))
    assert state(task) is TaskState.NOT_RELEVANT
    assert "Ikke relevant" in plain(visitor.text(address(incident, "/panels/tasks")))


def test_a_cpr_number_in_a_note_is_refused_and_may_be_declared_none(scene, incident, task, at):
    path, visitor = address(incident, f"/tasks/{task.public_id}"), at(scene.cast.ssp)
    refused = submit(visitor, path, outcome="done", note="221126-2330")
    assert refused.status_code == 422 and "221126-2330" in refused.text
    assert state(task) is TaskState.OPEN
    done(submit(visitor, path, outcome="done", note="221126-2330", not_cpr="y"))
    assert state(task) is TaskState.DONE


def test_settled_by_mistake_is_opened_again(scene, incident, task, at):
    visitor = at(scene.cast.ssp)
    done(post(visitor, address(incident, f"/tasks/{task.public_id}/done")))
    page = address(incident, f"/tasks/{task.public_id}")
    done(tap(visitor, page, f"/tasks/{task.public_id}/reopen"))
    assert state(task) is TaskState.OPEN


def test_a_task_that_somebody_settled_meanwhile_answers_409_with_who_and_how(scene, incident, task, at):
    visitor, path = at(scene.cast.ssp_responder), address(incident, f"/tasks/{task.public_id}")
    form = opened(visitor, path)
    operations.settle(task, TaskState.NOT_RELEVANT, by=scene.reader(scene.cast.ssp).by, note="Skolen er lukket")
    db.session.commit()
    answer = visitor.post(path, form | {"outcome": "done", "note": "Min egen tekst"})
    assert answer.status_code == 409
    assert "Sanne Spang" in plain(answer.text) and "Skolen er lukket" in answer.text
    assert "Min egen tekst" in answer.text
    assert state(task) is TaskState.NOT_RELEVANT


def test_a_tap_on_a_task_that_became_irrelevant_shows_it_instead(scene, incident, task, at):
    operations.settle(task, TaskState.NOT_RELEVANT, by=scene.reader(scene.cast.ssp).by, note="Skolen er lukket")
    db.session.commit()
    answer = done(post(at(scene.cast.ssp_responder), address(incident, f"/tasks/{task.public_id}/done")))
    assert answer.location == address(incident, f"/tasks/{task.public_id}")
    assert state(task) is TaskState.NOT_RELEVANT


def test_nothing_is_ticked_once_it_is_over(scene, incident, task, at):
    incident.status = IncidentStatus.STOOD_DOWN
    db.session.commit()
    answer = post(at(scene.cast.ssp), address(incident, f"/tasks/{task.public_id}/done"))
    assert answer.status_code == 422 and "ikke længere aktiv" in plain(answer.text)
    assert state(task) is TaskState.OPEN


def test_an_observer_ticks_nothing(scene, incident, task, at):
    path = address(incident, f"/tasks/{task.public_id}/done")
    assert post(at(scene.cast.ssp_observer), path).status_code == 403
    assert state(task) is TaskState.OPEN


def test_a_task_of_another_incident_is_not_found_here(scene, incident, task, at):
    other = scene.activate(scene.cast.ssp, what="En anden")
    assert at(scene.cast.ssp).get(address(other, f"/tasks/{task.public_id}")).status_code == 404


def test_a_new_task_for_another_party_is_on_the_record_and_they_are_told(scene, incident, at):
    club = scene.cast.actors["youth_club"]
    typed = {"actor": club.public_id, "text": "Hold åbent til kl. 2", "minutes": "60"}
    done(submit(at(scene.cast.helhedsplan), address(incident, "/tasks/new"), **typed))
    assert "Ny opgave til Ungdomsklubben, frist kl. 00.40: Hold åbent til kl. 2" in said(incident)
    assert "Hold åbent til kl. 2" in at(scene.cast.youth_club).text(address(incident, "/panels/todo"))
    [told] = db.session.query(Notice).filter_by(actor_id=club.id).all()
    assert "Hold åbent" in told.text and told.without_police


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": ""}, "Skriv, hvad de skal gøre."),
        ({"text": "x" * 301}, "højst 300 tegn"),
        ({"actor": "nobody"}, "Vælg, hvem der skal gøre det."),
        ({"minutes": "7"}, "Vælg en frist."),
    ],
)
def test_a_new_task_says_what_is_missing(scene, incident, at, typed, says):
    whole = {"actor": scene.cast.actors["ssp"].public_id, "text": "Ring", "minutes": "15"}
    answer = submit(at(scene.cast.ssp), address(incident, "/tasks/new"), **(whole | typed))
    assert answer.status_code == 422 and says in plain(answer.text)


def test_nobody_gives_the_police_a_task_and_only_coordinators_give_any(scene, at):
    incident = scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    police = scene.cast.actors["police"].public_id
    assert police not in at(scene.cast.ssp).text(address(incident, "/tasks/new"))
    assert police in at(scene.cast.police).text(address(incident, "/tasks/new"))
    assert at(scene.cast.ssp_responder).get(address(incident, "/tasks/new")).status_code == 403


def test_a_task_that_waits_for_the_police_says_so_in_a_politisag_alone(scene, incident, at):
    words = "Først når politiet siger ja"
    assert words not in at(scene.cast.helhedsplan).text(address(incident, "/panels/tasks"))
    politisag = scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    assert words in at(scene.cast.helhedsplan).text(address(politisag, "/panels/tasks"))
