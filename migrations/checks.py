"""Lets a column take values that an enum has gained, without copying the table: a copy drops its triggers on SQLite."""

import re

import sqlalchemy as sa
from alembic import op


def allow(table: str, column: str, *values: str) -> None:
    """The column takes these values too."""
    name, here = _check(table, column)
    _rewrite(table, column, name, [*here, *(value for value in values if value not in here)])


def forbid(table: str, column: str, *values: str) -> None:
    """The column takes these values no longer; rows that hold one stop the migration."""
    rows = sa.table(table, sa.column(column))
    if op.get_bind().scalar(sa.select(sa.func.count()).select_from(rows).where(rows.c[column].in_(values))):
        raise ValueError(f"{table}.{column} still holds one of {', '.join(values)}")
    name, here = _check(table, column)
    _rewrite(table, column, name, [value for value in here if value not in values])


def _check(table: str, column: str) -> tuple[str, list[str]]:
    """The column's CHECK: its name, and the values it lists."""
    for check in sa.inspect(op.get_bind()).get_check_constraints(table):
        said = check["sqltext"].replace('"', "").lstrip("( ")
        if re.match(rf"{column}\b\)?(::text)? (IN \(|= ANY )", said):
            return str(check["name"]), re.findall(r"'([^']*)'", said)
    raise LookupError(f"{table}.{column} has no CHECK that lists values")


def _rewrite(table: str, column: str, name: str, values: list[str]) -> None:
    """SQLite: the words of the table are edited in place, as its documentation allows for constraints.

    https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes".
    """
    connection = op.get_bind()
    quoted = connection.dialect.identifier_preparer.quote(column)
    words = f"{quoted} IN ({', '.join(repr(value) for value in values)})"
    if connection.dialect.name == "postgresql":
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, sa.text(words))
        return
    its = sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :name")
    before = str(connection.scalar(its, {"name": table}))
    start = before.index(f"CONSTRAINT {name} CHECK (")
    after = f"{before[:start]}CONSTRAINT {name} CHECK ({words}){before[before.index('))', start) + 2 :]}"
    version = int(connection.scalar(sa.text("PRAGMA schema_version")) or 0)
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = :name"),
        {"sql": after, "name": table},
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
    said = connection.scalar(sa.text("PRAGMA integrity_check"))
    if said != "ok":
        raise RuntimeError(f"{table} would not be whole: {said}")
