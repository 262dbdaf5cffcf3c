"""The coordinator's way: template, upload, progress, yes and way back; nobody else's."""

import csv
import io

import pytest

from app.extensions import db
from app.indicators import forms, jobs, views
from app.indicators.importing.survey import COLUMNS
from app.indicators.models import IndicatorImport
from app.indicators.vocabulary import ImportState
from tests.indicators.files import ROW, csv_file, row

LIST = "/indicators/imports"


def upload(visitor, content: bytes, name: str = "tal.csv", **fields):
    data = {"once": "once-1", "kind": "survey", "file": (io.BytesIO(content), name)} | fields
    return visitor.post(f"{LIST}/new", data, content_type="multipart/form-data")


def newest() -> IndicatorImport:
    return IndicatorImport.query.order_by(IndicatorImport.id.desc()).first()


def test_a_coordinator_uploads_sees_what_it_says_and_saves_it(scene, at):
    visitor = at(scene.cast.ssp)
    answer = upload(visitor, csv_file([row(), row(kode="L1")]), "C:\\Tal\\måling 2025.csv")
    assert answer.status_code == 303
    address = answer.headers["Location"]
    waiting = visitor.text(address)
    assert "Filen læses igennem" in waiting and "<progress" in waiting and "data-live=" in waiting
    assert "måling 2025.csv" in waiting and "Tal\\" not in waiting
    before = visitor.get(f"{address}/live").json["topics"]["import"]
    jobs.read_files()
    assert visitor.get(f"{address}/live").json["topics"]["import"] > before
    checked = visitor.text(f"{address}/state")
    assert "Filen er i orden: 2 tal. Intet er gemt endnu." in checked and "Gem 2 tal" in checked
    assert "Lindevangens egen måling 2025" in checked
    assert visitor.post(f"{address}/saving").status_code == 303
    assert visitor.post(f"{address}/saving").status_code == 303
    assert "Filen er gemt" in visitor.text(address)
    assert "62,5 pct." in at(scene.cast.board).text("/indicators")
    assert visitor.post(f"{address}/taking-back").status_code == 303
    assert "62,5 pct." not in at(scene.cast.board).text("/indicators")
    assert "taget tilbage" in visitor.text(LIST)


def test_faults_are_shown_row_by_row_and_a_late_yes_is_refused(scene, at):
    visitor = at(scene.cast.ssp)
    address = upload(visitor, csv_file([row(værdi="mange")])).headers["Location"]
    jobs.read_files()
    page = visitor.text(address)
    assert "Intet er gemt. Ret filen" in page and "Række 2, værdi" in page and "er ikke et tal" in page
    answer = visitor.post(f"{address}/saving")
    assert answer.status_code == 422 and "kan ikke gemmes nu" in answer.text


def test_a_double_tap_uploads_once(scene, at):
    visitor = at(scene.cast.ssp)
    places = {upload(visitor, csv_file([row()])).headers["Location"] for _ in range(2)}
    assert len(places) == 1 and IndicatorImport.query.count() == 1


WRONG = [(b"", {}, "Filen er tom"), (b"x", {"kind": "other"}, "Vælg, hvad der er i filen"),
         (b"x", {"file": ""}, "Vælg en fil"), (b"x" * 1001, {}, "Filen er for stor")]  # fmt: skip


@pytest.mark.parametrize(("content", "fields", "says"), WRONG, ids=["empty", "of no kind", "none", "too large"])
def test_what_cannot_be_a_file_is_refused_at_once(scene, at, monkeypatch, content, fields, says):
    monkeypatch.setattr(forms, "LARGEST", 1000)
    answer = upload(at(scene.cast.ssp), content, **fields)
    assert answer.status_code == 422 and says in answer.text
    assert IndicatorImport.query.count() == 0


def test_only_this_page_takes_large_files_and_not_without_end(app, scene, at, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 20_000)
    monkeypatch.setattr(views, "LARGEST", 50_000)
    visitor = at(scene.cast.ssp)
    assert visitor.post("/contacts/new", {"name": "x" * 30_000}).status_code == 413
    assert upload(visitor, b"x" * 30_000).status_code == 303
    assert upload(visitor, b"x" * 130_000).status_code == 413


@pytest.mark.parametrize("name", ["ssp_responder", "ssp_observer", "board", "administrator"])
def test_others_take_nothing_in(scene, at, name):
    visitor = at(getattr(scene.cast, name))
    for path in (LIST, f"{LIST}/new"):
        assert visitor.get(path).status_code == 403
    for ending in ("csv", "xlsx"):
        assert visitor.post(f"{LIST}/template.{ending}").status_code == 403
    assert upload(visitor, csv_file([row()])).status_code == 403
    assert IndicatorImport.query.count() == 0


def test_another_areas_coordinator_finds_none_of_it(scene, at):
    address = upload(at(scene.cast.ssp), csv_file([row()])).headers["Location"]
    neighbour = at(scene.cast.neighbour)
    for path in (address, f"{address}/state", f"{address}/live", f"{address}/taking-back"):
        assert neighbour.get(path).status_code == 404
    for path in (f"{address}/saving", f"{address}/taking-back"):
        assert neighbour.post(path).status_code == 404
    assert newest().state is ImportState.QUEUED
    assert "tal.csv" not in neighbour.text(LIST)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_filled_in_is_a_file_that_is_taken(scene, at, send, ending):
    visitor = at(scene.cast.ssp)
    answer = visitor.post(f"{LIST}/template.{ending}")
    assert "attachment" in answer.headers["Content-Disposition"]
    if ending == "csv":
        assert answer.data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
        assert len(rows) == 16 and list(rows[0]) == list(COLUMNS)
        once = {name: ROW[name] for name in COLUMNS[:8]}
        content = csv_file([one | once | {"værdi": "55", "antal svar": "100"} for one in rows])
    else:
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(answer.data))
        for line in book.active.iter_rows(min_row=2):
            for place, name in enumerate(COLUMNS[:8]):
                line[place].value = ROW[name]
            line[12].value = 55
        file = io.BytesIO()
        book.save(file)
        content = file.getvalue()
    imported = send(content)
    assert (imported.state, imported.rows_kept) == (ImportState.CHECKED, 16)
    db.session.rollback()
