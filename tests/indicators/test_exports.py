"""The area page as a file: it says what the page says to its reader, nothing more, and never runs as a formula."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from app.documents import tables
from app.documents.jobs import make_documents
from app.extensions import db
from app.indicators import exports
from app.indicators.vocabulary import CrimeKind, ImportKind
from app.plans.vocabulary import Track
from tests.documents.conftest import text_of
from tests.factories import make_membership
from tests.indicators.making import make_crime, make_import, make_round
from tests.indicators.taken import EXPORT, ask, asked, table, take

ALL = ("pdf", "xlsx", "csv")


@pytest.fixture
def known(scene):
    """Two rounds of the area's own, the municipality's crime with a gap, and an incident of each sort."""
    area, by = scene.cast.lindevangen, scene.reader(scene.cast.ssp).by
    make_round(make_import(area, by), 2023, T1=58.0)
    make_round(make_import(area, by), 2025, T1=62.5)
    quarters = {(2024, q): 100 for q in (1, 2, 3, 4)} | {(2025, 1): None}
    make_crime(make_import(area, by, ImportKind.STRAF11), quarters)
    make_crime(make_import(area, by, ImportKind.STRAF22), {(2024, 0): 33}, kind=CrimeKind.CHARGES)
    scene.activate(scene.cast.ssp)
    scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    scene.activate(scene.cast.ssp, is_exercise=True)


@pytest.mark.usefixtures("known")
def test_the_paper_is_tagged_and_says_all_that_the_page_says(scene, at):
    visitor = at(scene.cast.ssp)
    assert "Lav PDF" in visitor.text("/indicators")
    answer = take(visitor, "pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=tryghed-lindevangen-2026-11-22.pdf"
    reader = PdfReader(io.BytesIO(answer.data))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "da" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == "Tryghed i Lindevangen, 22.11.2026"
    text = text_of(reader)
    for said in (
        "Sådan læser du tallene", "De seks sider kan ikke sammenlignes", "62,5 pct. (54-71), n = 120", "7 ud af 10",
        "ikke oplyst (kun vist i en figur)", "38,4 pct. svarede", "VIVE 2019", "Metode: Spørgeskema",
        "forskellen fra 2023 til 2025 kan være tilfældig", "Registreret i hele Linde Kommune, ikke kun området",
        "til og med 4. kvartal 2024 400", "2026 2 0", "Hvilke lister står området på?",
        "Hentet af Sanne Spang, SSP og opsøgende team, 22.11.2026 kl. 23.40.",
    ):  # fmt: skip
        assert said in text, said
    fonts = {str(f.get_object()["/BaseFont"]) for p in reader.pages for f in p["/Resources"]["/Font"].values()}
    assert all("IBMPlexSans" in name for name in fonts), fonts


@pytest.mark.usefixtures("known")
def test_a_table_has_numbers_only_where_numbers_were_published(scene, at):
    notes, rows = table(take(at(scene.cast.ssp), "csv").data)
    assert "Hentet af Sanne Spang, SSP og opsøgende team, 22.11.2026 kl. 23.40." in notes
    assert any("semikolon" in line and "decimalkomma" in line for line in notes)
    own, vives, populations = (
        next(r for r in rows if (r["hvem eller hvor"], r["spørgsmål eller lov"]) == (who, "Grundlæggende tryg i "
             "boligområdet")) for who in ("Lindevangen", "områder med helhedsplan", "befolkningen")
    )  # fmt: skip
    said = ("år", "værdi", "pct.", "mindst pct.", "højst pct.", "antal svar (n)", "deltagere", "svarprocent")
    assert [own[name] for name in said] == ["2025", "62,5 pct.", "62,5", "54", "71", "120", "ikke oplyst", "41"]
    assert [vives[name] for name in said] == ["2018", "7 ud af 10", "", "", "", "ikke oplyst", "10473", "38,4"]
    assert [populations[name] for name in said[-2:]] == ["ikke oplyst", "ikke oplyst"]
    book = load_workbook(io.BytesIO(take(at(scene.cast.ssp), "xlsx").data))
    assert [line[0].value or "" for line in book.worksheets[0].iter_rows()] == notes[:-1]
    header, *lines = book.worksheets[1].iter_rows(values_only=True)
    cells = [dict(zip(header, line, strict=True)) for line in lines]
    assert [set(one) for one in cells] == [set(one) for one in rows]
    for cell, row in zip(cells, rows, strict=True):
        assert {k: tables._written(v) for k, v in cell.items()} == row
        assert isinstance(cell["pct."], int | float | None) and isinstance(cell["værdi"], str)
    assert not any(cell.data_type == "f" for sheet in book for line in sheet.iter_rows() for cell in line)


@pytest.mark.parametrize(
    ("name", "told"), [("ssp", "2"), ("police", "1"), ("police_and_ssp", "1"), ("board", None), ("neighbour", None)]
)
@pytest.mark.usefixtures("known")
def test_each_takes_along_only_what_they_may_see_and_no_exercise(scene, at, name, told):
    visitor = at(getattr(scene.cast, name))
    data, paper = asked(visitor, "csv"), asked(visitor, "pdf")
    counts = [row[6] for row in data["rows"] if row[:2] == ["fortalt", "hændelser"]]
    assert counts == ([told] if told else [])
    assert (paper["axis"]["told"] or {"rows": []})["rows"] == ([["2026", told, "0"]] if told else [])
    assert f"Hændelser ({told})" in paper["axis"]["chart"]["svg"] or told is None
    assert ("62,5" in str(data)) == ("62,5" in str(paper)) == (name != "neighbour")
    if name == "board":  # a volunteer
        assert "Bente" not in f"{data} {paper}" and "Hentet af Afdelingsbestyrelsen Lindehuse," in paper["foot"]


@pytest.mark.usefixtures("known")
def test_the_file_goes_to_its_asker_alone_and_not_once_they_are_the_police(scene, at):
    visitor = at(scene.cast.ssp)
    places = [ask(visitor, ending) for ending in ALL[1:]]
    make_documents()
    for place in places:
        assert "Hent filen" in visitor.text(f"{place}/state")
        for other in ("helhedsplan", "police", "board"):
            assert at(getattr(scene.cast, other)).get(f"{place}/file").status_code == 404
    make_membership(scene.cast.ssp, scene.cast.actors["police"])
    db.session.commit()
    for place in places:
        assert visitor.get(place).status_code == visitor.get(f"{place}/file").status_code == 404


def test_only_readers_of_the_area_ask_and_only_by_a_form(scene, at):
    assert at(scene.cast.administrator).post(EXPORT, {"as": "csv"}).status_code == 403
    assert at(scene.cast.ssp).get(EXPORT).status_code == 405
    assert at(scene.cast.ssp).post(EXPORT, {"as": "exe"}).status_code == 404
    assert make_documents() == 0


def test_no_name_runs_as_a_formula(scene, at):
    scene.cast.lindevangen.name, scene.cast.ssp.name = "=HYPERLINK(1)", "+Sanne"
    made = make_round(make_import(scene.cast.lindevangen, scene.reader(scene.cast.ssp).by), T1=62.5)
    made.publisher, made.citation = "@SUM(A1)", "\t=1"
    db.session.commit()
    visitor = at(scene.cast.ssp)
    notes, rows = table(take(visitor, "csv").data)
    book = load_workbook(io.BytesIO(take(visitor, "xlsx").data))
    cells = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value]
    for text in (*notes, *(value for row in rows for value in row.values()), *cells):
        assert not text.startswith(("=", "+", "@", "\t")), text
    assert {"'=HYPERLINK(1)", "'@SUM(A1)", "'=1"} <= set(cells) & {v for row in rows for v in row.values()}


@given(st.text(max_size=40))
def test_whatever_is_written_stays_words(text):
    said = exports.plain(text)
    assert not said.lstrip().startswith(exports.FORMULA)
    assert not any(ord(sign) < 32 for sign in said)
    assert exports.plain(said) == said
