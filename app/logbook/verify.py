"""Reads chains as they lie in the database and lets chain.py judge them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from app.extensions import db
from app.logbook.chain import Fault, Origin, Row, Verdict, stamp, verify_entries
from app.logbook.models import LogChain, LogEntry

FIELDS, BIRTH = tuple(Row.__dataclass_fields__), tuple(Origin.__dataclass_fields__)
HEAD = ("seq", "head_hash", "head_at")
Head = tuple[str | None, str | None, str | None]


def origin_of(chain: LogChain) -> Origin:
    """The chain's birth, as text."""
    return Origin(*(_plain(getattr(chain, name)) for name in BIRTH))


def row_of(entry: LogEntry) -> Row:
    """The entry as text, ready to be sealed, exported or verified."""
    return _row(getattr(entry, name) for name in FIELDS)


def verify_chain(chain_id: int, against: str | None = None) -> Verdict:
    """Judge one chain as stored, its head included. Raises LookupError when there is none."""
    origin, head, rows = _stored(chain_id)
    verdict = verify_entries(origin, rows, against)
    last_at = rows[-1].recorded_at if rows else origin.created_at
    if not verdict.is_whole or head == (str(verdict.entries), verdict.last_hash, last_at):
        return verdict
    seq = head[0] or ""
    if seq.isdecimal() and int(seq) > verdict.entries:
        return replace(verdict, fault=Fault.CUT, seq=verdict.entries + 1)
    return replace(verdict, fault=Fault.HEAD, seq=verdict.entries)


def chain_ids() -> list[int]:
    """Every chain, also one of which only entries are left."""
    known = sa.select(LogChain.id).union(sa.select(LogEntry.chain_id))
    return sorted(db.session.scalars(known))


def _stored(chain_id: int) -> tuple[Origin, Head, list[Row]]:
    # One statement: an entry written meanwhile is seen together with its head, or not at all.
    chain = [_raw(getattr(LogChain, name)) for name in (*BIRTH, *HEAD)]
    entry = [_raw(getattr(LogEntry, name)).label(f"entry_{name}") for name in FIELDS]
    query = sa.select(*chain, *entry).outerjoin(LogEntry, LogEntry.chain_id == LogChain.id)
    found = db.session.execute(query.where(LogChain.id == chain_id).order_by(LogEntry.seq)).all()
    if not found:
        raise LookupError(chain_id)
    public_id, area_id, created_at, seq, head_hash, head_at = map(_plain, found[0][: len(chain)])
    entries = [line[len(chain) :] for line in found]
    rows = [_row(values) for values in entries if values[0] is not None]  # an empty chain joins one line of nothing
    return Origin(public_id, area_id, created_at), (seq, head_hash, head_at), rows


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
