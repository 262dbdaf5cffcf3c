"""Whatever comes, in whatever order and however broken: a file is staged whole or leaves nothing."""

import io
import random
import zipfile
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.extensions import db
from app.importing import claims, staging
from app.indicators import jobs, queries
from app.indicators.importing.desk import DESK
from app.indicators.items import items
from app.indicators.models import CrimeFigure, Observation, SurveyRound
from app.indicators.vocabulary import ImportKind, ImportState, Law
from tests.indicators.files import COLUMNS, CRIME, crime_file, csv_file, row, xlsx_file

SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RIGHT = [row(kode=one.code, år=str(year)) for one in items() for year in (2023, 2025)]
WORKBOOK = xlsx_file([COLUMNS, *([one.get(name, "") for name in COLUMNS] for one in RIGHT)])


def of(imported) -> int:
    """Rows in the database that came by this import."""
    mine = Observation.round_id.in_(db.session.query(SurveyRound.id).filter_by(import_id=imported.id))
    return Observation.query.filter(mine).count() + CrimeFigure.query.filter_by(import_id=imported.id).count()


def whole_or_nothing(imported, rows: int | None = None) -> None:
    assert imported.state in (ImportState.CHECKED, ImportState.REFUSED)
    if imported.state is ImportState.REFUSED:
        assert of(imported) == 0 and imported.errors
        assert SurveyRound.query.filter_by(import_id=imported.id).count() == 0
    else:
        assert of(imported) == imported.rows_kept > 0
        assert rows is None or imported.rows_kept == rows


@SOME
@given(
    order=st.permutations(RIGHT), encoding=st.sampled_from(["utf-8-sig", "utf-8", "cp1252"]), batch=st.integers(1, 40),
    delimiter=st.sampled_from(";\t,"), ending=st.sampled_from(["\r\n", "\n", "\r\n\r\n", "\n;;\n"]),
)  # fmt: skip
def test_the_order_of_the_rows_and_the_letters_change_nothing(send, order, encoding, batch, delimiter, ending):
    ending = ending.replace(";", delimiter)
    staging.BATCH, usual = batch, staging.BATCH
    try:
        imported = send(csv_file(order, encoding=encoding, delimiter=delimiter, ending=ending))
    finally:
        staging.BATCH = usual
    whole_or_nothing(imported, len(RIGHT))
    assert imported.state is ImportState.CHECKED
    mine = Observation.round_id.in_(db.session.query(SurveyRound.id).filter_by(import_id=imported.id))
    found = {(o.code, o.percent) for o in Observation.query.filter(mine)}
    assert found == {(one.code, 62.5) for one in items()}


@SOME
@given(at=st.integers(0, len(RIGHT) - 1), wrong=st.sampled_from([{"værdi": "mange"}, {"gruppe": "x"}, {"år": "0"}]))
def test_one_wrong_row_anywhere_refuses_the_whole(send, at, wrong):
    imported = send(csv_file([*RIGHT[:at], RIGHT[at] | wrong, *RIGHT[at + 1 :]]))
    assert imported.state is ImportState.REFUSED
    whole_or_nothing(imported)
    assert imported.errors[0]["row"] == at + 2


QUARTERS = [
    CRIME | {"TID": f"{year}K{q}", "INDHOLD": f"{year % 100}{q}"} for year in (2022, 2023) for q in (1, 2, 3, 4)
]
OTHERS = [{"OMRÅDE": "Helsingør"}, {"OVERTRÆD": "Seksualforbrydelser i alt"}, {"OVERTRÆD": "Våbenloven"}]


@SOME
@given(order=st.permutations([one | other for one in QUARTERS for other in ({}, *OTHERS)]), batch=st.integers(1, 40))
def test_the_order_of_quarters_places_and_laws_changes_nothing(send, order, batch):
    staging.BATCH, usual = batch, staging.BATCH
    try:
        imported = send(crime_file(order), ImportKind.STRAF11)
    finally:
        staging.BATCH = usual
    whole_or_nothing(imported, 2 * len(QUARTERS))
    found = {(f.law, f.year, f.quarter, f.count) for f in CrimeFigure.query.filter_by(import_id=imported.id)}
    assert found == {
        (law, year, q, int(f"{year % 100}{q}"))
        for law in (Law.PENAL_CODE, Law.WEAPONS) for year in (2022, 2023) for q in (1, 2, 3, 4)
    }  # fmt: skip


@SOME
@given(batch=st.integers(1, 9), rests=st.integers(0, 40), wrong=st.booleans())
def test_a_worker_may_die_anywhere_and_the_next_leaves_the_whole_or_nothing(send, clock, batch, rests, wrong):
    imported = send(csv_file([*RIGHT[:-1], RIGHT[-1] | ({"værdi": "mange"} if wrong else {})]), read=False)
    staging.BATCH, usual = batch, staging.BATCH
    try:
        claimed = claims.claim_next(DESK)
        db.session.commit()
        for _batch in islice(staging.check(claimed), rests):
            pass
        db.session.rollback()  # the worker is gone, and nobody has said yes: nothing counts
        assert not SurveyRound.query.filter(queries.visible(imported.area), SurveyRound.import_id.is_not(None)).count()
        clock.advance(minutes=3)
        jobs.read_files()
    finally:
        staging.BATCH = usual
    db.session.expire_all()
    whole_or_nothing(imported, len(RIGHT))
    assert imported.state is (ImportState.REFUSED if wrong else ImportState.CHECKED)


@SOME
@given(seed=st.integers(0, 10**6), hits=st.integers(1, 12), kind=st.sampled_from(ImportKind))
def test_bytes_that_went_wrong_on_the_way_never_leave_half_a_file(send, seed, hits, kind):
    content = bytearray(csv_file(RIGHT) if kind is ImportKind.SURVEY else crime_file(QUARTERS))
    chance = random.Random(seed)
    for _ in range(hits):
        at, do = chance.randrange(len(content)), chance.random()
        if do < 0.5:
            content[at] = chance.choice(b'";\n\r,=@\x00\xff\xc3x0')
        elif do < 0.8:
            del content[at : at + chance.randrange(1, 30)]
        else:
            content[at:at] = chance.choice([b'"', b";;", b"\n\n", b"\r", b"\xe5"])
    whole_or_nothing(send(bytes(content), kind))


@SOME
@given(seed=st.integers(0, 10**6), hits=st.integers(1, 8))
def test_a_workbook_that_went_wrong_on_the_way_never_leaves_half_of_itself(send, seed, hits):
    content, chance = bytearray(WORKBOOK), random.Random(seed)
    for _ in range(hits):
        at = chance.randrange(4, len(content))  # what begins as a workbook
        if chance.random() < 0.8:
            content[at] = chance.randrange(256)
        else:
            del content[at : at + chance.randrange(1, 30)]
    imported = send(bytes(content))
    whole_or_nothing(imported)
    assert "Brug skabelonen, og prøv igen" not in str(imported.errors)  # what is said when we ourselves broke down


@pytest.mark.parametrize("how", ["another way of packing", "locked", "for a newer unpacker"])
def test_a_workbook_packed_in_a_way_of_its_own_is_refused_in_words(send, how):
    content = bytearray(xlsx_packed(zipfile.ZIP_BZIP2) if how == "another way of packing" else WORKBOOK)
    entry = content.index(b"PK\x01\x02")  # of the archive's own list
    if how == "locked":
        content[entry + 8] |= 1
    if how == "for a newer unpacker":
        content[entry + 6] = 255
    imported = send(bytes(content))
    whole_or_nothing(imported)
    assert "Åbn det i Excel" in imported.errors[0]["text"]


def xlsx_packed(way: int) -> bytes:
    whole, file = zipfile.ZipFile(io.BytesIO(WORKBOOK)), io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name))
    return file.getvalue()


@SOME
@given(content=st.binary(max_size=400), kind=st.sampled_from(ImportKind))
def test_any_bytes_at_all_are_refused_in_words(send, content, kind):
    imported = send(content or b" ", kind)
    assert imported.state is ImportState.REFUSED
    whole_or_nothing(imported)
