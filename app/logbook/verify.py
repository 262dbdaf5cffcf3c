"""Reads chains as they lie in the database and lets chain.py judge them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from app.extensions import db
from app.logbook.chain import Fault, Origin, Row, Verdict, stamp, verify_entries
from app.logbook.models import LogChain, LogEntry

FIELDS = tuple(Row.__dataclass_fields__)


def origin_of(chain: LogChain) -> Origin:
    """The chain's birth, as text."""
    return Origin(*(_plain(getattr(chain, name)) for name in Origin.__dataclass_fields__))


def row_of(entry: LogEntry) -> Row:
    """The entry as text, ready to be sealed, exported or verified."""
    return _row(getattr(entry, name) for name in FIELDS)


def verify_chain(chain_id: int, against: str | None = None) -> Verdict:
    """Judge one chain as stored, its head included. Raises LookupError when there is none."""
    stored = _stored_chain(chain_id)
    origin = Origin(stored["public_id"], stored["area_id"], stored["created_at"])
    last_at = origin.created_at

    def rows() -> Iterator[Row]:
        nonlocal last_at
        for row in _stored_rows(chain_id):
            last_at = row.recorded_at
            yield row

    verdict = verify_entries(origin, rows(), against)
    if not verdict.is_whole or (stored["seq"], stored["head_hash"], stored["head_at"]) == (
        str(verdict.entries), verdict.last_hash, last_at,
    ):  # fmt: skip
        return verdict
    cut = stored["seq"] or ""
    if cut.isdecimal() and int(cut) > verdict.entries:
        return replace(verdict, fault=Fault.CUT, seq=verdict.entries + 1)
    return replace(verdict, fault=Fault.HEAD, seq=verdict.entries)


def chain_ids() -> list[int]:
    """Every chain, also one of which only entries are left."""
    known = sa.select(LogChain.id).union(sa.select(LogEntry.chain_id))
    return sorted(db.session.scalars(known))


def _stored_chain(chain_id: int) -> dict[str, Any]:
    names = ("public_id", "area_id", "created_at", "seq", "head_hash", "head_at")
    query = sa.select(*(_raw(getattr(LogChain, name)) for name in names)).where(LogChain.id == chain_id)
    found = db.session.execute(query).first()
    if found is None:
        raise LookupError(chain_id)
    return dict(zip(names, map(_plain, found), strict=True))


def _stored_rows(chain_id: int) -> Iterator[Row]:
    columns = [_raw(getattr(LogEntry, name)) for name in FIELDS]
    query = sa.select(*columns).where(LogEntry.chain_id == chain_id).order_by(LogEntry.seq)
    for values in db.session.execute(query):
        yield _row(values)


def _raw(column: InstrumentedAttribute[Any]) -> sa.ColumnElement[Any]:
    """The column as it lies there, so that a forged value is reported instead of failing to load."""
    if db.engine.dialect.name == "sqlite":  # where any column may hold anything, text that is no text included
        return sa.cast(column, sa.LargeBinary)
    return sa.type_coerce(column, sa.types.NullType())


def _row(values: Iterable[Any]) -> Row:
    fields = dict(zip(FIELDS, values, strict=True))
    salt = fields.pop("salt")
    return Row(salt=salt, **{name: _plain(value) for name, value in fields.items()})


def _plain(value: Any) -> str | None:
    """A value of either engine as the text that is hashed."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, bool):
        return str(int(value))
    return None if value is None else str(value)
