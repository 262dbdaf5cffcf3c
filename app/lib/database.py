"""How we talk to SQLite and PostgreSQL: settings on connect, and transactions that say if they write."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from psycopg import IsolationLevel
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DisconnectionError

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

# A connection that was used a moment ago is taken to be alive; asking it first would cost every poll a round trip.
IDLE = 5.0  # seconds


def set_read_only(value: bool) -> None:
    """Transactions begun from here on (in this request or task) may read only, or write again."""
    _read_only.set(value)


def is_read_only() -> bool:
    """Transactions begun here see one moment of the database and change nothing."""
    return _read_only.get()


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
    # One snapshot for the whole page, as on SQLite: what its panels say fits together, and fits its live versions.
    # Set on the driver's connection, these words travel in its BEGIN and cost no statement of their own.
    driver: Any = connection.connection.dbapi_connection
    reading = _read_only.get() or None
    if driver.read_only is not reading:
        driver.isolation_level = IsolationLevel.REPEATABLE_READ if reading else None
        driver.read_only = reading


def _on_checkin(_connection: Any, record: Any) -> None:
    record.info["used_at"] = time.monotonic()


def _ping_idle_ones(engine: Engine) -> None:
    def on_checkout(dbapi_connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("used_at", time.monotonic()) < IDLE:
            return
        try:
            engine.dialect.do_ping(dbapi_connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool makes a new one

    event.listen(engine, "checkin", _on_checkin)
    event.listen(engine, "checkout", on_checkout)


def prepare_engine(engine: Engine) -> None:
    """Attach our settings to an engine, once."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
    else:
        event.listen(engine, "begin", _on_postgresql_begin)
        _ping_idle_ones(engine)


def wait_in_line(connection: Connection, name: str) -> None:
    """Let whoever is called the same go first, until the end of the transaction. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))
