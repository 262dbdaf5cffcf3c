"""Measures over HTTP: begun from an incident or by hand, kept by their version, closed with a result."""

import re

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.measures.models import Measure, MeasureChange
from app.measures.vocabulary import OriginKind, Status
from tests.measures.conftest import make, typed
from tests.room.forms import hidden


def send(visitor, path, **data):
    """Open the form and send it, as a browser would."""
    kept = {k: v for k, v in hidden(visitor.text(path)).items() if k in ("once", "digest")}
    return visitor.post(path, kept | data)


def address(measure, rest=""):
    return f"/measures/{measure.public_id}{rest}"


def the_one() -> Measure:
    db.session.expire_all()
    return db.session.scalars(sa.select(Measure)).one()


def test_a_measure_by_hand_from_the_catalogue_to_its_end_keeps_its_history(scene, at):
    ssp, contact = at(scene.cast.ssp), scene.contacts["ssp"][1]
    form = ssp.text("/measures/new?practice=stairwell")
    assert "Et møde i opgangen om det, der fylder." in form
    assert re.search('value="cohesion" checked', form) and re.search('value="bridge" checked', form)
    made = send(ssp, "/measures/new", **typed(scene, contact=contact.public_id))
    assert made.status_code == 303
    measure = the_one()
    assert (measure.origin, measure.status, measure.contact) == (OriginKind.HAND, Status.PROPOSED, contact)
    club = scene.cast.actors["youth_club"]
    assert send(at(scene.cast.helhedsplan), address(measure, "/edit"), **typed(
        scene, owner=club.public_id, status="started", due_on="21.12.2026",
    )).status_code == 303  # fmt: skip
    assert send(ssp, address(measure, "/closure"), status="done", result="12 kom, og de mødes igen.").status_code == 303
    page = at(scene.cast.ssp_observer).text(address(measure))
    assert "12 kom, og de mødes igen." in page and "gennemført" in page
    for said in ("Frist: <s>14.12.2026</s> → 21.12.2026", "Ansvarlig: <s>SSP og opsøgende team</s> → Ungdomsklubben"):
        assert said in page
    assert page.index("Afsluttet") < page.index("Rettet") < page.index("Oprettet")
    assert "Helle Plan, Lindevangen på Vej" in page
    assert send(ssp, address(measure, "/edit"), **typed(scene)).status_code == 422
    assert send(ssp, address(measure, "/reopening")).status_code == 303
    assert the_one().status is Status.STARTED and "12 kom" in ssp.text(address(measure))


def test_one_form_makes_one_measure_and_two_people_do_not_overwrite_each_other(scene, at):
    ssp, plan = at(scene.cast.ssp), at(scene.cast.helhedsplan)
    opened = hidden(ssp.text("/measures/new")) | typed(scene)
    for _ in range(2):
        assert ssp.post("/measures/new", opened | {"csrf_token": ssp.token}).status_code == 303
    measure = the_one()
    late = hidden(plan.text(address(measure, "/edit")))
    send(ssp, address(measure, "/edit"), **typed(scene, title="Nyt navn"))
    answer = plan.post(address(measure, "/edit"), {k: late[k] for k in ("once", "digest")} | typed(scene, what="Sent"))
    assert answer.status_code == 409 and "Sent" in answer.text and "En anden har rettet" in answer.text
    assert the_one().title == "Nyt navn"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "", "Giv tiltaget et navn."),
        ("what", "Tal med 010203-1234", "CPR"),
        ("expected", "", "Skriv, hvad I venter"),
        ("dimension", "", "Vælg én side af tryghed."),
        ("dimension", "everything", "Vælg én side af tryghed."),
        ("horizon", "", "Vælg kort eller langt sigt."),
        ("owner", "", "Vælg, hvem der har ansvaret."),
        ("due_on", "2026-11-01", "i dag eller senere"),
        ("due_on", "snart", "Skriv en dato"),
        ("status", "done", "Vælg, hvor langt det er."),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_saved(scene, at, field, value, says):
    answer = send(at(scene.cast.ssp), "/measures/new", **typed(scene, **{field: value}))
    assert answer.status_code == 422 and says in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Measure)) == 0


def test_the_contact_is_the_owners(scene, at):
    other = scene.contacts["youth_club"][0].public_id
    answer = send(at(scene.cast.ssp), "/measures/new", **typed(scene, contact=other))
    assert answer.status_code == 422 and "Kontakten skal høre til den ansvarlige." in answer.text


def test_responders_and_boards_read_and_change_nothing(scene, at):
    measure = make(scene)
    for user in (scene.cast.ssp_responder, scene.cast.ssp_observer, scene.cast.board, scene.cast.police):
        assert "zqwhat" in at(user).text(address(measure))
        assert "zqtitle" in at(user).text("/measures")
    for rest in ("/edit", "/closure", "/publication", "/reopening"):
        assert at(scene.cast.ssp_responder).get(address(measure, rest)).status_code == 403
        assert at(scene.cast.board).get(address(measure, rest)).status_code == 403
    assert at(scene.cast.board).get("/measures/new").status_code == 403
    assert at(scene.cast.neighbour).get(address(measure)).status_code == 404
    assert at().get(address(measure)).status_code == 302


def test_the_list_shows_one_side_or_one_status(scene, at):
    make(scene)
    page = at(scene.cast.ssp).text
    assert "zqtitle" in page("/measures?dimension=cohesion") and "zqtitle" not in page("/measures?dimension=trust")
    assert "zqtitle" not in page("/measures?status=done") and "zqtitle" in page("/measures?status=proposed")


def test_from_an_incident_that_is_over(scene, at, over):
    plan = at(scene.cast.helhedsplan)
    path = f"/measures/new/incident/{over.public_id}"
    form = plan.text(path)
    assert "Rygte om drab" in form and "Østkystens Politi" not in form and "Boligselskabet" not in form
    assert send(plan, path, **typed(scene)).status_code == 303
    assert the_one().incident == over and not the_one().is_published and the_one().without_police
    assert "Rygte om drab" in plan.text(address(the_one()))
    assert send(at(scene.cast.ssp_responder), "/measures").status_code == 405
    assert at(scene.cast.ssp_responder).get(path).status_code == 403
    kinds = set(db.session.scalars(sa.select(MeasureChange.kind)))
    assert kinds == {"created"}


def test_none_comes_of_what_still_runs_or_of_an_exercise(scene, at):
    running = scene.activate(scene.cast.ssp)
    answer = send(at(scene.cast.ssp), f"/measures/new/incident/{running.public_id}", **typed(scene))
    assert answer.status_code == 422 and "når beredskabet er afblæst" in answer.text
