"""How we talk to SQLite and PostgreSQL: settings on connect, and transactions that say if they write."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

_read_only: ContextVar[bool] = ContextVar("read_only", default=False)

# WAL + FULL: an answered request survives a power cut.
# recursive_triggers: else INSERT OR REPLACE slips past the log's guards.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
)


def set_read_only(value: bool) -> None:
    """Transactions begun from here on (in this request or task) may read only, or write again."""
    _read_only.set(value)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside are read-only: the database refuses a write."""
    token = _read_only.set(True)
    try:
        yield
    finally:
        _read_only.reset(token)


def _on_connect(dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None  # we say BEGIN ourselves
    cursor = dbapi_connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    # A writer that begins DEFERRED meets "database is locked" at its first write after
    # somebody else's commit, whatever the busy time-out. So writers take the lock at once.
    reading = _read_only.get()
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _on_postgresql_begin(connection: Connection) -> None:
    if _read_only.get():
        # One snapshot for the whole page, as on SQLite: what its panels say fits together, and fits its live versions.
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def prepare_engine(engine: Engine) -> None:
    """Attach our settings to an engine, once."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
    else:
        event.listen(engine, "begin", _on_postgresql_begin)
