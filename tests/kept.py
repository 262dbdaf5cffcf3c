"""What most tests begin with is made once and put back as rows: `kept("scene", build)`."""

import io
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from tests.databases import Database

NIGHT = datetime(2026, 11, 22, 22, 40, tzinfo=UTC)  # 23.40 in Denmark: when the driven clock starts
Made = TypeVar("Made")


class _Stage:
    """The database of the test that runs, and whether anything was written in it since it was put back."""

    database: Database | None = None
    is_untouched = False


_kept: dict[tuple[str, str], tuple[bytes, set[type]]] = {}


@contextmanager
def stage(database: Database) -> Iterator[None]:
    """While inside, this database may be put back to what was kept; it is empty now."""
    _Stage.database, _Stage.is_untouched = database, True
    try:
        yield
    finally:
        _Stage.database = None


@sa.event.listens_for(sa.Engine, "before_cursor_execute")
def _notice(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
    if not statement.lstrip().startswith(("SELECT", "PRAGMA", "BEGIN", "SET")):
        _Stage.is_untouched = False


def kept(name: str, build: Callable[[], Made]) -> Made:
    """What `build` answers: rows, and containers of rows. Made once per engine, then found again in its old place.

    Only at the hour when the driven clock starts and in a database that nobody has written in: everything that a row
    says of its time stays true then. Otherwise it is built.
    """
    database = _Stage.database
    if database is None or not _is_beginning():
        return build()
    key = (name, database.url)
    if key not in _kept:
        made = build()
        db.session.commit()
        _kept[key] = _frozen(made)
        _leave()
        database.keep(name)
    _leave()
    database.refresh(name)
    _Stage.is_untouched = False
    return _thawed(*_kept[key])


def _is_beginning() -> bool:
    return _Stage.is_untouched and clock.now() == NIGHT and not (db.session.new or db.session.identity_map)


def _leave() -> None:
    db.session.remove()
    db.engine.dispose()


class _Freezer(pickle.Pickler):
    """Keeps where a row stands instead of what it holds."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.classes: set[type] = set()

    def persistent_id(self, thing: Any) -> Any:
        if not isinstance(thing, db.Model):
            return None
        self.classes.add(type(thing))
        return type(thing), sa.inspect(thing).identity


def _frozen(made: Any) -> tuple[bytes, set[type]]:
    file = io.BytesIO()
    freezer = _Freezer(file)
    freezer.dump(made)
    return file.getvalue(), freezer.classes


class _Thawer(pickle.Unpickler):
    def persistent_load(self, where: Any) -> Any:
        return db.session.get(*where)


def _thawed(frozen: bytes, classes: set[type]) -> Any:
    at_hand = [db.session.scalars(sa.select(kind)).all() for kind in classes]  # one question each, not one per row
    made = _Thawer(io.BytesIO(frozen)).load()
    del at_hand
    return made
