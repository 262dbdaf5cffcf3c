"""Many values in one parameter: the statement stays the same however many there are, so it is made and planned once."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

Columns = Mapping[str, type[TypeEngine[Any]]]


class Many(TypeDecorator[Sequence[Any]]):
    """A list of values, or on SQLite of rows too: JSON there, an array on PostgreSQL."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, each: type[TypeEngine[Any]]) -> None:
        super().__init__()
        self.each = each

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """As the engine has it."""
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else ARRAY(self.each))

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        """The whole list at once."""
        return json.dumps(value, default=_stored) if dialect.name == "sqlite" and value is not None else value


def _stored(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")  # as UTCDateTime has it there


class among(FunctionElement[bool]):
    """`among(column, parameter)`: whether the column's value is one of the list's."""

    type = sa.Boolean()
    inherit_cache = True


@compiles(among, "sqlite")
def _among_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    column, many = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({many}))"


@compiles(among)
def _among(element: Any, compiler: Any, **kw: Any) -> str:
    column, many = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} = ANY ({many})"


def table_of(engine: str, columns: Columns) -> sa.FromClause:
    """Rows that come with the statement as a table `given`; execute with `rows_for`."""
    if engine == "sqlite":
        each_row = sa.func.json_each(sa.bindparam("rows", type_=Many(sa.Text))).table_valued("value", name="each_row")
        cells = (
            sa.func.json_extract(each_row.c.value, f"$[{n}]", type_=each()).label(name)
            for n, (name, each) in enumerate(columns.items())
        )
        return sa.select(*cells).subquery("given")
    lists = (sa.cast(sa.bindparam(name, type_=Many(each)), ARRAY(each)) for name, each in columns.items())
    typed = (sa.column(name, each()) for name, each in columns.items())
    return sa.func.unnest(*lists).table_valued(*typed, name="given").render_derived()


def rows_for(engine: str, columns: Columns, rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """What such a statement is executed with."""
    if engine == "sqlite":
        return {"rows": rows}
    return {name: list(values) for name, values in zip(columns, zip(*rows, strict=True), strict=True)}
