"""The violet door: an exercise is never taken for real, never goes unmarked, and never stands in the way of what is."""

import re

import pytest
import sqlalchemy as sa

from app.callout import jobs
from app.extensions import db
from app.incidents.models import Incident
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery, ReceiverKind
from app.notices.models import Notice
from app.plans.vocabulary import IncidentStatus, Track
from app.tasks import jobs as reminders
from app.transitions.lead import take_card
from tests.fakes.provider import Provider
from tests.room.forms import hidden

MARKED = "ØVELSE · intet af dette er virkeligt"


def started(visitor, **typed):
    """Fill in the exercise's form as it stands on the page."""
    once = {"once": hidden(visitor.text("/exercises/new"))["once"]}
    data = once | {"way": "non_police", "category": "rumours", "place": "", "where_note": "", "what": ""} | typed
    return visitor.post("/exercises/new", data)


def incident_of(answer) -> Incident:
    assert answer.status_code == 303, answer.text
    public_id = answer.location.split("/")[2]
    return db.session.scalars(sa.select(Incident).where(Incident.public_id == public_id)).one()


def texts(incident, group="incident"):
    return db.session.scalars(sa.select(Delivery).where(Delivery.group == f"{group}:{incident.id}")).all()


def test_the_door_explains_and_leads_to_a_form_of_its_own(scene, at):
    door = at(scene.cast.ssp).text("/exercises")
    assert MARKED in door and "is-exercise" in door and "/exercises/new" in door
    form = at(scene.cast.ssp).text("/exercises/new")
    assert MARKED in form and "Aktivér nu" not in form
    real = at(scene.cast.ssp).text("/activate")
    assert "Start øvelsen" not in real and "is-exercise" not in real


def test_an_exercise_is_marked_in_every_text_and_on_its_pages(scene, at):
    exercise = incident_of(started(at(scene.cast.ssp)))
    sent = texts(exercise)
    assert exercise.is_exercise and sent
    assert all(d.is_exercise and d.text.startswith("ØVELSE") for d in sent)
    assert {d.receiver_kind for d in sent} == {ReceiverKind.PARTY}
    address = f"/incidents/{exercise.public_id}"
    for path in ("", "/log", "/stand-down", "/break-off", "/review"):
        page = at(scene.cast.ssp).text(address + path)
        assert MARKED in page and "is-exercise" in page, path


def test_any_coordinator_may_play_the_police_but_never_for_real(scene, at):
    exercise = incident_of(started(at(scene.cast.youth_club), way="police", category="shooting"))
    assert exercise.leader.key == "police"
    assert "spilles af Klaus Klubbe" in exercise.leader_label
    refused = started(at(scene.cast.youth_club), way="non_police")
    assert refused.status_code == 422 and "kan ikke aktivere" in refused.text


def test_a_double_tap_is_one_exercise(scene, at):
    visitor = at(scene.cast.ssp)
    once = hidden(visitor.text("/exercises/new"))["once"]
    data = {"once": once, "way": "non_police", "category": "rumours", "place": ""}
    assert visitor.post("/exercises/new", data).location == visitor.post("/exercises/new", data).location
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Incident)) == 1


def test_what_was_typed_is_kept_when_a_field_is_wrong(scene, at):
    answer = started(at(scene.cast.ssp), category="nonsens", what="Vi øver rygter")
    assert answer.status_code == 422
    assert "findes ikke i planen" in answer.text and "Vi øver rygter" in answer.text
    assert started(at(scene.cast.ssp), what="Det er 010203-1234").status_code == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Incident)) == 0


def test_responders_read_at_the_door_and_start_nothing(scene, at):
    assert "En koordinator" in at(scene.cast.ssp_observer).text("/exercises")
    assert at(scene.cast.ssp_responder).get("/exercises/new").status_code == 403


def test_breaking_off_stops_all_and_tells_those_who_got_a_text(app, scene, at, clock):
    provider = Provider()
    worker = Dispatcher(app, {"log": provider})
    exercise = incident_of(started(at(scene.cast.ssp)))
    worker.drain()
    called = {one.address for one in provider.accepted}
    club = at(scene.cast.youth_club)
    path = f"/incidents/{exercise.public_id}/break-off"
    kept = {k: v for k, v in hidden(club.text(path)).items() if k in ("once", "digest")}
    assert club.post(path, kept).status_code == 303
    assert club.post(path, kept).status_code == 303  # a double tap
    clock.advance(minutes=10)
    worker.drain()
    db.session.refresh(exercise)
    assert exercise.status is IncidentStatus.ANNULLED
    told = [one for one in provider.accepted if one.text.startswith("ØVELSE AFBRUDT")]
    assert sorted(one.address for one in told) == sorted(called)
    assert len(provider.accepted) == 2 * len(called)


def test_an_exercise_that_was_broken_off_cannot_be_taken_up_again(scene, at):
    exercise = incident_of(started(at(scene.cast.ssp)))
    visitor = at(scene.cast.ssp)
    kept = hidden(visitor.text(f"/incidents/{exercise.public_id}/break-off"))
    visitor.post(f"/incidents/{exercise.public_id}/break-off", {k: kept[k] for k in ("once", "digest")})
    visitor.post(f"/incidents/{exercise.public_id}/annulment/undoing", {"once": "again"})
    db.session.refresh(exercise)
    assert exercise.status is IncidentStatus.ANNULLED


def test_a_real_incident_cannot_be_broken_off(scene, at):
    incident = scene.activate(scene.cast.ssp)
    assert at(scene.cast.ssp).get(f"/incidents/{incident.public_id}/break-off").status_code == 404
    assert at(scene.cast.ssp).get(f"/incidents/{incident.public_id}/real").location == "/activate"


def real_form(visitor, exercise, **typed):
    page = visitor.text(f"/incidents/{exercise.public_id}/real")
    kept = {k: v for k, v in hidden(page).items() if k in ("once", "known")}
    category = re.search(r'name="category".*?<option selected value="([^"]*)"', page, re.S)[1]
    what = re.search(r"<textarea[^>]*name=\"what\"[^>]*>\s*(.*?)</textarea>", page, re.S)[1]
    way = re.search(r'value="([^"]+)" checked', page)
    data = kept | {"category": category, "what": what, "way": way[1] if way else "", "place": "", "where_note": ""}
    return visitor.post(f"/incidents/{exercise.public_id}/real", data | typed)


def test_this_is_real_carries_the_answers_over_and_calls_for_real(app, scene, at):
    provider = Provider()
    worker = Dispatcher(app, {"log": provider})
    exercise = incident_of(started(at(scene.cast.ssp), what="Rygte om hævn ved torvet", where_note="ved kiosken"))
    worker.drain()
    page = at(scene.cast.ssp).text(f"/incidents/{exercise.public_id}/real")
    assert "Nu ringes der rigtigt op" in page and MARKED not in page and "is-exercise" not in page
    opened = incident_of(real_form(at(scene.cast.ssp), exercise))
    assert (opened.is_exercise, opened.what, opened.category_key) == (False, "Rygte om hævn ved torvet", "rumours")
    assert opened.id != exercise.id and opened.track is Track.NON_POLICE
    real = texts(opened)
    assert real and not any("ØVELSE" in d.text or d.is_exercise for d in real)
    db.session.refresh(exercise)
    assert exercise.status is IncidentStatus.ANNULLED
    worker.drain()
    assert any(one.text.startswith("ØVELSE AFBRUDT") for one in provider.accepted)


def test_this_is_real_needs_a_right_of_ones_own_or_the_polices_word(scene, at):
    exercise = incident_of(started(at(scene.cast.ssp)))
    club = at(scene.cast.youth_club)
    assert "Ikke politisag</label>" not in club.text(f"/incidents/{exercise.public_id}/real")
    refused = real_form(club, exercise, way="non_police")
    assert refused.status_code == 422 and "kan ikke aktivere" in refused.text
    db.session.refresh(exercise)
    assert exercise.is_open
    said = real_form(club, exercise, way="police_said", said_by="Vagtchefen", heard_by="phone", category="fight")
    assert incident_of(said).leader_label.startswith("Vagtchefen")
    db.session.refresh(exercise)
    assert not exercise.is_open


def test_the_police_of_an_exercise_learn_nothing_of_the_real_thing_without_them(app, scene, at):
    provider = Provider()
    worker = Dispatcher(app, {"log": provider})
    exercise = incident_of(started(at(scene.cast.helhedsplan), way="police", category="shooting"))
    worker.drain()
    police = {p.address for c in scene.contacts["police"] for p in c.points}
    real_form(at(scene.cast.helhedsplan), exercise, way="non_police", category="rumours")
    worker.drain()
    heard = [one.text for one in provider.accepted if one.address in police]
    assert all(text.startswith("ØVELSE") for text in heard)
    page = at(scene.cast.police).text(f"/incidents/{exercise.public_id}")
    assert "Rygte" not in page


def test_a_double_tap_on_real_is_one_incident(scene, at):
    exercise = incident_of(started(at(scene.cast.ssp)))
    visitor = at(scene.cast.ssp)
    page = visitor.text(f"/incidents/{exercise.public_id}/real")
    kept = {k: v for k, v in hidden(page).items() if k in ("once", "known")}
    data = kept | {"category": "rumours", "what": "Rygte", "way": "non_police", "place": "", "where_note": ""}
    path = f"/incidents/{exercise.public_id}/real"
    assert visitor.post(path, data).location == visitor.post(path, data).location
    real = sa.select(sa.func.count()).select_from(Incident).where(Incident.is_exercise.is_(False))
    assert db.session.scalar(real) == 1


def test_real_incidents_that_run_already_are_shown_before_another_is_opened(scene, at):
    exercise = incident_of(started(at(scene.cast.ssp)))
    visitor = at(scene.cast.ssp)
    page = visitor.text(f"/incidents/{exercise.public_id}/real")
    scene.activate(scene.cast.helhedsplan, what="Den virkelige")
    kept = {k: v for k, v in hidden(page).items() if k in ("once", "known")}
    data = kept | {"category": "rumours", "what": "Rygte", "way": "non_police", "place": "", "where_note": ""}
    late = visitor.post(f"/incidents/{exercise.public_id}/real", data)
    assert late.status_code == 409 and "Den virkelige" in late.text


def test_notices_of_an_exercise_are_marked(scene, at, clock):
    exercise = incident_of(started(at(scene.cast.ssp)))
    db.session.commit()
    for _ in range(5):
        clock.advance(minutes=30)
        jobs.take_due_steps()
        reminders.remind_overdue()
    about = f"incident:{exercise.public_id}"
    told = db.session.scalars(sa.select(Notice).where(Notice.about == about)).all()
    assert told and all(notice.text.startswith("ØVELSE") for notice in told)


def test_a_card_taken_over_in_an_exercise_is_told_as_an_exercise(scene, at):
    exercise = incident_of(started(at(scene.cast.ssp)))
    club = scene.cast.actors["youth_club"]
    take_card(exercise, club, scene.reader(scene.cast.helhedsplan), "Ingen svarer")
    told = db.session.scalars(sa.select(Notice).where(Notice.key.like("card-taken:%"))).one()
    assert told.text.startswith("ØVELSE")


def test_the_database_refuses_an_unmarked_text_of_an_exercise(scene, at):
    exercise = incident_of(started(at(scene.cast.ssp)))
    delivery = texts(exercise)[0]
    delivery.text = "Beredskab. Kom nu."
    with pytest.raises(sa.exc.IntegrityError):
        db.session.flush()
    db.session.rollback()
