"""Afslut beredskabet, fejlaktivering with Fortryd, genåbn: full words first, then once."""

import pytest

from app.direction.models import PoliceActKind
from app.direction.queries import acts_of
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock as time
from app.messaging.changes import become
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from app.plans.vocabulary import IncidentStatus, Track
from app.reviews.queries import review_of
from app.tasks import queries as tasks
from app.tasks.models import Task, TaskState
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, opened, plain, post, said, submit, tap
from tests.scene import Scene


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """Not a politisag; SSP is tovholder."""
    return scene.activate(scene.cast.ssp)


def status(incident: Incident) -> IncidentStatus:
    db.session.expire_all()
    return incident.status


def politisag(scene: Scene) -> Incident:
    return scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")


# ---- stand-down ------------------------------------------------------------------------------------------------------


def test_standing_down_names_the_criteria_and_what_happens_now(scene, incident, at):
    page = plain(at(scene.cast.ssp).text(address(incident, "/stand-down")))
    assert "Det sker nu:" in page and "Alle tilkald og tekster, der ikke er sendt, stoppes." in page
    assert "Skole, klub, institutioner og drift kører som normalt." in page
    assert f"Der er {len(tasks.open_of(incident))} åbne opgaver." in page
    assert "Hvem i politiet" not in page


def test_open_tasks_must_be_settled_or_moved_and_then_it_is_over(scene, incident, at):
    visitor, path = at(scene.cast.ssp), address(incident, "/stand-down")
    refused = submit(visitor, path, criteria=["c0", "c1"], note="Alt er roligt")
    assert refused.status_code == 422 and "Alt er roligt" in refused.text
    assert status(incident) is IncidentStatus.ACTIVE
    done(submit(visitor, path, criteria=["c0", "c1"], note="Alt er roligt", move_tasks="y"))
    assert status(incident) is IncidentStatus.STOOD_DOWN
    assert review_of(incident) is not None
    assert {t.state for t in db.session.query(Task).filter_by(incident_id=incident.id)} == {TaskState.FOLLOW_UP}
    assert "Opfyldt: Skole, klub, institutioner og drift kører som normalt.; Der er ro på stedet" in said(incident)
    page = plain(visitor.text(address(incident)))
    assert "Afblæst kl. 23.40" in page and "Nu evalueres forløbet." in page
    assert "Skriv i log" in page and "Du skal nu" in page


def test_two_taps_end_it_once(scene, incident, at):
    visitor, path = at(scene.cast.ssp), address(incident, "/stand-down")
    form = opened(visitor, path) | {"move_tasks": "y", "note": ""}
    assert done(visitor.post(path, form)).location == done(visitor.post(path, form)).location
    assert said(incident).count("Beredskabet er afblæst.") == 1


def test_only_the_tovholder_ends_it_and_a_refusal_says_who_can_with_a_number(scene, incident, at):
    form = opened(at(scene.cast.youth_club), address(incident, "/stand-down"))
    answer = at(scene.cast.youth_club).post(address(incident, "/stand-down"), form | {"move_tasks": "y"})
    assert answer.status_code == 422
    assert "Det afgør tovholderen" in plain(answer.text) and "20 00 00 01" in answer.text
    assert at(scene.cast.ssp_responder).get(address(incident, "/stand-down")).status_code == 403
    assert status(incident) is IncidentStatus.ACTIVE


def test_a_politisag_ends_on_the_polices_word_recorded_by_a_party(scene, at):
    incident = politisag(scene)
    path, visitor = address(incident, "/stand-down"), at(scene.cast.ssp)
    missing = submit(visitor, path, move_tasks="y", heard_by="phone")
    assert missing.status_code == 422 and "Skriv, hvem i politiet der sagde det." in plain(missing.text)
    future = submit(visitor, path, move_tasks="y", heard_by="phone", said_by="Vagtchefen", said_at="2026-11-23T09:00")
    assert future.status_code == 422 and "Tidspunktet ligger i fremtiden." in plain(future.text)
    done(submit(visitor, path, move_tasks="y", heard_by="phone", said_by="Vagtchefen", said_at="2026-11-22T23:30"))
    assert status(incident) is IncidentStatus.STOOD_DOWN
    [act] = acts_of(incident)
    assert (act.kind, act.said_by, act.recorded_by.name) == (PoliceActKind.STAND_DOWN, "Vagtchefen", "Sanne Spang")
    assert time.local(act.said_at).strftime("%H.%M") == "23.30"
    page = visitor.text(address(incident))
    assert "Politiets afblæsning er ikke bekræftet" in plain(page)
    done(
        submit(at(scene.cast.police), address(incident, f"/police-acts/{act.public_id}/denial"), how="Nej, ikke endnu")
    )
    assert status(incident) is IncidentStatus.ACTIVE


def test_the_police_end_their_own_without_naming_themselves(scene, at):
    incident = politisag(scene)
    page = at(scene.cast.police).text(address(incident, "/stand-down"))
    assert "Hvem i politiet" not in page
    done(submit(at(scene.cast.police), address(incident, "/stand-down"), move_tasks="y"))
    assert acts_of(incident) == []


def test_a_form_opened_before_the_end_answers_409_and_keeps_the_text(scene, incident, at):
    slow = at(scene.cast.ssp_responder)
    form = opened(slow, address(incident, "/log/new"))
    done(submit(at(scene.cast.ssp), address(incident, "/stand-down"), move_tasks="y"))
    answer = slow.post(
        address(incident, "/log/new"), form | {"kind": "note", "text": "Halvt skrevet", "sharing": "parties"}
    )
    assert answer.status_code == 409
    assert "afblæst" in plain(answer.text) and "Halvt skrevet" in answer.text


# ---- false activation ------------------------------------------------------------------------------------------------


def test_annulling_shows_exactly_who_will_be_told(scene, incident, at):
    [first, second] = db.session.query(Delivery).filter(Delivery.about.like("callout:%")).order_by(Delivery.id).limit(2)
    become(first, DeliveryState.SENT, time.now())
    db.session.commit()
    page = at(scene.cast.ssp).text(address(incident, "/annulment"))
    assert f"<li>{first.name}</li>" in page and f"<li>{second.name}</li>" not in page
    assert "60 sekunder" in page


def test_annulled_with_a_reason_and_taken_back_within_a_minute(scene, incident, at, clock):
    visitor = at(scene.cast.ssp)
    assert submit(visitor, address(incident, "/annulment"), reason="").status_code == 422
    done(submit(visitor, address(incident, "/annulment"), reason="Det var en brandøvelse"))
    assert status(incident) is IncidentStatus.ANNULLED
    page = plain(visitor.text(address(incident)))
    assert "Annulleret: Det var en brandøvelse" in page and "kl. 23.41" in page
    clock.advance(seconds=30)
    done(tap(visitor, address(incident), "/annulment/undoing"))
    assert status(incident) is IncidentStatus.ACTIVE


def test_after_a_minute_it_is_too_late(scene, incident, at, clock):
    visitor = at(scene.cast.ssp)
    done(submit(visitor, address(incident, "/annulment"), reason="Fejl"))
    clock.advance(seconds=61)
    assert "/undoing" not in visitor.text(address(incident))
    answer = post(visitor, address(incident, "/annulment/undoing"))
    assert answer.status_code == 422 and "for sent at fortryde" in plain(answer.text)


def test_only_those_who_could_annul_may_take_it_back(scene, incident, at):
    done(submit(at(scene.cast.ssp), address(incident, "/annulment"), reason="Fejl"))
    assert "/undoing" not in at(scene.cast.youth_club).text(address(incident))
    assert post(at(scene.cast.youth_club), address(incident, "/annulment/undoing")).status_code == 422
    assert status(incident) is IncidentStatus.ANNULLED


def test_nobody_else_annuls(scene, incident, at):
    answer = submit(at(scene.cast.youth_club), address(incident, "/annulment"), reason="Fejl")
    assert answer.status_code == 422 and status(incident) is IncidentStatus.ACTIVE


# ---- again -----------------------------------------------------------------------------------------------------------


def test_reopened_with_a_reason(scene, incident, at):
    visitor = at(scene.cast.ssp)
    done(submit(visitor, address(incident, "/stand-down"), move_tasks="y"))
    assert f"{address(incident)}/reopening" in visitor.text(address(incident))
    assert "Ingen tilkaldes af sig selv." in plain(visitor.text(address(incident, "/reopening")))
    done(submit(visitor, address(incident, "/reopening"), reason="Det er blusset op"))
    assert status(incident) is IncidentStatus.ACTIVE
    assert "Det er blusset op" in said(incident)


def test_an_annulled_one_is_not_reopened(scene, incident, at):
    done(submit(at(scene.cast.ssp), address(incident, "/annulment"), reason="Fejl"))
    answer = submit(at(scene.cast.ssp), address(incident, "/reopening"), reason="Alligevel")
    assert answer.status_code == 422 and "kan ikke genåbnes" in plain(answer.text)
