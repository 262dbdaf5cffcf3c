"""Insert what is not there yet, on both engines and under a race: the first one stays."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import Model, db


def insert_for(model: type[Model]) -> Any:
    """The engine's own INSERT, which knows ON CONFLICT."""
    postgres = db.session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if postgres else sqlite.insert)(model)


def insert_once(model: type[Model], rows: Sequence[dict[str, Any]], key: Sequence[str]) -> None:
    """Insert the rows whose key is new. Waits for a rival who is inserting the same key."""
    if rows:
        db.session.flush()
        db.session.execute(insert_for(model).on_conflict_do_nothing(index_elements=list(key)), list(rows))


def insert_new(model: type[Model], row: dict[str, Any], key: Sequence[str]) -> bool:
    """Insert one row; answers whether it was new. Waits for a rival who is inserting the same key."""
    db.session.flush()
    insert = insert_for(model).values(**row).on_conflict_do_nothing(index_elements=list(key))
    done = db.session.execute(insert.returning(*(getattr(model, name) for name in key)))
    return done.first() is not None
