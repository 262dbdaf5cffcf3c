"""Runs migrations: every model known, one start at a time, a backup first."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from app import schema
from app.extensions import db
from app.lib.types import UTCDateTime


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write our column types in plain SQLAlchemy, so that an old migration never depends on the code of today."""
    if kind != "type":
        return False
    if isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.JSON):
        autogen_context.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    if isinstance(item, sa.Enum) and not item.native_enum:  # Alembic's own rendering forgets the CHECK constraint
        values = ", ".join(repr(value) for value in item.enums)
        return (
            f"sa.Enum({values}, name={item.name!r}, native_enum=False, "
            f"create_constraint={item.create_constraint}, length={item.length})"
        )
    return False


def moves_the_schema() -> bool:
    """Whether this run goes to another revision, rather than writing a new migration or only looking."""
    try:
        context.get_revision_argument()
    except KeyError:
        return False
    return True


def run() -> None:
    schema.import_models()
    arguments = dict(current_app.extensions["migrate"].configure_args)
    with schema.one_at_a_time(db.engine):
        if moves_the_schema():
            schema.back_up_before_migration()
        with db.engine.connect() as connection:
            context.configure(
                connection=connection,
                target_metadata=db.metadata,
                render_item=render_item,
                transactional_ddl=True,  # true on SQLite too: app.lib.database says BEGIN itself
                **arguments,
            )
            with context.begin_transaction():
                context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations are run against a database, not printed as SQL.")
run()
