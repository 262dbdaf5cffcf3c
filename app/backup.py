"""Copies of the database: made while the application runs, put back while it does not."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import URL, Engine

from app.lib import clock


class BackupFailed(Exception):
    """The copy could not be made or put back; the text says why and what to do."""


class ToolMissing(BackupFailed):
    """PostgreSQL's own pg_dump or pg_restore is not installed here."""


def name(about: str) -> str:
    """A file name that sorts by time: `2026-11-22T22-40-05Z-about.backup`."""
    return f"{clock.now():%Y-%m-%dT%H-%M-%SZ}-{about}.backup"


def save(engine: Engine, file: Path) -> None:
    """Write a whole, consistent copy to `file`, which must not exist. Writers go on meanwhile."""
    if file.exists():
        raise BackupFailed(f"{file} is there already: choose another name")
    unfinished = file.with_name(file.name + ".unfinished")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.touch(mode=0o600)  # it holds names and phone numbers
        _save_sqlite(engine, unfinished) if engine.dialect.name == "sqlite" else _save_postgresql(engine, unfinished)
        unfinished.rename(file)
    except OSError as error:
        raise BackupFailed(f"{file} cannot be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def restore(engine: Engine, file: Path) -> None:
    """Replace the whole database by the copy. Nobody may use the database meanwhile: see `alone`."""
    if not file.is_file():
        raise BackupFailed(f"{file} is not there")
    engine.dispose()
    _restore_sqlite(engine, file) if engine.dialect.name == "sqlite" else _restore_postgresql(engine, file)


def _save_sqlite(engine: Engine, file: Path) -> None:
    with closing(sqlite3.connect(str(engine.url.database))) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)


def _restore_sqlite(engine: Engine, file: Path) -> None:
    database = Path(str(engine.url.database))
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
        try:
            sound = source.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            raise BackupFailed(f"{file} is no sound backup of a SQLite database")
        with closing(sqlite3.connect(database)) as target:
            source.backup(target)


def _save_postgresql(engine: Engine, file: Path) -> None:
    _run("pg_dump", engine.url, "--format=custom", "--no-owner", f"--file={file}")


def _restore_postgresql(engine: Engine, file: Path) -> None:
    _run(
        "pg_restore", engine.url, "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error",
        str(file),
    )  # fmt: skip


def _run(tool: str, url: URL, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise ToolMissing(f"{tool} is not installed; it comes with PostgreSQL's client programs (postgresql-client)")
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})  # never on the command line
    done = subprocess.run([program, f"--dbname={plain}", *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BackupFailed(f"{tool} failed: {done.stderr.strip()}")


@contextmanager
def in_use(data_folder: Path) -> Iterator[None]:
    """Held by a running web or worker process, so that a restore keeps its hands off."""
    with _lock(data_folder, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(data_folder: Path) -> Iterator[None]:
    """Held by a restore. Raises BackupFailed while the application runs on this data folder."""
    try:
        with _lock(data_folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield
    except BlockingIOError:
        raise BackupFailed("Beredskab is running: stop it before restoring") from None


@contextmanager
def _lock(data_folder: Path, how: int) -> Iterator[None]:
    with open(data_folder / "running", "a") as file:
        fcntl.flock(file, how)
        yield
