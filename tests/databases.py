"""A fresh database for every test: migrated once per session into a template, then put back before each test."""

import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

EMPTY = "empty"  # the state that the migrations leave


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where the machine has room for it, since tests wait for no disk."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    # A short path either way: a unix socket's name has room for 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="beredskab-", dir=memory if roomy else "/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Database(ABC):
    """Where the tests of one engine live. `url` always names the same database."""

    url: str

    @abstractmethod
    def keep(self, name: str = EMPTY) -> None:
        """Keep what the database holds now under this name. Nobody may be connected."""

    @abstractmethod
    def refresh(self, name: str = EMPTY) -> None:
        """Put back what was kept. Nobody may be connected."""

    @abstractmethod
    def step_aside(self) -> None:
        """Hold no connection either, for a test that wants the database for itself."""


class SQLite(Database):
    """A file, copied."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "test.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def keep(self, name: str = EMPTY) -> None:
        shutil.copy(self.file, self._kept(name))

    def refresh(self, name: str = EMPTY) -> None:
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        shutil.copy(self._kept(name), self.file)

    def step_aside(self) -> None:
        """A file is held by nobody."""

    def _kept(self, name: str) -> Path:
        return self.file.with_name(f"{name}.sqlite3")


@dataclass(frozen=True)
class Content:
    """Every row of a database: COPY's text by table, and where each sequence stands."""

    rows: dict[str, bytes]
    sequences: dict[str, tuple[int, bool]]


class PostgreSQL(Database):
    """A database on a server. Its rows are exchanged; only when its tables have changed is it made anew.

    One connection is kept for that, since a new one has to learn every table first.
    """

    def __init__(self, server: str, name: str) -> None:
        self.server = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self.name, self.template = name, f"{name}_template"
        url = self.server.url.set(database=name)
        self.url = url.render_as_string(hide_password=False)
        self.itself = sa.create_engine(url, pool_size=1, max_overflow=0, pool_pre_ping=True)
        self.kept: dict[str, Content] = {}
        self.drop()
        self._say(f"CREATE DATABASE {self.name} TEMPLATE template0")

    def keep(self, name: str = EMPTY) -> None:
        if name == EMPTY:
            self._say(f"ALTER DATABASE {self.name} RENAME TO {self.template}")
            self._make()
        with self.itself.connect() as connection:
            rows = {table: _copied(connection, table) for table in _filled(connection)}
            self.kept[name] = Content(rows, _sequences(connection))
            if name == EMPTY:
                self.shape = _shape(connection)

    def refresh(self, name: str = EMPTY) -> None:
        with self.itself.begin() as connection:
            connection.exec_driver_sql(ALONE)
            if same := _shape(connection) == self.shape:
                _exchange(connection, self.kept[name])
        if not same:
            self._make()
            self.refresh(name)

    def step_aside(self) -> None:
        self.itself.dispose()

    def drop(self) -> None:
        self.step_aside()
        self._say(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in (self.name, self.template)))

    def _make(self) -> None:
        self.step_aside()
        self._say(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"CREATE DATABASE {self.name} TEMPLATE {self.template}",
        )

    def _say(self, *statements: str) -> None:
        with self.server.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)


# Whoever a test has left behind is sent away, and is gone when this answers.
ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# What a test that alters tables, guards or functions would leave changed.
SHAPE = """
SELECT (SELECT (count(*), sum(oid::bigint))::text FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    || (SELECT (count(*), sum(oid::bigint), sum(ascii(tgenabled::text)))::text FROM pg_trigger)
    || (SELECT (count(*), sum(hashtext(prosrc)))::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
    || (SELECT (count(*), sum(oid::bigint))::text FROM pg_constraint)
    || (SELECT (count(*), sum(atttypid::bigint), count(*) FILTER (WHERE attnotnull))::text FROM pg_attribute)
"""


def _shape(connection: sa.Connection) -> str:
    return str(connection.exec_driver_sql(SHAPE).scalar_one())


def _tables(connection: sa.Connection) -> list[str]:
    found = connection.exec_driver_sql("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
    return sorted(found.scalars())


def _filled(connection: sa.Connection) -> list[str]:
    each = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in _tables(connection))
    return list(connection.exec_driver_sql(" UNION ALL ".join(each)).scalars())


def _sequences(connection: sa.Connection) -> dict[str, tuple[int, bool]]:
    found = connection.exec_driver_sql(
        "SELECT quote_ident(sequencename), coalesce(last_value, start_value), last_value IS NOT NULL"
        " FROM pg_sequences WHERE schemaname = 'public'"
    )
    return {name: (value, called) for name, value, called in found}


def _copied(connection: sa.Connection, table: str) -> bytes:
    with _cursor(connection) as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)


def _exchange(connection: sa.Connection, content: Content) -> None:
    # A replica asks no guard and no foreign key: the rows come and go as they are.
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    filled = _filled(connection)
    if filled:
        connection.exec_driver_sql(";".join(f"DELETE FROM {table}" for table in filled))
    for table, rows in content.rows.items():
        with _cursor(connection) as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            copy.write(rows)
    now = _sequences(connection)
    moved = [f"setval('{n}', {v}, {c})" for n, (v, c) in content.sequences.items() if now.get(n) != (v, c)]
    if moved:
        connection.exec_driver_sql("SELECT " + ", ".join(moved))


def _cursor(connection: sa.Connection) -> Any:
    return connection.connection.cursor()
