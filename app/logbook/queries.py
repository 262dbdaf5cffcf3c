"""Reads the log: newest first, page by page. Who may read which entry is for those above to ask."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import defer

from app.extensions import db
from app.logbook.kinds import Kind
from app.logbook.models import LogChain, LogEntry

_NEWEST = (
    sa.select(LogEntry)
    .where(LogEntry.chain_id == sa.bindparam("chain_id"))
    .order_by(LogEntry.seq.desc())
    .limit(sa.bindparam("limit"))
    .options(*(defer(column) for column in (LogEntry.content_hash, LogEntry.previous_hash, LogEntry.salt)))
)


def page(
    chain: LogChain, before_seq: int | None = None, limit: int = 50, kinds: Collection[Kind] | None = None
) -> list[LogEntry]:
    """Up to `limit` entries, newest first, older than `before_seq`."""
    return page_of(chain.id, before_seq, limit, kinds)


def page_of(
    chain_id: int, before_seq: int | None = None, limit: int = 50, kinds: Collection[Kind] | None = None
) -> list[LogEntry]:
    """The same by the chain's id: to read a log, its head is not needed."""
    if before_seq is None and kinds is None:
        return list(db.session.scalars(_NEWEST, {"chain_id": chain_id, "limit": limit}))
    query = sa.select(LogEntry).where(LogEntry.chain_id == chain_id)
    if before_seq is not None:
        query = query.where(LogEntry.seq < before_seq)
    if kinds is not None:
        query = query.where(LogEntry.kind.in_(kinds))
    return list(db.session.scalars(query.order_by(LogEntry.seq.desc()).limit(limit)))


def last_head(chain: LogChain) -> str:
    """`chain:seq:hash` of the last entry: what is mailed and printed, and later given to verification."""
    return f"{chain.public_id}:{chain.seq}:{chain.head_hash}"
