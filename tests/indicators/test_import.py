"""A file goes in whole or not at all, and whoever sends it is told row by row what is wrong."""

import io
import zipfile

import pytest

from app.extensions import db
from app.importing import files
from app.indicators import operations
from app.indicators.models import CrimeFigure, IndicatorImport, Observation, SurveyRound
from app.indicators.reference import SERIES
from app.indicators.vocabulary import CrimeKind, CrimePlace, Group, ImportKind, ImportState, Law, Missing
from tests.indicators.files import COLUMNS, CRIME, ROW, crime_file, csv_file, row, xlsx_file

VIVES = 32


def kept() -> int:
    return Observation.query.count() - VIVES + CrimeFigure.query.count()


def said(imported: IndicatorImport) -> str:
    return "\n".join(f"{fault['row']} {fault['column']}: {fault['text']}" for fault in imported.errors)


def refused(imported: IndicatorImport) -> str:
    """It was, nothing is left of it, and this is what was said."""
    assert imported.state is ImportState.REFUSED
    assert kept() == 0 and SurveyRound.query.count() == 1
    assert imported.content is None
    return said(imported)


# ---- what is right ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_a_csv_file_of_danish_excel_is_read_in_whatever_way_it_was_saved(send, encoding):
    imported = send(csv_file([row(), row(kode="L1", værdi="40")], encoding=encoding))
    assert (imported.state, imported.rows_kept, imported.errors) == (ImportState.CHECKED, 2, [])
    first, second = Observation.query.filter(Observation.n == 240).order_by(Observation.id)
    assert (first.percent, first.group, first.n, first.line) == (62.5, Group.OWN_AREA, 240, 2)
    assert second.question == "Tillid til politiet"
    made = SurveyRound.query.filter(SurveyRound.import_id == imported.id).one()
    assert (made.year, made.respondents, made.response_rate) == (2025, 240, 41.5)
    assert made.method == "Spørgeskema ved døren"


def test_a_workbook_is_read_with_its_own_numbers_and_its_percent_cells(send):
    line = [ROW[name] for name in COLUMNS]
    at = COLUMNS.index("værdi")
    line[at], line[1] = 0.625, 2025
    other = [*line]
    other[COLUMNS.index("kode")], other[at] = "T2", 88.25
    imported = send(xlsx_file([COLUMNS, line, [], other], {f"{chr(65 + at)}2": "0.0%"}))
    assert imported.state is ImportState.CHECKED, said(imported)
    assert sorted(o.percent for o in Observation.query.filter(Observation.n == 240)) == [62.5, 88.25]


@pytest.mark.parametrize("written", ["62,5", "62.5", " 62,5 ", "62,5 %", "62.50"])
def test_a_decimal_may_have_a_comma_or_a_point(send, written):
    assert send(csv_file([row(værdi=written)])).state is ImportState.CHECKED
    assert Observation.query.filter_by(n=240).one().percent == 62.5


@pytest.mark.parametrize("written", ["10473", "10.473", "10 473"])
def test_a_count_may_have_a_thousand_point(send, written):
    assert send(csv_file([row(antal_svar=written)])).state is ImportState.CHECKED
    assert Observation.query.filter_by(n=10473).one()


def test_words_are_kept_as_words_and_approximate(send):
    send(csv_file([row(værdi="7 ud af 10", enhed="tekst", antal_svar="")]))
    kept_one = Observation.query.filter_by(line=2).one()
    assert (kept_one.wording, kept_one.percent, kept_one.approximate) == ("7 ud af 10", None, True)


def test_what_is_empty_is_not_stated_and_under_ten_answers_are_not_even_stored(send):
    imported = send(csv_file([row(værdi=""), row(kode="T2", værdi="50", antal_svar="9")]))
    none, few = Observation.query.filter(Observation.line > 0).order_by(Observation.line)
    assert none.missing is Missing.NOT_STATED
    assert (few.missing, few.percent, few.n) == (Missing.TOO_FEW, None, None)
    assert "1 tal bygger på færre end 10 svar" in " ".join(imported.remarks)


def test_a_question_of_ones_own_has_its_dimension_in_the_row(send):
    mine = row(kode="egen1", spørgsmål="Tryg efter mørkets frembrud", dimension="Oplevet tryghed")
    assert send(csv_file([mine])).state is ImportState.CHECKED
    assert Observation.query.filter_by(code="EGEN1").one().question == "Tryg efter mørkets frembrud"


# ---- what is wrong ---------------------------------------------------------------------------------------------------

WRONG = {
    "a share": (row(værdi="0,7"), "2 værdi: Er det en andel? Skriv 70, ikke 0,7"),
    "over a hundred": (row(værdi="162"), "2 værdi: 162 er ikke en procent"),
    "no number": (row(værdi="mange"), "2 værdi: »mange« er ikke et tal"),
    "words without their unit": (row(værdi="7 ud af 10"), "2 værdi: »7 ud af 10« er ikke et tal"),
    "a number as words": (row(enhed="tekst"), "2 værdi: Her står et tal, men enheden er »tekst«"),
    "a unit nobody knows": (row(enhed="promille"), "2 enhed: Enheden skal være"),
    "a group nobody knows": (row(gruppe="naboerne"), "2 gruppe: Gruppen kendes ikke"),
    "a year to come": (row(år="2093"), "2 år: Skriv et årstal"),
    "no year": (row(år="i fjor"), "2 år: »i fjor« er ikke et helt tal"),
    "a formula": (row(udgiver="=HYPERLINK(1)"), "2 udgiver: Teksten må ikke begynde med ="),
    "another formula": (row(kilde="@SUM(A1)"), "2 kilde: Teksten må ikke begynde med"),
    "an empty source": (row(kilde=" "), "2 kilde: Feltet er tomt"),
    "the wrong dimension": (row(dimension="Tillid"), "2 dimension: T1 hører til en anden dimension"),
    "another question under a known code": (row(spørgsmål="Er du glad?"), "2 spørgsmål: T1 er »Grundlæggende tryg"),
    "an own code alone": (row(kode="X9"), "2 kode: Koden er jeres egen"),
    "a name far too long": (row(serie="x" * 81), "2 serie: Teksten er for lang: højst 80 tegn"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_row_is_named_and_nothing_of_the_file_is_kept(send, name):
    wrong, says = WRONG[name]
    assert says in refused(send(csv_file([wrong, row(kode="L1")])))


def test_every_wrong_row_is_told_at_once_the_first_hundred_in_words(send):
    imported = send(csv_file([row(kode="L1"), *(row(værdi="mange") for _ in range(150))]))
    refused(imported)
    assert imported.error_count >= 150 and len(imported.errors) == 100
    assert [fault["row"] for fault in imported.errors] == list(range(3, 103))


def test_the_same_answer_twice_is_found_also_far_apart(send, monkeypatch):
    monkeypatch.setattr("app.importing.staging.BATCH", 2)
    others = [row(kode=code) for code in ("T2", "S1", "S2", "L1")]
    assert "7 : Samme spørgsmål og gruppe står allerede i række 2." in refused(send(csv_file([row(), *others, row()])))


def test_a_round_that_is_told_in_two_ways_is_refused(send):
    rows = [row(), row(kode="L1", metode="Telefon")]
    assert "3 : Målingen »Lindevangens egen måling 2025« er beskrevet anderledes end i række 2" in refused(
        send(csv_file(rows))
    )


def test_a_round_that_is_there_already_is_refused_vives_too(send, scene):
    imported = send(csv_file([row()]))
    operations.save(imported, by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    again = send(csv_file([row(kode="L1")]))
    assert again.state is ImportState.REFUSED and "er hentet ind før" in said(again)
    vives = send(csv_file([row(serie=SERIES, år="2018")]))
    assert vives.state is ImportState.REFUSED and kept() == 1


HEADER = ";".join(COLUMNS).encode()
BROKEN = {
    "nothing": (b"\n\n", "Filen er tom"),
    "an unknown column": (HEADER + b";navn\n", "Kolonnen »navn« kendes ikke"),
    "a lacking column": (HEADER.replace(b"serie;", b"") + b"\nx\n", "Kolonnen »serie« mangler"),
    "a column twice": (HEADER + b";kode\n", "Kolonnen »kode« står der to gange"),
    "an open quotation mark": (HEADER + b'\n"a;b\n' + b"x;" * 10, "Række 2 kan ikke læses"),
    "UTF-16": ("serie;år".encode("utf-16"), "Unicode-tekst"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "gammel Excel-fil"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "Det ligner ikke en tekstfil"),
    "letters of no alphabet": (b"serie;\x81\x8d\xff\n", "Filens bogstaver kan ikke læses"),
    "a broken workbook": (b"PK\x03\x04" + b"\x00" * 100, "Regnearket kan ikke læses"),
    "a cut workbook": (xlsx_file([COLUMNS])[:-200], "Regnearket kan ikke læses"),
    "no rows": (HEADER + b"\n", "Filen har ingen rækker"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_taken_says_why(send, name):
    content, says = BROKEN[name]
    assert says in refused(send(content))


def bomb(size: int, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [bomb(50_000_000), bomb(20_000_000, "xl/sharedStrings.xml")], ids=["a sheet of zeros", "words without end"],
)  # fmt: skip
def test_a_zip_bomb_is_refused_unopened(send, content):
    assert len(content) < 100_000
    assert "fylder for meget, når det pakkes ud" in refused(send(content))


def test_a_workbook_that_names_itself_without_end_is_refused(send):
    good = zipfile.ZipFile(io.BytesIO(xlsx_file([COLUMNS, list(ROW.values())])))
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in good.namelist():
            archive.writestr(name, laughs if name.endswith("sheet1.xml") else good.read(name))
    assert "Regnearket kan ikke læses" in refused(send(file.getvalue()))


def test_a_workbooks_formula_is_refused_and_never_worked_out(send):
    line = [ROW[name] for name in COLUMNS]
    line[COLUMNS.index("udgiver")] = "=1+1"
    assert "udgiver: Teksten må ikke begynde med =" in refused(send(xlsx_file([COLUMNS, line])))


def test_too_many_rows_are_refused(send, monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 3)
    rows = [row(kode=code) for code in ("T1", "T2", "S1", "S2", "L1")]
    assert "for mange rækker" in refused(send(csv_file(rows)))


# ---- Danmarks Statistik ----------------------------------------------------------------------------------------------


def quarters(**more) -> list[dict[str, str]]:
    return [CRIME | {"TID": f"2024K{q}", "INDHOLD": str(70 + q)} | more for q in (1, 2, 3, 4)]


def test_straf11_keeps_the_three_laws_of_the_municipality_and_of_the_country(send):
    rows = quarters() + quarters(OVERTRÆD="Våbenloven") + quarters(OMRÅDE="Hele landet", OVERTRÆD="Våbenloven")
    passed = quarters(OMRÅDE="Helsingør") + quarters(OVERTRÆD="Voldsforbrydelser i alt") + quarters(OVERTRÆD="I alt")
    imported = send(crime_file(rows + passed), ImportKind.STRAF11)
    assert imported.state is ImportState.CHECKED, said(imported)
    assert imported.rows_kept == CrimeFigure.query.count() == 12
    assert {(f.place, f.law, f.kind) for f in CrimeFigure.query} == {
        (CrimePlace.MUNICIPALITY, Law.PENAL_CODE, CrimeKind.REPORTS),
        (CrimePlace.MUNICIPALITY, Law.WEAPONS, CrimeKind.REPORTS),
        (CrimePlace.COUNTRY, Law.WEAPONS, CrimeKind.REPORTS),
    }
    told = " ".join(imported.remarks)
    assert "12 rækker om andre kommuner eller andre overtrædelser" in told
    assert "lov om euforiserende stoffer" in told


def test_two_dots_stay_missing(send):
    imported = send(crime_file([*quarters()[:3], CRIME | {"INDHOLD": ".."}]), ImportKind.STRAF11)
    assert imported.state is ImportState.CHECKED
    assert CrimeFigure.query.filter_by(quarter=4).one().count is None


def test_straf22_keeps_reports_and_charges_apart(send):
    base = CRIME | {"TID": "2024"}
    rows = [base | {"ANMSIGT": "Anmeldte forbrydelser"}, base | {"ANMSIGT": "SIG", "INDHOLD": "40"}]
    imported = send(crime_file(rows, "cp1252"), ImportKind.STRAF22)
    assert imported.state is ImportState.CHECKED, said(imported)
    assert {f.kind: f.count for f in CrimeFigure.query} == {CrimeKind.REPORTS: 312, CrimeKind.CHARGES: 40}


@pytest.mark.parametrize(
    ("change", "says"),
    [({"TID": "2024"}, "TID: Perioden kan ikke læses"), ({"TID": "2024K5"}, "TID: Perioden"),
     ({"INDHOLD": "-3"}, "INDHOLD: »-3« er ikke et helt tal"), ({"OMRÅDE": ""}, "OMRÅDE: Feltet er tomt"),
     ({"OVERTRÆD": "=1"}, "OVERTRÆD: Teksten må ikke begynde med ="),
     ({"OMRÅDE": "Helsingør"}, "Filen har ingen tal for"), ({"OVERTRÆD": "I alt"}, "Filen har ingen tal for")],
)  # fmt: skip
def test_a_wrong_crime_row_is_named_and_nothing_is_kept(send, change, says):
    assert says in refused(send(crime_file([CRIME | change]), ImportKind.STRAF11))


def test_the_same_quarter_twice_is_refused(send):
    assert "3 : Samme tal står allerede i række 2." in refused(send(crime_file([CRIME, CRIME]), ImportKind.STRAF11))


def test_the_kind_that_lacks_its_column_is_refused(send):
    assert "Kolonnen »ANMSIGT« mangler" in refused(send(crime_file([CRIME]), ImportKind.STRAF22))
