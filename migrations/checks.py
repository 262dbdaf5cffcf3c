"""Lets a column take the values an enum has gained, without copying the table: a copy drops its triggers on SQLite."""

from enum import StrEnum

import sqlalchemy as sa
from alembic import op


def widen(table: str, column: str, values: type[StrEnum] | list[str], name: str | None = None) -> None:
    """Rewrite the CHECK of `table.column` so that it takes exactly `values`; `name` is the constraint's own name.

    SQLite: the words of the table are edited in place, as its documentation allows for constraints
    (https://www.sqlite.org/lang_altertable.html, "Making other kinds of table schema changes").
    """
    said = [str(value) for value in values]
    connection = op.get_bind()
    name = name or _name(connection, table, column)
    words = ", ".join(f"'{value}'" for value in said)
    if connection.dialect.name == "postgresql":
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, sa.text(f"{column} IN ({words})"))
        return
    sql = connection.scalar(
        sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :name"), {"name": table}
    )
    start = sql.index(f"CONSTRAINT {name} CHECK (")
    end = sql.index("))", start) + 2
    new = f"{sql[:start]}CONSTRAINT {name} CHECK ({column} IN ({words})){sql[end:]}"
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = :name"),
        {"sql": new, "name": table},
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
    assert connection.scalar(sa.text("PRAGMA integrity_check")) == "ok"


def _name(connection: sa.Connection, table: str, column: str) -> str:
    """The one CHECK of the table that lists values of this column."""
    for check in sa.inspect(connection).get_check_constraints(table):
        words = check["sqltext"].replace('"', "").replace("(", " ").split()
        if words and words[0] == column and ("IN" in words[:2] or "=" in words[:3] or "ANY" in check["sqltext"]):
            return str(check["name"])
    raise LookupError(f"{table}.{column} has no CHECK of values")
