"""Entries as plain data, each read from the database once in a process: what is written in a log never changes.

An entry's hash covers all that it says, so it is known by its hash and by whether its text still stands. Each page
asks the database for those two, so that a text that is erased is gone from the next page on.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.extensions import db
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.plans.vocabulary import SharingLevel

KEPT = 5_000


@dataclass(frozen=True, eq=False)  # one of each, so that what is kept of an entry is found by it
class Entry:
    """The same names as on `LogEntry`."""

    seq: int
    kind: Kind
    at: datetime
    recorded_at: datetime
    is_late: bool
    author_user_id: int | None
    author_actor_key: str
    author_organisation_key: str
    sharing: SharingLevel
    corrects_seq: int | None
    entry_hash: str
    is_erased: bool
    text: str | None
    author_label: str | None
    on_behalf_of: str | None
    data: Mapping[str, Any]


_log = LogEntry.__table__
_SAID = (
    "seq", "kind", "at", "recorded_at", "is_late", "author_user_id", "author_actor_key", "author_organisation_key",
    "sharing", "corrects_seq", "entry_hash",
)  # fmt: skip
_THOSE = (
    sa.select(_log.c.seq, _log.c.entry_hash, _log.c.content.is_(None))
    .where(_log.c.chain_id == sa.bindparam("chain_id"), _log.c.seq < sa.bindparam("before"))
    .order_by(_log.c.seq.desc())
    .limit(sa.bindparam("limit"))
)
_WHOLE = sa.select(*(_log.c[name] for name in _SAID), _log.c.content).where(
    _log.c.chain_id == sa.bindparam("chain_id"), _log.c.seq.in_(sa.bindparam("numbers", expanding=True))
)
_ABOVE_ALL = 2**31 - 1

_kept: dict[str, Entry] = {}


def page_of(chain_id: int, before: int | None, limit: int) -> list[Entry]:
    """The newest entries, or the newest older than number `before`; who may read which is for those above to ask."""
    given = {"chain_id": chain_id, "before": _ABOVE_ALL if before is None else before, "limit": limit}
    rows = db.session.execute(_THOSE, given).all()
    found = {hash_: _kept.get(hash_) for _, hash_, _ in rows}
    unread = [seq for seq, hash_, is_erased in rows if not _is_as_kept(found[hash_], is_erased)]
    found |= _read(chain_id, unread)
    return [entry for _, hash_, _ in rows if (entry := found[hash_]) is not None]


def _is_as_kept(known: Entry | None, is_erased: bool) -> bool:
    return known is not None and known.is_erased == is_erased


def _read(chain_id: int, numbers: list[int]) -> dict[str, Entry]:
    if not numbers:
        return {}
    rows = db.session.execute(_WHOLE, {"chain_id": chain_id, "numbers": numbers})
    new = {row.entry_hash: _entry(row) for row in rows}
    if len(_kept) + len(new) > KEPT:
        _kept.clear()
    _kept.update(new)
    return new


def _entry(row: Any) -> Entry:
    columns = row._asdict()
    content = columns.pop("content")
    said = json.loads(content) if content is not None else {}
    return Entry(
        **columns, is_erased=content is None, text=said.get("text"), author_label=said.get("author"),
        on_behalf_of=said.get("on_behalf_of"), data=said.get("data", {}),
    )  # fmt: skip


def forget() -> None:
    """Read everything anew: for measuring."""
    _kept.clear()
