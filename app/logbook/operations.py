"""Opens a chain and writes in it. Nothing else in the house writes log entries."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.errors import Refused
from app.extensions import db
from app.lib import clock, personal_data
from app.lib.i18n import N_, Reason
from app.lib.types import new_public_id
from app.logbook import chain as sealing
from app.logbook.kinds import Kind
from app.logbook.models import LogChain, LogEntry
from app.logbook.verify import origin_of, row_of
from app.plans.vocabulary import SharingLevel

LATE = timedelta(minutes=5)
# A time typed on a phone whose clock is a little fast is not "in the future".
CLOCK_DRIFT = timedelta(minutes=2)


@dataclass(frozen=True)
class Author:
    """Who writes, as which actor. `label` is the name or function shown; it can be erased, the keys cannot."""

    user_id: int | None
    actor_key: str
    organisation_key: str
    label: str


SYSTEM = Author(None, "system", "system", "Systemet")


class LooksLikeCpr(Refused):
    """The text holds what looks like a CPR number; the writer may remove it or say that it is none."""


def open_chain(area_id: int | None) -> LogChain:
    """A new, empty chain."""
    now = clock.now()
    chain = LogChain(public_id=new_public_id(), area_id=area_id, created_at=now, seq=0, head_at=now)
    chain.head_hash = origin_of(chain).hash()
    db.session.add(chain)
    db.session.flush()
    return chain


def append(
    chain: LogChain,
    *,
    kind: Kind,
    text: str,
    by: Author,
    sharing: SharingLevel,
    at: datetime | None = None,
    on_behalf_of: str | None = None,
    data: dict[str, Any] | None = None,
    corrects: LogEntry | None = None,
    ref: str | None = None,
    not_cpr: bool = False,
) -> LogEntry:
    """Write one entry at the end of the chain. Whoever shows the log raises its live topic.

    What people typed belongs in `text` and `on_behalf_of`, which are searched for CPR numbers
    (LooksLikeCpr, unless `not_cpr`); `data` holds keys, counts and names of a role. Texts that
    came in from outside never enter. Refused when `at` lies in the future.
    """
    if kind is Kind.ERASURE:
        raise ValueError("erasure.py alone says that a text was erased")
    found = [p for typed in (text, on_behalf_of or "") if (p := personal_data.refusal(typed))]
    if found and not not_cpr:
        raise LooksLikeCpr(Reason(found[0]))
    if corrects is not None and corrects.chain_id != chain.id:
        raise ValueError("an entry corrects one of its own chain")
    noted = {**(data or {}), **({"not_cpr": True} if found else {})}
    content = {"text": text, "author": by.label, "on_behalf_of": on_behalf_of, "ref": ref, "data": noted}
    corrects_seq = corrects.seq if corrects else None
    return write(chain, kind, {k: v for k, v in content.items() if v}, by, sharing, at, corrects_seq)


def write(
    chain: LogChain,
    kind: Kind,
    content: dict[str, Any],
    by: Author,
    sharing: SharingLevel,
    at: datetime | None = None,
    corrects_seq: int | None = None,
) -> LogEntry:
    """Seal and store one entry. Unexamined: for this package; everybody else calls append()."""
    chain = locked(chain)
    # Read after the lock, and never before the last entry: hosts' clocks may differ a little.
    recorded_at = max(clock.now(), chain.head_at)
    at = _happened(at, recorded_at)
    salt, text = secrets.token_bytes(16), sealing.canonical(content)
    entry = LogEntry(
        chain_id=chain.id, seq=chain.seq + 1, kind=kind,
        at=at, recorded_at=recorded_at, is_late=recorded_at - at > LATE,
        author_user_id=by.user_id, author_actor_key=by.actor_key, author_organisation_key=by.organisation_key,
        sharing=sharing, corrects_seq=corrects_seq, content_hash=sealing.content_hash(salt, text),
        previous_hash=chain.head_hash, salt=salt, content=text,
    )  # fmt: skip
    entry.entry_hash = row_of(entry).sealed(chain.public_id)
    chain.seq, chain.head_hash, chain.head_at = entry.seq, entry.entry_hash, recorded_at
    db.session.add(entry)
    db.session.flush()  # writes the head first; the database lets in only the entry that the head names
    return entry


def locked(chain: LogChain) -> LogChain:
    """The chain, read anew and held against other writers until the transaction ends."""
    query = sa.select(LogChain).where(LogChain.id == chain.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _happened(at: datetime | None, recorded_at: datetime) -> datetime:
    if at is not None and at > recorded_at + CLOCK_DRIFT:
        raise Refused(Reason(N_("Tidspunktet ligger i fremtiden. Ret det, og prøv igen.")))
    return min(at or recorded_at, recorded_at)
