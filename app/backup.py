"""Copies of the database: made while the application runs, put back while it does not."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from app.lib import clock

OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
TRIES = 10


class BackupFailed(RuntimeError):
    """The copy could not be made or put back; the text says why and what to do."""


class ToolMissing(BackupFailed):
    """PostgreSQL's own pg_dump or pg_restore is not installed here."""


def fresh_file(data_folder: Path, about: str) -> Path:
    """A name that sorts by time: `backups/2026-11-22T22-40-05Z-about.backup` in the data folder."""
    return data_folder / "backups" / f"{clock.now():%Y-%m-%dT%H-%M-%SZ}-{about}.backup"


def save(engine: Engine, file: Path) -> None:
    """Write a whole, consistent copy to `file`, which must not exist. Writers go on meanwhile."""
    if file.exists():
        raise BackupFailed(f"{file} is there already: choose another name")
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished.touch(mode=0o600)  # it holds names and phone numbers
        copy = _save_sqlite if engine.dialect.name == "sqlite" else _save_postgresql
        copy(engine, unfinished)
        unfinished.rename(file)
    except OSError as error:
        raise BackupFailed(f"{file} cannot be written: {error.strerror}") from error
    except sqlite3.DatabaseError as error:
        raise BackupFailed(f"the database cannot be read: {error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def restore(engine: Engine, file: Path) -> None:
    """Replace the whole database by the copy. Refused while anybody has the database open."""
    if not file.is_file():
        raise BackupFailed(f"{file} is not there")
    engine.dispose()
    put_back = _restore_sqlite if engine.dialect.name == "sqlite" else _restore_postgresql
    put_back(engine, file)


@contextmanager
def in_use(data_folder: Path) -> Iterator[None]:
    """Held while web and worker run on this data folder; waits for a restore to finish."""
    with open(data_folder / "running", "a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def out_of_use(data_folder: Path) -> Iterator[None]:
    """Held by a restore, so that nothing starts meanwhile. Raises BackupFailed when something runs already."""
    with open(data_folder / "running", "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFailed("Beredskab is running on this data folder: stop it first") from None
        yield


def _save_sqlite(engine: Engine, file: Path) -> None:
    with closing(sqlite3.connect(str(engine.url.database))) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it


def _restore_sqlite(engine: Engine, file: Path) -> None:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
        if not _is_sound(source):
            raise BackupFailed(f"{file} is no backup of a SQLite database, or it is damaged")
        database = Path(str(engine.url.database))
        _refuse_if_open(database)
        beside = database.with_name(f"{database.name}.restoring")
        beside.unlink(missing_ok=True)
        with closing(sqlite3.connect(beside)) as target:
            source.backup(target)
        for leftover in ("-wal", "-shm"):  # they belong to the old content
            database.with_name(f"{database.name}{leftover}").unlink(missing_ok=True)
        beside.replace(database)


def _refuse_if_open(database: Path) -> None:
    with closing(sqlite3.connect(database, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")  # SQLite agrees only when nobody else has it open
        except sqlite3.OperationalError:
            raise BackupFailed("the database is open in another program: stop Beredskab first") from None
        except sqlite3.DatabaseError:
            pass  # damaged, which is why a copy is put back


def _is_sound(database: sqlite3.Connection) -> bool:
    try:
        return bool(database.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _save_postgresql(engine: Engine, file: Path) -> None:
    _run("pg_dump", engine, "--format=custom", "--no-owner", f"--file={file}")


def _restore_postgresql(engine: Engine, file: Path) -> None:
    _run("pg_restore", None, "--list", str(file))  # readable at all? Ask before anything is dropped.
    if not _is_alone(engine):
        raise BackupFailed("the database is open in another program: stop Beredskab on every machine first")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    _run("pg_restore", engine, "--no-owner", "--single-transaction", "--exit-on-error", str(file))


def _is_alone(engine: Engine) -> bool:
    """A connection that was closed a moment ago (pg_dump's, our own) may still be there for another one."""
    for _again in range(TRIES):
        with engine.connect() as connection:  # anew each time: within a transaction the answer stays the same
            if not connection.scalar(sa.text(OTHERS)):
                return True
        time.sleep(0.1)
    return False


def _run(tool: str, engine: Engine | None, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise ToolMissing(f"{tool} is not installed here (Debian: apt install postgresql-client)")
    environment = dict(os.environ)
    if engine:
        plain = engine.url.set(drivername="postgresql")
        if plain.password:  # a command line can be read by everybody on the machine
            environment["PGPASSWORD"] = str(plain.password)
        address = sa.URL.create("postgresql", plain.username, None, plain.host, plain.port, plain.database, plain.query)
        arguments = (f"--dbname={address.render_as_string(hide_password=False)}", *arguments)
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BackupFailed(f"{tool} failed: {done.stderr.strip()}")
