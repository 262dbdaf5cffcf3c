"""What the owner of a database can do to a log: guards away, constraints away, then any statement."""

from typing import Any

import sqlalchemy as sa

from app.extensions import db


def forge(*statements: str, **values: Any) -> None:
    """Run the statements past every guard, then let the session read anew."""
    db.session.commit()
    engine = sa.create_engine(db.engine.url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for statement in _unlock(connection):
            connection.execute(sa.text(statement))
        for statement in statements:
            assert connection.execute(sa.text(statement), values).rowcount, "the forgery hit nothing"
    engine.dispose()
    db.session.expire_all()


def _unlock(connection: sa.Connection) -> list[str]:
    if connection.dialect.name == "sqlite":  # foreign keys are off unless a connection asks for them
        triggers = connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        return ["PRAGMA ignore_check_constraints = ON", *(f"DROP TRIGGER {name}" for name in triggers)]
    checks = connection.execute(sa.text(
        "SELECT conrelid::regclass, conname FROM pg_constraint "
        "WHERE contype = 'c' AND conrelid IN ('log_entries'::regclass, 'log_chains'::regclass)"
    ))  # fmt: skip
    drop = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in checks]
    return [*drop, "SET LOCAL session_replication_role = replica"]
