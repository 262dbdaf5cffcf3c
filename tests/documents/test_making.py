"""A file is asked for, made once, handed to its asker alone, and forgotten; what goes wrong is said."""

import sys
from datetime import timedelta

import pytest

from app.areas.models import Membership
from app.documents import kinds, operations, typesetting
from app.documents.faults import NotMade
from app.documents.jobs import forget_documents, make_documents
from app.documents.kinds import Kind
from app.documents.models import Document, DocumentState, Fault
from app.documents.operations import Wanted
from app.extensions import db
from app.incidents.forms import new_once
from app.narrative import report_paper
from tests.documents.conftest import ask, pdf, text_of
from tests.factories import make_membership
from tests.narrative.making import url


def test_the_page_waits_and_then_has_the_file(scene, incident, at):
    visitor = at(scene.cast.helhedsplan)
    assert "Lav PDF" in visitor.text(url(incident, "situation"))
    page = ask(visitor, incident)
    assert "Filen bliver lavet" in visitor.text(page)
    assert visitor.get(f"{page}/file").status_code == 404
    before = visitor.get(f"{page}/live")
    assert visitor.get(f"{page}/live", headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    assert make_documents() == 1
    assert visitor.get(f"{page}/live", headers={"If-None-Match": before.headers["ETag"]}).status_code == 200
    assert "Hent filen" in visitor.text(f"{page}/state")
    answer = visitor.get(f"{page}/file")
    assert answer.headers["Content-Disposition"] == "attachment; filename=situationsbillede-v1-lindevangen.pdf"
    assert "Ro ved torvet" in text_of(pdf(answer))


def test_the_same_asked_twice_is_made_once(scene, incident, at):
    visitor = at(scene.cast.ssp)
    once = {"once": new_once()}
    first = visitor.post(url(incident, "situation/1/pdf"), once).headers["Location"]
    assert visitor.post(url(incident, "situation/1/pdf"), once).headers["Location"] == first
    assert ask(visitor, incident) == first
    assert make_documents() == 1
    assert make_documents() == 0
    assert ask(visitor, incident) == first
    assert ask(at(scene.cast.helhedsplan), incident) != first


def test_what_is_made_keeps_no_second_copy_of_the_text(scene, incident, at):
    ask(at(scene.cast.ssp), incident)
    make_documents()
    (document,) = db.session.query(Document)
    assert document.data == {} and document.size == len(document.content)


@pytest.mark.parametrize("name", ["helhedsplan", "ssp_responder", "police", "administrator", "board", "neighbour"])
def test_nobody_but_the_asker_finds_it(scene, incident, at, name):
    page = ask(at(scene.cast.ssp), incident)
    make_documents()
    other = at(getattr(scene.cast, name))
    for path in (page, f"{page}/state", f"{page}/live", f"{page}/file"):
        nowhere = path.replace(page, "/documents/" + "A" * 22)
        assert other.get(path).status_code == other.get(nowhere).status_code in (403, 404), path
    assert other.post(f"{page}/again").status_code in (403, 404)


def test_the_file_ends_with_the_askers_access(scene, incident, at):
    visitor = at(scene.cast.ssp)
    page = ask(visitor, incident)
    make_documents()
    assert visitor.get(f"{page}/file").status_code == 200
    make_membership(scene.cast.ssp, scene.cast.actors["police"])
    db.session.commit()
    assert visitor.get(page).status_code == visitor.get(f"{page}/file").status_code == 404
    db.session.query(Membership).filter_by(user_id=scene.cast.ssp.id).delete()
    db.session.commit()
    assert visitor.get(f"{page}/file").status_code in (403, 404)


def test_it_is_gone_after_a_day_and_can_be_asked_for_anew(scene, incident, at, clock):
    visitor = at(scene.cast.ssp)
    page = ask(visitor, incident)
    make_documents()
    clock.advance(hours=23)
    assert forget_documents() == 0
    clock.advance(hours=1)
    fresh = at(scene.cast.ssp)
    assert fresh.get(f"{page}/file").status_code == 404
    assert forget_documents() == 1
    assert db.session.query(Document).count() == 0
    again = ask(fresh, incident)
    make_documents()
    assert fresh.get(f"{again}/file").status_code == 200


def test_without_typst_the_page_says_so_and_offers_to_try_again(scene, incident, at, monkeypatch):
    visitor = at(scene.cast.ssp)
    page = ask(visitor, incident)
    with monkeypatch.context() as patch:  # a Python without its packages is one that lacks typst
        patch.setattr(typesetting, "COMMAND", (sys.executable, "-I", "-S", *typesetting.COMMAND[2:]))
        assert make_documents() == 1
    shown = visitor.text(page)
    assert "Filen kunne ikke laves." in shown and "Prøv igen" in shown
    assert visitor.get(f"{page}/file").status_code == 404
    assert make_documents() == 0
    assert visitor.post(f"{page}/again").status_code == 303
    assert "Filen bliver lavet" in visitor.text(page)
    assert make_documents() == 1
    assert "Hent filen" in visitor.text(page)
    visitor.post(f"{page}/again")
    assert "Hent filen" in visitor.text(page)


def test_what_takes_too_long_is_stopped_and_said(scene, incident, at, monkeypatch):
    visitor = at(scene.cast.ssp)
    page = ask(visitor, incident)
    monkeypatch.setattr(typesetting, "TIME_LIMIT", 0.001)
    make_documents()
    assert "Det tog for lang tid at lave filen." in visitor.text(page)


def test_a_file_that_is_too_large_is_not_kept(scene, incident, at, monkeypatch):
    visitor = at(scene.cast.ssp)
    page = ask(visitor, incident)
    monkeypatch.setattr(operations, "LARGEST", 100)
    make_documents()
    assert "Filen blev for stor." in visitor.text(page)
    assert db.session.query(Document).one().content is None


def wanted(**data: object) -> Wanted:
    return Wanted("trial", "nothing", "Prøve", "proeve.csv", "/", dict(data))


def test_one_that_cannot_be_made_stops_no_other(scene, monkeypatch):
    def make(data: dict[str, object]) -> bytes:
        if data["n"] == 1:
            raise NotMade(Fault.TOO_SLOW, "too slow")
        if data["n"] == 2:
            raise ValueError("hemmeligt")
        return b"a;b"

    monkeypatch.setattr(kinds, "_KINDS", {})
    kinds.register(Kind("trial", "text/csv", make, lambda document: True))
    by = scene.reader(scene.cast.ssp).by
    asked = [operations.ask(wanted(n=n), by=by) for n in (1, 2, 3)]
    db.session.commit()
    assert make_documents() == 3
    assert [d.fault for d in asked] == [Fault.TOO_SLOW, Fault.BROKEN, None]
    assert asked[2].content == b"a;b"


def test_two_workers_never_make_the_same_and_a_dead_ones_is_taken_over(scene, clock):
    document = operations.ask(wanted(), by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    first = operations.claim_next()
    db.session.commit()
    assert operations.claim_next() is None
    clock.advance(seconds=operations.LEASE / timedelta(seconds=1) + 1)
    second = operations.claim_next()
    db.session.commit()
    assert first is not None and second is not None
    operations.record(first, b"late")
    assert document.state is DocumentState.ASKED
    operations.record(second, b"right")
    assert (document.state, document.content) == (DocumentState.MADE, b"right")
    operations.record(second, Fault.BROKEN)
    assert document.state is DocumentState.MADE


def test_what_keeps_being_lost_is_given_up(scene, clock):
    document = operations.ask(wanted(), by=scene.reader(scene.cast.ssp).by)
    for _ in range(operations.MOST_ATTEMPTS):
        db.session.commit()
        assert operations.claim_next() is not None
        clock.advance(minutes=5)
    db.session.commit()
    make_documents()
    db.session.refresh(document)
    assert (document.state, document.fault) == (DocumentState.FAILED, Fault.BROKEN)


def test_the_situation_report_is_registered(app):
    assert kinds.kind_named("situation_report") is report_paper.KIND
