"""Erases texts: one entry by two people, or a whole chain when its time is up. The chain stays verifiable."""

from typing import Any

import sqlalchemy as sa

from app.errors import Refused
from app.extensions import db
from app.lib import clock, personal_data
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.logbook.models import ErasureRequest, LogChain, LogEntry
from app.logbook.operations import SYSTEM, Author, LooksLikeCpr, locked, write
from app.plans.vocabulary import SharingLevel


def request_erasure(entry: LogEntry, by: Author, reason: str) -> ErasureRequest:
    """Ask that the entry's text be erased. A second person must agree: see erase()."""
    locked(entry.chain)
    _refuse_unless_erasable(entry, by)
    if found := personal_data.refusal(reason):
        raise LooksLikeCpr(Reason(found))
    if request := open_request(entry):
        return request
    request = ErasureRequest(
        chain_id=entry.chain_id, seq=entry.seq, reason=reason, requested_by_id=by.user_id, requested_at=clock.now()
    )
    db.session.add(request)
    db.session.flush()
    return request


def open_request(entry: LogEntry) -> ErasureRequest | None:
    """The request that waits for a second person, if any."""
    query = sa.select(ErasureRequest).filter_by(chain_id=entry.chain_id, seq=entry.seq, done_at=None)
    return db.session.scalars(query).one_or_none()


def erase(entry: LogEntry, by: Author) -> LogEntry:
    """Erase the text that another person asked to have erased; answers the entry that says so."""
    chain = locked(entry.chain)
    db.session.refresh(entry)
    _refuse_unless_erasable(entry, by)
    request = open_request(entry)
    if request is None:
        raise Refused(Reason(N_("En anden skal først bede om, at teksten slettes.")))
    if request.requested_by_id == by.user_id:
        raise Refused(Reason(N_("Du bad selv om sletningen. En anden skal udføre den.")))
    request.done_by_id, request.done_at = by.user_id, clock.now()
    _empty(chain, entry.seq, entry.seq)
    db.session.refresh(entry)
    # Whoever may read the emptied entry must be able to read why it is empty, else the log looks broken to them.
    own = entry.sharing is SharingLevel.OWN_ORGANISATION
    sharing = SharingLevel.PARTIES if own else entry.sharing
    return _say(chain, entry.seq, entry.seq, by, sharing, {"requested_by": request.requested_by_id})


def erase_expired(chain: LogChain, by: Author = SYSTEM) -> LogEntry | None:
    """Erase every text of a chain whose time is up. Once; None when there was nothing left to erase."""
    chain = locked(chain)
    last = chain.seq
    if not _empty(chain, 1, last):
        return None
    db.session.execute(sa.delete(ErasureRequest).where(ErasureRequest.chain_id == chain.id))
    db.session.expire_all()
    return _say(chain, 1, last, by, SharingLevel.PUBLIC, {"expired": True})


def erase_anew(chain: LogChain, seq: int) -> LogEntry | None:
    """In a restored copy: what two people erased after it was made goes once more. None when it is gone already."""
    chain = locked(chain)
    if not _empty(chain, seq, seq):
        return None
    db.session.execute(sa.delete(ErasureRequest).where(ErasureRequest.chain_id == chain.id, ErasureRequest.seq == seq))
    db.session.expire_all()
    return _say(chain, seq, seq, SYSTEM, SharingLevel.PARTIES, {"restored": True})


def _refuse_unless_erasable(entry: LogEntry, by: Author) -> None:
    if by.user_id is None:
        raise ValueError("an erasure is done by people")
    if entry.is_erased:
        raise Refused(Reason(N_("Teksten er allerede slettet.")))
    if entry.kind is Kind.ERASURE:
        raise Refused(Reason(N_("En indførsel om sletning kan ikke slettes.")))


def _empty(chain: LogChain, first: int, last: int) -> int:
    """How many texts went. What says that something was erased stays, else the log could not prove itself."""
    within = LogEntry.seq.between(first, last) & LogEntry.content.is_not(None) & (LogEntry.kind != Kind.ERASURE)
    statement = sa.update(LogEntry).where(LogEntry.chain_id == chain.id, within).values(content=None, salt=None)
    return db.session.execute(statement.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined, no-any-return]


def _say(chain: LogChain, first: int, last: int, by: Author, sharing: SharingLevel, data: dict[str, Any]) -> LogEntry:
    # No name and no reason here: this entry stays for ever. The reason stands in the request.
    text = f"Teksten i nr. {first} er slettet." if first == last else f"Teksten i nr. {first}-{last} er slettet."
    return write(chain, Kind.ERASURE, {"text": text, "data": {"erased": [first, last], **data}}, by, sharing)
