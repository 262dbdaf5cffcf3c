"""One fresh database per test: migrated once per session into a template, then copied."""

import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa


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
    """Where the tests of one engine live. `url` always names the same database; `refresh` makes it new."""

    url: str

    @abstractmethod
    def become_template(self) -> None:
        """Keep what the database holds now as the start of every test."""

    @abstractmethod
    def refresh(self) -> None:
        """Put the template's content back. Nobody may be connected."""


class SQLite(Database):
    """A file, copied."""

    def __init__(self, folder: Path) -> None:
        self.file, self.template = folder / "test.sqlite3", folder / "template.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def become_template(self) -> None:
        shutil.copy(self.file, self.template)

    def refresh(self) -> None:
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        shutil.copy(self.template, self.file)


class PostgreSQL(Database):
    """A database on a server, made from a template database."""

    def __init__(self, server: str, name: str) -> None:
        self.server = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self.name, self.template = name, f"{name}_template"
        self.url = self.server.url.set(database=name).render_as_string(hide_password=False)
        self.drop()
        self._say(f"CREATE DATABASE {self.name} TEMPLATE template0")

    def become_template(self) -> None:
        self._say(f"ALTER DATABASE {self.name} RENAME TO {self.template}")

    def refresh(self) -> None:
        self._say(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"CREATE DATABASE {self.name} TEMPLATE {self.template}",
        )

    def drop(self) -> None:
        self._say(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in (self.name, self.template)))

    def _say(self, *statements: str) -> None:
        with self.server.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
