"""Asked for, taken by a worker, made or not: the only ways a document changes."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.areas.by import By
from app.documents.models import Document, DocumentState, Fault
from app.extensions import db
from app.lib import clock
from app.live.operations import raise_topics

KEPT = timedelta(hours=24)
LEASE = timedelta(minutes=2)  # longer than any maker's time limit
LARGEST = 20 * 1024 * 1024
MOST_ATTEMPTS = 2  # a worker that dies while making it is no reason to give up at once


@dataclass(frozen=True)
class Wanted:
    """What is asked for: `data` holds all that may stand in the file, `back` is the page that asked."""

    kind: str
    about: str
    title: str
    filename: str
    back: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Claimed:
    """A document that this worker makes until the lease ends."""

    document_id: int
    attempt: int
    kind: str
    data: dict[str, Any]


def ask(wanted: Wanted, *, by: By) -> Document:
    """The document that will hold the file. The same asked twice is one; one that failed or ran out begins anew."""
    fingerprint = _fingerprint(wanted, by)
    query = sa.select(Document).where(Document.fingerprint == fingerprint).with_for_update()
    document = db.session.scalar(query)
    if document is None:
        names = {"kind": wanted.kind, "about": wanted.about, "title": wanted.title[:200]}
        document = Document(
            **names, filename=wanted.filename[:120], back=wanted.back, fingerprint=fingerprint,
            asked_by_id=by.user.id, asked_as_id=by.actor.id,
        )  # fmt: skip
        db.session.add(document)
    elif document.state is not DocumentState.FAILED and document.expires_at > clock.now():
        return document
    document.data = wanted.data
    _begin(document)
    return document


def promise(wanted: Wanted, *, by: By) -> Document:
    """One whose data are still being gathered: no worker takes it until `give` has them.

    Where they never come, because the asker's request was lost, the worker finds nothing in it and says so.
    """
    document = ask(wanted, by=by)
    document.leased_until = clock.now() + LEASE
    return document


def give(public_id: str, data: dict[str, Any]) -> None:
    """All that may stand in a promised one; from now on a worker makes it."""
    query = sa.select(Document).where(Document.public_id == public_id).with_for_update()
    document = db.session.scalar(query.execution_options(populate_existing=True))
    if document is None or document.data or document.state is DocumentState.MADE:
        return
    # It may have been given up meanwhile; its attempts go on, so that no worker mistakes it for what it holds.
    document.data, document.state, document.fault, document.leased_until = data, DocumentState.ASKED, None, None
    raise_topics(document.topic)


def try_again(document: Document) -> bool:
    """Once more what failed. False when it is being made or is made."""
    db.session.refresh(document, with_for_update=True)
    if document.state is not DocumentState.FAILED:
        return False
    _begin(document)
    return True


def claim_next() -> Claimed | None:
    """The next one that nobody makes; the caller commits before it begins. Gives up on what keeps being lost."""
    now = clock.now()
    query = sa.select(Document).where(
        Document.state == DocumentState.ASKED,
        Document.expires_at > now,
        sa.or_(Document.leased_until.is_(None), Document.leased_until < now),
    )
    document = db.session.scalar(query.order_by(Document.id).limit(1).with_for_update(skip_locked=True))
    if document is None:
        return None
    document.attempts, document.leased_until = document.attempts + 1, now + LEASE
    return Claimed(document.id, document.attempts, document.kind, document.data)


def note_progress(claimed: Claimed, percent: int) -> None:
    """How far it is; the lease begins anew."""
    own = sa.update(Document).where(
        Document.id == claimed.document_id, Document.state == DocumentState.ASKED, Document.attempts == claimed.attempt
    )
    db.session.execute(own.values(progress=percent, leased_until=clock.now() + LEASE))
    raise_topics(f"document:{claimed.document_id}")


def record(claimed: Claimed, made: bytes | Fault) -> Document | None:
    """What came of it, unless another worker has taken it meanwhile. Answers the document when it is made."""
    document = db.session.get(Document, claimed.document_id, with_for_update=True, populate_existing=True)
    if document is None or document.state is not DocumentState.ASKED or document.attempts != claimed.attempt:
        return None
    if isinstance(made, bytes) and len(made) > LARGEST:
        made = Fault.TOO_LARGE
    if isinstance(made, Fault):
        document.state, document.fault = DocumentState.FAILED, made
    else:
        document.state, document.content, document.size, document.data = DocumentState.MADE, made, len(made), {}
    raise_topics(document.topic)
    return document if document.state is DocumentState.MADE else None


def forget() -> int:
    """Deletes what is older than a day. Answers how many."""
    gone = db.session.execute(sa.delete(Document).where(Document.expires_at <= clock.now()))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _begin(document: Document) -> None:
    now = clock.now()
    document.state, document.fault, document.content, document.size = DocumentState.ASKED, None, None, 0
    document.attempts, document.leased_until, document.progress = 0, None, None
    document.asked_at, document.expires_at = now, now + KEPT
    db.session.flush()
    raise_topics(document.topic)


def _fingerprint(wanted: Wanted, by: By) -> str:
    said = json.dumps([by.user.id, by.actor.id, wanted.kind, wanted.about, wanted.data], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
