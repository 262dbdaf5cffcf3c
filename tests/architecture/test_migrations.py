"""The migrations build exactly what the models say, on both engines, up and down."""

import re

import flask_migrate
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app import schema
from app.extensions import db


def test_there_is_one_newest_migration():
    assert len(ScriptDirectory(str(schema.MIGRATIONS)).get_heads()) == 1


def test_models_and_migrations_do_not_drift(app):
    schema.import_models()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": db.metadata})
        assert compare_metadata(context, db.metadata) == []


def test_every_check_in_the_models_is_in_the_database(app):
    schema.import_models()
    inspector = sa.inspect(db.engine)
    for table in db.metadata.sorted_tables:
        here = {check["name"] for check in inspector.get_check_constraints(table.name)}
        wanted = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        assert here == wanted, table.name


def test_the_checks_take_exactly_what_the_models_know(app):
    schema.import_models()
    inspector = sa.inspect(db.engine)
    for table in db.metadata.sorted_tables:
        here = {check["name"]: check["sqltext"] for check in inspector.get_check_constraints(table.name)}
        for column in table.columns:
            if isinstance(column.type, sa.Enum) and column.type.create_constraint:
                (name,) = (str(c.name) for c in table.constraints if _lists(c, column))
                assert set(re.findall(r"'([^']*)'", here[name])) == set(column.type.enums), column


def _lists(constraint: sa.Constraint, column: sa.Column) -> bool:
    """Whether this is the CHECK that SQLAlchemy makes of the column's enum."""
    return isinstance(constraint, sa.CheckConstraint) and str(getattr(constraint.sqltext, "left", "")).replace(
        '"', ""
    ) == str(column)


def test_up_down_up_ends_where_it_began(app):
    start = _shape()
    flask_migrate.downgrade(directory=str(schema.MIGRATIONS), revision="base")
    assert sa.inspect(db.engine).get_table_names() == ["alembic_version"]
    flask_migrate.upgrade(directory=str(schema.MIGRATIONS))
    assert _shape() == start


def _shape() -> set[tuple[str, ...]]:
    db.session.remove()
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            rows = connection.execute(sa.text("SELECT type, name, tbl_name, sql FROM sqlite_master"))
        else:
            rows = connection.execute(
                sa.text(
                    "SELECT 'column', table_name, column_name, data_type FROM information_schema.columns"
                    " WHERE table_schema = 'public'"
                    " UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes"
                    " WHERE schemaname = 'public'"
                    " UNION ALL SELECT 'check', conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
                    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
                    " UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)"
                    " FROM pg_trigger WHERE NOT tgisinternal"
                    " UNION ALL SELECT 'function', proname, prosrc, '' FROM pg_proc"
                    " WHERE pronamespace = 'public'::regnamespace"
                )
            )
        return {tuple(str(value) for value in row) for row in rows}
