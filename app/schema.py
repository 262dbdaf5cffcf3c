"""The database's shape: knows every table, migrates under a lock so that two starts cannot race."""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy.engine import Engine

from app import backup
from app.extensions import db
from app.indicators import reference

APP = Path(__file__).parent
MIGRATIONS = APP.parent / "migrations"
ADVISORY_LOCK = 0x42657265_64736B61  # "Beredska": any number that nobody else uses in this database

log = logging.getLogger(__name__)


def import_models() -> None:
    """Import every package's models, so that `db.metadata` holds all tables."""
    for path in sorted([*APP.glob("*/models.py"), *APP.glob("*/models/__init__.py")]):
        folder = path.parent if path.name == "models.py" else path.parent.parent
        import_module(f"app.{folder.name}.models")


@contextmanager
def one_at_a_time(engine: Engine) -> Iterator[None]:
    """Wait until nobody else migrates this database, then keep others out."""
    if engine.dialect.name == "sqlite":
        if not engine.url.database:  # in memory: nobody else can see it
            yield
            return
        with open(f"{engine.url.database}.migrating", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    else:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(ADVISORY_LOCK)))
            yield  # the lock goes with the connection, also when the process dies
            connection.execute(sa.select(sa.func.pg_advisory_unlock(ADVISORY_LOCK)))


def at() -> str | None:
    """The revision the database is at; None before the first migration."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision that the code expects."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def upgrade() -> bool:
    """Bring the database to the newest shape, reference data included. Answers whether it was behind."""
    is_behind = at() != newest()
    if is_behind:
        flask_migrate.upgrade(directory=str(MIGRATIONS))
    with one_at_a_time(db.engine):
        reference.load()
        db.session.commit()
    return is_behind


def back_up_before_migration() -> None:
    """A copy of a database that holds something, before its shape changes."""
    revision = at()
    if revision is None:
        return
    file = backup.fresh_file(current_app.config["BEREDSKAB"].data_folder, f"before-migration-from-{revision}")
    try:
        backup.save(db.engine, file)
    except backup.ToolMissing as error:  # the owner of a PostgreSQL server keeps backups of his own
        log.warning("no backup before the migration: %s", error)
