"""Reads the log: newest first, page by page, each entry shown or withheld."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import sqlalchemy as sa

from app.extensions import db
from app.logbook.kinds import Kind
from app.logbook.models import LogChain, LogEntry


@dataclass(frozen=True)
class Withheld:
    """What a reader sees of an entry that is not for them: enough to verify the chain, nothing more."""

    seq: int
    entry_hash: str

    is_withheld = True


def page(
    chain: LogChain, before_seq: int | None = None, limit: int = 50, kinds: Collection[Kind] | None = None
) -> list[LogEntry]:
    """Up to `limit` entries, newest first, older than `before_seq`."""
    query = sa.select(LogEntry).where(LogEntry.chain_id == chain.id)
    if before_seq is not None:
        query = query.where(LogEntry.seq < before_seq)
    if kinds is not None:
        query = query.where(LogEntry.kind.in_(kinds))
    return list(db.session.scalars(query.order_by(LogEntry.seq.desc()).limit(limit)))


def visible(entry: LogEntry, may_see: Callable[[LogEntry], bool]) -> LogEntry | Withheld:
    """The entry, or its hash alone."""
    return entry if may_see(entry) else Withheld(entry.seq, entry.entry_hash)


def last_head(chain: LogChain) -> str:
    """`chain:seq:hash` of the last entry: what is mailed and printed, and later given to verification."""
    return f"{chain.public_id}:{chain.seq}:{chain.head_hash}"
