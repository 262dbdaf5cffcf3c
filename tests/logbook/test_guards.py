"""The database itself refuses to change the log, whoever asks."""

import sqlite3

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.logbook.erasure import erase, request_erasure
from app.logbook.models import LogChain, LogEntry
from app.logbook.operations import Author
from app.logbook.queries import page
from app.logbook.verify import verify_chain
from tests.logbook.writing import write

COLUMNS = [c.name for c in LogEntry.__table__.columns]
ALL = ", ".join(COLUMNS)
CHAIN, REST = "public_id, seq, area_id, created_at, head_at, head_hash", "area_id, created_at, head_at, 'x'"
OTHER = {
    "chain_id": "chain_id + 1", "seq": "seq + 10", "kind": "'note'", "sharing": "'public'", "is_late": "NOT is_late",
    "author_user_id": "8", "corrects_seq": "1", "at": "'2020-01-01 00:00:00'", "recorded_at": "'2020-01-01 00:00:00'",
    "salt": "NULL",
}  # fmt: skip


@pytest.fixture
def written(chain: LogChain) -> LogChain:
    write(chain, "et")
    write(chain, "to")
    return chain


def changed(column: str) -> str:
    return f"{column} = {OTHER.get(column, repr('forfalsket'))}"


def copied(**other: str) -> str:
    """SELECT of entry 1 as a new row with some columns changed."""
    return f"SELECT {', '.join(other.get(c, c) for c in COLUMNS)} FROM log_entries WHERE seq = 1"


def on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def refused(statement: str) -> bool:
    """Whether a guard refuses the statement."""
    try:
        db.session.execute(sa.text(statement))
    except sa.exc.DBAPIError as error:
        return "a log" in str(error.orig)
    finally:
        db.session.rollback()
    return False


def test_no_column_of_an_entry_can_be_changed(written: LogChain) -> None:
    assert [c for c in COLUMNS if not refused(f"UPDATE log_entries SET {changed(c)} WHERE seq = 1")] == []


def test_nothing_else_can_be_changed_together_with_an_erasure(written: LogChain) -> None:
    others = [c for c in COLUMNS if c not in ("salt", "content")]
    erase = "UPDATE log_entries SET content = NULL, salt = NULL"
    assert [c for c in others if not refused(f"{erase}, {changed(c)} WHERE seq = 1")] == []


def test_text_and_salt_go_once_and_together_and_never_come_back(written: LogChain) -> None:
    assert refused("UPDATE log_entries SET content = NULL WHERE seq = 1")
    erase = "UPDATE log_entries SET content = NULL, salt = NULL WHERE seq = 1"
    db.session.execute(sa.text(erase))
    db.session.commit()
    assert refused(erase)
    salt = "X'00'" if on_sqlite() else r"'\x00'"
    assert refused(f"UPDATE log_entries SET content = 'ny', salt = {salt} WHERE seq = 1")


@pytest.mark.parametrize("table", ["log_entries", "log_chains"])
def test_nothing_can_be_deleted(written: LogChain, table: str) -> None:
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("backend", ["postgresql"])
def test_nothing_can_be_truncated(written: LogChain) -> None:
    for table in ("log_entries", "log_chains", "areas"):
        assert refused(f"TRUNCATE {table} CASCADE")


def test_an_entry_cannot_be_slipped_in(written: LogChain) -> None:
    for seq in ("3", "99"):
        assert refused(f"INSERT INTO log_entries ({ALL}) {copied(seq=seq, previous_hash=repr(written.head_hash))}")


def test_an_entry_is_not_born_erased(written: LogChain) -> None:
    raised = "UPDATE log_chains SET seq = 3, head_hash = 'x' WHERE seq = 2"
    born = copied(seq="3", previous_hash=repr(written.head_hash), entry_hash="'x'", content="NULL", salt="NULL")
    db.session.execute(sa.text(raised))
    assert refused(f"INSERT INTO log_entries ({ALL}) {born}")


def test_what_says_that_a_text_was_erased_is_not_erased(written: LogChain, ssp: Author, klub: Author) -> None:
    first = page(written)[-1]
    request_erasure(first, ssp, "Et navn")
    erase(first, klub)
    db.session.commit()
    assert refused("UPDATE log_entries SET content = NULL, salt = NULL WHERE seq = 3")


def test_an_entry_cannot_be_written_over(written: LogChain) -> None:
    over = copied(content="'{}'")
    if on_sqlite():
        assert refused(f"INSERT OR REPLACE INTO log_entries ({ALL}) {over}")
        assert refused(f"REPLACE INTO log_entries ({ALL}) {over}")
        assert refused("UPDATE OR REPLACE log_entries SET seq = 1 WHERE seq = 2")
    else:
        update = "ON CONFLICT (chain_id, seq) DO UPDATE SET content = excluded.content"
        assert refused(f"INSERT INTO log_entries ({ALL}) {over} {update}")


def test_the_head_only_moves_on(written: LogChain) -> None:
    changes = [
        "seq = 0", "seq = seq + 2", "seq = seq + 1", "head_hash = 'x'", "created_at = '2020-01-01'",
        "head_at = '2020-01-01'", "seq = seq + 1, head_hash = 'x', head_at = '2020-01-01'",
        *(f"seq = seq + 1, head_hash = 'x', {c}" for c in ("public_id = 'x'", "area_id = NULL", "id = 9")),
    ]  # fmt: skip
    assert [c for c in changes if not refused(f"UPDATE log_chains SET {c}")] == []


def test_a_chain_begins_empty(written: LogChain) -> None:
    assert refused(f"INSERT INTO log_chains ({CHAIN}) SELECT 'x', 5, {REST} FROM log_chains")


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_stranger_with_another_program_is_refused_too(written: LogChain) -> None:
    """A connection without our settings: REPLACE would push a row out past the delete trigger."""
    db.session.commit()
    stranger = sqlite3.connect(db.engine.url.database or "", isolation_level=None)
    for verb in ("REPLACE", "INSERT OR REPLACE"):
        with pytest.raises(sqlite3.IntegrityError, match="continue"):
            stranger.execute(f"{verb} INTO log_entries ({ALL}) {copied(content=repr('{}'))}")
        with pytest.raises(sqlite3.IntegrityError, match="begins empty"):
            stranger.execute(f"{verb} INTO log_chains SELECT * FROM log_chains")
        with pytest.raises(sqlite3.IntegrityError, match="begins empty"):
            stranger.execute(f"{verb} INTO log_chains (id, {CHAIN}) SELECT id, 'x', 0, {REST} FROM log_chains")
        with pytest.raises(sqlite3.IntegrityError, match="begins empty"):
            stranger.execute(f"{verb} INTO log_chains ({CHAIN}) SELECT public_id, 0, {REST} FROM log_chains")
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        stranger.execute(f"REPLACE INTO log_entries (rowid, {ALL}) SELECT 1, {ALL} FROM log_entries")
    stranger.close()
    assert verify_chain(written.id).is_whole


def test_the_guards_are_there_after_all_migrations(app: Flask) -> None:
    """Alembic's batch mode would drop them without a word."""
    sqlite, events = "SELECT name FROM sqlite_master WHERE type = 'trigger'", ["insert", "update", "delete"]
    postgresql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    found = set(db.session.scalars(sa.text(sqlite if on_sqlite() else postgresql)))
    if not on_sqlite():
        events.append("truncate")
    assert {f"{table}_{event}" for table in ("log_chains", "log_entries") for event in events} <= found
