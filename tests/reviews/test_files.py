"""Taking an incident along: who may, what is in the files, what never is, and who is told."""

import csv
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from app.accounts.models import User
from app.areas.models import Membership
from app.direction.models import HeardBy
from app.documents.jobs import make_documents
from app.documents.models import Document
from app.extensions import db
from app.incidents import log
from app.incidents.access import Seen
from app.incidents.forms import new_once
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.lib import clock as app_clock
from app.logbook import erasure
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.messaging.models import Delivery
from app.plans.vocabulary import SharingLevel, Track
from app.reviews import operations as reviews
from app.reviews.files import filling, gathering, kinds, making, operations, queries
from app.transitions.activate import PoliceSaid
from app.transitions.release_case import Release, release_case
from app.transitions.stand_down import StandDown, stand_down
from tests.conftest import Clock
from tests.factories import make_membership
from tests.leaks.course import SECRET, make_course
from tests.reviews.schema import faults
from tests.reviews.taking import SCRIPT, files_page, prove, take, unpacked, words_of
from tests.scene import Scene

LEVELS = list(SharingLevel)
ALL_KINDS = ("package", "pdf", "csv", "json")


def mark(level: SharingLevel, who: str) -> str:
    return f"zq{LEVELS.index(level)}{who}qz"


def write_at_each_level(scene: Scene, incident: Incident, *names: str) -> None:
    for name in names:
        by = scene.reader(getattr(scene.cast, name)).by
        for level in LEVELS:
            log.write(incident, Kind.NOTE, mark(level, name), by=by, sharing=level)
    db.session.commit()


def proved(tmp_path: Path, package: bytes) -> str:
    path = tmp_path / "pakke.zip"
    path.write_bytes(package)
    code, said = prove(path)
    assert code == 0, said
    return said


def test_a_readers_files_hold_what_they_may_read_and_hashes_of_the_rest(scene, over, at) -> None:
    write_at_each_level(scene, over, "ssp", "helhedsplan")
    asked = [("ssp", "package"), ("youth_club", "package"), *(("helhedsplan", kind) for kind in ALL_KINDS)]
    for name, kind in asked:
        said = words_of(kind, take(at(getattr(scene.cast, name)), over, kind))
        for wrote in ("ssp", "helhedsplan"):
            is_own = wrote == name or (name, wrote) == ("youth_club", "ssp")  # both are the municipality's
            for level in LEVELS:
                is_hidden = level is SharingLevel.OWN_ORGANISATION and not is_own
                assert (mark(level, wrote) not in said) == is_hidden, (name, kind, wrote, level)


def test_the_chain_is_proved_by_every_reader_also_where_it_is_hashes(scene, over, at, tmp_path) -> None:
    write_at_each_level(scene, over, "ssp", "helhedsplan")
    hidden = over.chain.seq - LEVELS[::-1].index(SharingLevel.OWN_ORGANISATION)
    said = proved(tmp_path, take(at(scene.cast.ssp), over))
    assert f"Kun hash: nr. {hidden}." in said
    own = proved(tmp_path, take(at(scene.cast.helhedsplan), over))
    assert f"nr. {hidden}" not in own


def test_an_erased_text_is_in_no_file_and_the_log_stays_whole(scene, over, at, tmp_path) -> None:
    entry = log.write(over, Kind.NOTE, "Skrevet ved en fejl qz", by=scene.reader(scene.cast.ssp).by)
    erasure.request_erasure(entry, log.author(scene.reader(scene.cast.ssp).by), "fejl")
    erasure.erase(entry, log.author(scene.reader(scene.cast.helhedsplan).by))
    db.session.commit()
    package = take(at(scene.cast.ssp), over)
    assert "ved en fejl qz" not in words_of("package", package)
    assert f"Slettet tekst: nr. {entry.seq}." in proved(tmp_path, package)


@pytest.mark.parametrize(
    ("name", "status"),
    [("ssp_responder", 403), ("ssp_observer", 403), ("police", 404), ("police_and_ssp", 404), ("board", 404),
     ("board_and_police", 404), ("neighbour", 404), ("administrator", 404), ("housing", 404)],
)  # fmt: skip
def test_nobody_else_takes_any(scene, over, at, name, status) -> None:
    visitor, before = at(getattr(scene.cast, name)), over.chain.seq
    for kind in ALL_KINDS:
        answer = visitor.post(files_page(over), {"once": new_once(), "as": kind})
        assert answer.status_code in (status, 403), (kind, answer.status)
        assert "/documents/" not in answer.headers.get("Location", "")
    assert visitor.get(files_page(over)).status_code in (status, 403)
    shown = visitor.get(f"/incidents/{over.public_id}/review")
    assert "/review/files" not in shown.text
    assert db.session.query(Document).count() == 0 and over.chain.seq == before


def test_it_is_logged_and_listed_with_who_and_when_and_two_taps_are_one(scene, over, at) -> None:
    visitor, once = at(scene.cast.ssp), new_once()
    before = over.chain.seq
    assert "Hent filer" in visitor.text(f"/incidents/{over.public_id}/review")
    first = visitor.post(files_page(over), {"once": once, "as": "package"}).location
    assert visitor.post(files_page(over), {"once": once, "as": "package"}).location == first
    db.session.refresh(over.chain)
    assert over.chain.seq == before + 1
    told = db.session.get(LogEntry, (over.chain_id, over.chain.seq))
    assert told.kind is Kind.EXPORT and "Journalpakken er hentet" in told.text
    assert told.author_label == "Sanne Spang, SSP og opsøgende team"
    listed = at(scene.cast.helhedsplan).text(files_page(over))
    assert "Journalpakke" in listed and "Sanne Spang, SSP og opsøgende team" in listed and first not in listed
    assert first in visitor.text(files_page(over))
    assert visitor.post(files_page(over), {"once": new_once(), "as": "exe"}).status_code == 404
    assert visitor.post(files_page(over), {"as": "pdf"}).headers["Location"].endswith("/review/files")


def test_how_far_it_is_is_shown_while_it_is_made(scene, over, at, monkeypatch) -> None:
    visitor = at(scene.cast.ssp)
    page = visitor.post(files_page(over), {"once": new_once(), "as": "csv"}).location
    assert '<progress max="100" value="0"' in visitor.text(page)
    seen = []
    made = making.sheets.timeline

    def look(course: dict[str, object]) -> bytes:
        seen.append(visitor.text(f"{page}/state"))
        return made(course)

    monkeypatch.setattr(making.sheets, "timeline", look)
    make_documents()
    assert '<progress max="100" value="10"' in seen[0]
    assert "Hent filen" in visitor.text(page)


def while_it_is_gathered(app: Flask, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """`act` happens on a connection of its own, and is committed, after the course has begun to be read."""

    def elsewhere() -> None:
        with app.app_context():
            act()
            db.session.commit()

    def gather(seen: Seen, parts: list[Seen]) -> gathering.Gathered:
        with ThreadPoolExecutor(1) as pool:  # what still holds the database would keep it waiting until it gives up
            pool.submit(elsewhere).result()
        return gathering.gather(seen, parts)

    monkeypatch.setattr(filling, "gather", gather)


def test_everybody_else_writes_while_it_is_gathered_and_that_is_not_in_it(
    app, scene, over, at, monkeypatch, tmp_path
) -> None:
    incident_id, author_id = over.id, scene.cast.helhedsplan.id

    def write() -> None:
        incident = locked(db.session.get(Incident, incident_id))  # as every operation on it begins
        by = scene.reader(db.session.get(User, author_id)).by
        log.write(incident, Kind.NOTE, "zqimensqz", by=by)

    while_it_is_gathered(app, monkeypatch, write)
    taken = over.chain.seq + 1
    package = take(at(scene.cast.ssp), over)
    db.session.refresh(over.chain)
    assert over.chain.seq == taken + 1
    said = words_of("package", package)
    assert "zqimensqz" not in said and "Journalpakken er hentet" in said
    proved(tmp_path, package)
    head = json.loads(unpacked(package)["manifest.json"])["heads"][0]
    assert head == queries.last_package(over).parts[0].head and f":{taken}:" in head


def test_who_loses_the_right_between_asking_and_gathering_gets_no_file(scene, over, at, monkeypatch) -> None:
    visitor, asker_id, noted = at(scene.cast.ssp), scene.cast.ssp.id, operations.take

    def take_and_lose(*args: object) -> Document:
        document = noted(*args)
        db.session.query(Membership).filter_by(user_id=asker_id).delete()
        return document

    monkeypatch.setattr(operations, "take", take_and_lose)
    answer = visitor.post(files_page(over), {"once": new_once(), "as": "json"})
    assert answer.status_code in (403, 404)
    (document,) = db.session.query(Document)
    assert document.data == {}


def test_a_file_whose_gathering_was_lost_waits_a_while_and_then_says_so(scene, over, at, monkeypatch, clock) -> None:
    monkeypatch.setattr(filling, "fill", lambda *ids: None)  # the server was stopped there
    visitor, once = at(scene.cast.ssp), new_once()
    page = visitor.post(files_page(over), {"once": once, "as": "json"}).location
    assert make_documents() == 0 and "Filen bliver lavet" in visitor.text(page)
    clock.advance(minutes=3)
    assert make_documents() == 1 and "Filen kunne ikke laves" in visitor.text(page)
    monkeypatch.undo()
    assert visitor.post(files_page(over), {"once": once, "as": "json"}).location == page
    assert take(visitor, over, "json")


def test_a_file_ends_with_its_askers_right_and_goes_to_nobody_else(scene, over, at) -> None:
    visitor = at(scene.cast.ssp)
    page = visitor.post(files_page(over), {"once": new_once(), "as": "json"}).location
    make_documents()
    assert visitor.get(f"{page}/file").status_code == 200
    for other in (scene.cast.helhedsplan, scene.cast.ssp_responder, scene.cast.police):
        assert at(other).get(f"{page}/file").status_code in (403, 404)
    make_membership(scene.cast.ssp, scene.cast.actors["police"])
    db.session.commit()
    assert visitor.get(page).status_code == visitor.get(f"{page}/file").status_code == 404


def test_each_file_says_who_took_it_and_when_and_how_it_is_proved(scene, over, at) -> None:
    package = unpacked(take(at(scene.cast.ssp), over))
    mark = "Hentet af Sanne Spang, SSP og opsøgende team, 22.11.2026 kl. 23.40"
    paper = PdfReader(io.BytesIO(package[making.PDF]))
    head = json.loads(package["manifest.json"])["heads"][0]
    assert all(mark in " ".join(page.extract_text().split()) for page in paper.pages)
    assert head in paper.metadata["/Keywords"] and head in " ".join(paper.pages[-1].extract_text().split())
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"] and paper.trailer["/Root"]["/Lang"] == "da"
    for name in (making.CSV, making.SENT, making.README, making.JSON):
        assert mark in package[name].decode("utf-8-sig"), name
    assert head in package[making.README].decode()


def test_an_exercise_says_so_in_every_file(scene, at) -> None:
    incident = scene.activate(scene.cast.ssp, is_exercise=True)
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    package = unpacked(take(at(scene.cast.ssp), incident))
    for name in (making.CSV, making.SENT, making.README, making.PDF):
        assert "ØVELSE" in words_of(name, package[name]), name
    assert json.loads(package[making.JSON])["exercise"] is True


def test_the_data_fit_their_schema_and_the_docs_hold_the_same(scene, at) -> None:
    course = make_course(scene, is_over=True, board_is_told=True)
    write_at_each_level(scene, course.incident, "helhedsplan")
    told = json.loads(take(at(scene.cast.ssp), course.incident, "json"))
    schema = json.loads((SCRIPT.parent / "forloeb.schema.json").read_text())
    assert faults(told, schema, schema) == []
    assert faults(told | {"more": 1, "area": 7}, schema, schema) == ["$.more is unknown", "$.area: 7 is no string"]
    package = unpacked(take(at(scene.cast.ssp), course.incident))
    assert package[making.SCHEMA] == (SCRIPT.parent / "forloeb.schema.json").read_bytes()
    assert faults(json.loads(package[making.JSON]), schema, schema) == []
    (review,) = told["reviews"]
    assert review["learning"][0]["text"] == SECRET and review["conclusion"]["text"] == SECRET
    assert {one["key"] for one in review["criteria"]} == {"timeliness", "correctness", "roles", "narrative", "tryghed"}
    assert told["texts"][0]["texts"][0]["text"] == SECRET


def test_a_spreadsheet_runs_nothing_of_it(scene, over, at) -> None:
    for text in ('=HYPERLINK("http://x.example")', "+1", "-1", "@SUM(A1)", "a;b\n=c", "\t=d"):
        log.write(over, Kind.NOTE, text, by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    text = take(at(scene.cast.ssp), over, "csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert sum("HYPERLINK" in cell for cell in cells) == 1
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))] == []


def test_no_address_and_no_receivers_name_is_in_any_file(scene, at, clock) -> None:
    course = make_course(scene, is_over=True, board_is_told=True)
    addresses = {value for one in db.session.query(Delivery) for value in (one.address, one.name)}
    addresses.discard("Vibe Vikar")  # a colleague who was let in: the log names who acts in a role
    assert len(addresses) > 5
    for kind in ("package", "json"):
        said = words_of(kind, take(at(scene.cast.ssp), course.incident, kind))
        assert {one for one in addresses if one in said} == set()
        assert "20880001" not in said and "20001" not in said.replace(" ", "")


# ---- over a switch ---------------------------------------------------------------------------------------------------


def let_go(scene: Scene, clock: Clock) -> tuple[Incident, Incident]:
    """A politisag that the police release, and what went on without them, stood down and concluded."""
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, app_clock.now())
    case = scene.activate(scene.cast.ssp, Track.POLICE, what="Skyderi", category="shooting", police_said=said)
    write_at_each_level(scene, case, "ssp", "police")
    heir = scene.cast.actors["helhedsplan"]
    after = release_case(case, scene.reader(scene.cast.police), Release(heir))
    db.session.commit()
    clock.advance(minutes=1)
    log.write(case, Kind.NOTE, "zqsidenqz", by=scene.reader(scene.cast.helhedsplan).by)
    log.write(after, Kind.NOTE, "zqudenqz", by=scene.reader(scene.cast.helhedsplan).by)
    stand_down(after, scene.reader(scene.cast.helhedsplan), StandDown((), move_tasks=True))
    review, by = reviews.open_review(after), scene.reader(scene.cast.helhedsplan).by
    reviews.conclude(review, "zqkonklusionqz", by=by)
    reviews.add_learning_point(review, "zqlæringqz", heir, date(2026, 12, 24), by=by)
    db.session.commit()
    return case, after


@pytest.mark.parametrize("kind", ["package", "json"])
def test_the_police_take_their_part_alone_when_they_have_let_it_go(scene, at, clock, tmp_path, kind) -> None:
    case, after = let_go(scene, clock)
    clock.advance(minutes=5)
    plan = at(scene.cast.helhedsplan)
    whole = words_of(kind, take(plan, case, kind))
    for word in ("zqudenqz", "zqkonklusionqz", "zqlæringqz", mark(SharingLevel.PARTIES, "police")):
        assert word in whole, word
    assert mark(SharingLevel.OWN_ORGANISATION, "police") not in whole
    visitor = at(scene.cast.police)
    listed = visitor.text(files_page(case))
    assert "Helle Plan" not in listed and "hændelser i træk" not in listed
    own = take(visitor, case, kind)
    said = words_of(kind, own)
    assert mark(SharingLevel.OWN_ORGANISATION, "police") in said
    for word in ("zqsidenqz", "zqudenqz", "zqkonklusionqz", "zqlæringqz", "Helle Plan", after.chain.public_id):
        assert word not in said, word
    assert visitor.post(files_page(after), {"once": new_once(), "as": kind}).status_code == 404
    assert "Poul Betjent" in visitor.text(files_page(case))
    if kind == "package":
        assert proved(tmp_path, own).count("Log ") == 1
        assert proved(tmp_path, take(plan, after)).count("Log ") == 2


def test_whose_part_ended_before_the_incident_takes_no_review_of_it(scene, over, at) -> None:
    held = next(one for one in over.participations if one.actor.key == "youth_club")
    held.ended_at = over.ended_at - timedelta(seconds=1)
    reviews.conclude(reviews.open_review(over), "zqkonklusionqz", by=scene.reader(scene.cast.helhedsplan).by)
    db.session.commit()
    said = {
        name: words_of("json", take(at(getattr(scene.cast, name)), over, "json"))
        for name in ("youth_club", "helhedsplan")
    }
    assert "zqkonklusionqz" in said["helhedsplan"] and "zqkonklusionqz" not in said["youth_club"]


def test_each_log_tells_of_itself_alone_that_it_was_taken(scene, at, clock) -> None:
    case, after = let_go(scene, clock)
    take(at(scene.cast.helhedsplan), after)
    for incident in (case, after):
        db.session.refresh(incident.chain)
        last = db.session.get(LogEntry, (incident.chain_id, incident.chain.seq))
        assert last.kind is Kind.EXPORT and last.text == "Journalpakken er hentet (forløb, evaluering og log)."
        assert after.public_id not in last.content and case.public_id not in last.content


def test_the_journal_has_what_a_whole_package_was_made_of_and_no_other(scene, at, clock, monkeypatch) -> None:
    case, after = let_go(scene, clock)
    clock.advance(minutes=5)
    had: list[int] = []
    monkeypatch.setattr(kinds, "on_handed_over", [lambda incident, *, by: had.append(incident.id)])
    plan = at(scene.cast.helhedsplan)
    take(plan, after, "pdf")
    answer = plan.post(files_page(after), {"once": new_once(), "as": "package"})
    assert had == []  # asked for, not made
    make_documents()
    assert plan.get(answer.location).status_code == 200
    assert sorted(had) == sorted([case.id, after.id])
    for incident in (case, after):
        assert queries.last_package(incident).made_at is not None
