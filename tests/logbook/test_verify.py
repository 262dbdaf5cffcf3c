"""Whoever gets past the guards is found by verification, and the first wrong place is named."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.logbook.chain import Fault, Withheld, verify_entries
from app.logbook.models import LogChain, LogEntry
from app.logbook.operations import open_chain
from app.logbook.queries import last_head, page
from app.logbook.verify import origin_of, row_of, verify_chain
from tests.conftest import Clock
from tests.logbook.forging import forge
from tests.logbook.writing import write

LONG_AGO = "'2020-01-01 00:00:00.000000'"
FORGED = {
    "at": LONG_AGO, "recorded_at": LONG_AGO, "created_at": LONG_AGO, "head_at": LONG_AGO, "kind": "'note'",
    "sharing": "'public'", "is_late": "NOT is_late", "author_user_id": "8", "corrects_seq": "1", "seq": "seq + 10",
    "area_id": "NULL", "chain_id": "chain_id + 1",
}  # fmt: skip


@pytest.fixture
def written(chain: LogChain, clock: Clock) -> LogChain:
    """Five entries in a chain, and another chain beside it."""
    for number in range(1, 6):
        clock.advance(seconds=1)
        write(chain, f"nr. {number}")
    other = open_chain(None)
    db.session.commit()
    write(other, "en anden log")
    return chain


def forged(column: str) -> str:
    if column == "salt":
        return "X'00'" if db.engine.dialect.name == "sqlite" else r"'\x00'"
    return FORGED.get(column, "'forfalsket'")


@pytest.mark.parametrize("column", [c.name for c in LogEntry.__table__.columns])
def test_a_change_of_any_column_of_an_entry_is_found_at_its_place(written: LogChain, column: str) -> None:
    forge(f"UPDATE log_entries SET {column} = {forged(column)} WHERE seq = 3")
    verdict = verify_chain(written.id)
    assert (verdict.is_whole, verdict.seq) == (False, 3)
    assert "Nr. 3" in verdict.sentence() or "nr. 3" in verdict.sentence()


@pytest.mark.parametrize("column", ["public_id", "area_id", "created_at", "seq", "head_hash", "head_at"])
def test_a_change_of_any_column_of_the_chain_is_found(written: LogChain, column: str) -> None:
    forge(f"UPDATE log_chains SET {column} = {forged(column)} WHERE id = {written.id}")
    assert not verify_chain(written.id).is_whole


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_removed_entry_is_found(written: LogChain, seq: int) -> None:
    forge(f"DELETE FROM log_entries WHERE chain_id = {written.id} AND seq = {seq}")
    verdict = verify_chain(written.id)
    assert (verdict.fault, verdict.seq) == (Fault.CUT if seq == 5 else Fault.MISSING, seq)


def test_two_entries_that_changed_places_are_found(written: LogChain) -> None:
    forge(
        f"UPDATE log_entries SET seq = -seq WHERE chain_id = {written.id} AND seq IN (2, 3)",
        f"UPDATE log_entries SET seq = 5 + seq WHERE chain_id = {written.id} AND seq < 0",
    )
    assert (verify_chain(written.id).fault, verify_chain(written.id).seq) == (Fault.UNLINKED, 2)


def test_a_tail_cut_together_with_its_head_is_found_against_the_head_that_was_mailed(written: LogChain) -> None:
    mailed = last_head(written)
    third = page(written)[2]
    forge(
        f"DELETE FROM log_entries WHERE chain_id = {written.id} AND seq > 3",
        f"UPDATE log_chains SET seq = 3, head_hash = '{third.entry_hash}', "
        f"head_at = (SELECT recorded_at FROM log_entries WHERE chain_id = {written.id} AND seq = 3) "
        f"WHERE id = {written.id}",
    )
    assert verify_chain(written.id).is_whole
    verdict = verify_chain(written.id, mailed)
    assert (verdict.fault, verdict.seq) == (Fault.CUT, 4)


def test_a_past_written_anew_is_found_against_the_head_that_was_mailed(written: LogChain) -> None:
    mailed = last_head(written)
    ids = f"chain_id = {written.id}"
    forge(
        f"DELETE FROM log_entries WHERE {ids}",
        f"UPDATE log_chains SET seq = 0, head_hash = '{origin_of(written).hash()}', head_at = created_at "
        f"WHERE id = {written.id}",
    )
    for number in range(1, 9):
        write(written, f"ny nr. {number}")
    assert verify_chain(written.id).is_whole
    assert (verify_chain(written.id, mailed).fault, verify_chain(written.id, mailed).seq) == (Fault.OTHER, 5)


def test_an_older_head_still_stands_in_a_log_that_grew(written: LogChain) -> None:
    mailed = last_head(written)
    write(written, "nr. 6")
    assert verify_chain(written.id, mailed).is_whole


def test_the_head_of_another_log_is_told_apart(written: LogChain) -> None:
    assert verify_chain(written.id, f"x:5:{written.head_hash}").fault is Fault.STRANGE


def test_a_text_that_went_without_a_word_in_the_log_is_found(written: LogChain) -> None:
    forge(f"UPDATE log_entries SET content = NULL, salt = NULL WHERE chain_id = {written.id} AND seq = 2")
    assert (verify_chain(written.id).fault, verify_chain(written.id).seq) == (Fault.ERASED, 2)


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("value", ["X'FF'", "CAST(X'FF' AS TEXT)", "'ikke en tid'", "1.5"])
@pytest.mark.parametrize("column", [c.name for c in LogEntry.__table__.columns if c.name != "chain_id"])
def test_even_a_value_that_no_program_can_read_is_a_finding_and_no_crash(
    written: LogChain, column: str, value: str
) -> None:
    forge(f"UPDATE log_entries SET {column} = {value} WHERE chain_id = {written.id} AND seq = 3")
    assert not verify_chain(written.id).is_whole


def test_every_reader_can_verify_what_they_were_given(written: LogChain) -> None:
    entries = page(written)[::-1]
    given = [Withheld(str(e.seq), e.entry_hash) if e.seq in (2, 5) else row_of(e) for e in entries]
    assert verify_entries(origin_of(written), given, last_head(written)).is_whole
    given[1] = Withheld("2", "0" * 64)
    assert verify_entries(origin_of(written), given).seq == 3


# ---- flask log verify ------------------------------------------------------------------------------------------------


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["log", "verify", *arguments])
    return result.exit_code, result.output


def test_the_command_verifies_every_chain_and_prints_its_head(app: Flask, written: LogChain) -> None:
    code, said = run(app)
    assert code == 0
    assert said.count("Loggen er hel") == 2
    assert last_head(written) in said


def test_the_command_fails_when_any_chain_is_broken_or_has_lost_its_head(app: Flask, written: LogChain) -> None:
    forge(f"UPDATE log_entries SET sharing = 'public' WHERE chain_id = {written.id} AND seq = 3")
    code, said = run(app)
    assert (code, "Nr. 3 er ændret" in said) == (1, True)
    assert run(app, "--chain", db.session.scalars(sa.select(LogChain.public_id).order_by(LogChain.id)).all()[1])[0] == 0
    forge(f"DELETE FROM log_chains WHERE id = {written.id}")
    code, said = run(app)
    assert (code, "loggens hoved er fjernet" in said) == (1, True)


def test_the_command_compares_with_a_head_that_was_mailed(app: Flask, written: LogChain) -> None:
    assert run(app, "--against", last_head(written))[0] == 0
    code, said = run(app, "--against", f"{written.public_id}:9:{'0' * 64}")
    assert (code, "nr. 6 og frem mangler" in said) == (1, True)
    assert run(app, "--against", f"ukendt:1:{'0' * 64}")[0] == 1
    assert run(app, "--against", "noget andet")[0] == 2
