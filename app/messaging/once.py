"""Insert what is not there yet, on both engines and under a race: the first one stays."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import Model, db


def insert_for(model: type[Model]) -> Any:
    """The engine's own INSERT, which knows ON CONFLICT."""
    postgres = db.session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if postgres else sqlite.insert)(model)


def insert_once(model: type[Model], rows: Sequence[dict[str, Any]], key: Sequence[str]) -> int:
    """Insert the rows whose key is new; answers how many that were. Waits for a rival who is inserting the same key."""
    if not rows:
        return 0
    db.session.flush()
    done = db.session.execute(insert_for(model).on_conflict_do_nothing(index_elements=list(key)), list(rows))
    return int(getattr(done, "rowcount", 0))
