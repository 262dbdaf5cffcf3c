"""Whatever comes, in whatever order and however broken: a file is staged whole or leaves nothing."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.extensions import db
from app.indicators.importing import staging
from app.indicators.items import items
from app.indicators.models import CrimeFigure, Observation, SurveyRound
from app.indicators.vocabulary import ImportKind, ImportState
from tests.indicators.files import CRIME, crime_file, csv_file, row

SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RIGHT = [row(kode=one.code, år=str(year)) for one in items() for year in (2023, 2025)]


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
    order=st.permutations(RIGHT), encoding=st.sampled_from(["utf-8-sig", "utf-8", "cp1252"]), batch=st.integers(1, 40)
)
def test_the_order_of_the_rows_and_the_letters_change_nothing(send, order, encoding, batch):
    staging.BATCH, usual = batch, staging.BATCH
    try:
        imported = send(csv_file(order, encoding=encoding))
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


@SOME
@given(seed=st.integers(0, 10**6), hits=st.integers(1, 12), kind=st.sampled_from(ImportKind))
def test_bytes_that_went_wrong_on_the_way_never_leave_half_a_file(send, seed, hits, kind):
    quarters = [CRIME | {"TID": f"{year}K{q}"} for year in (2022, 2023, 2024) for q in (1, 2, 3, 4)]
    content = bytearray(csv_file(RIGHT) if kind is ImportKind.SURVEY else crime_file(quarters))
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
@given(content=st.binary(max_size=400), kind=st.sampled_from(ImportKind))
def test_any_bytes_at_all_are_refused_in_words(send, content, kind):
    imported = send(content or b" ", kind)
    assert imported.state is ImportState.REFUSED
    whole_or_nothing(imported)
