"""Which papers were made: the audit trail's own lines, so that a paper with numbers on it is never made unseen."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import AuditEntry
from app.accounts.permissions import Permission
from app.areas.acting import Acting
from app.documents.models import Document
from app.documents.queries import own
from app.extensions import db

KIND = "plan_file"
SHOWN = 20


@dataclass(frozen=True)
class Taken:
    """One file. `document` leads to it, for whoever made it, for a day."""

    title: str
    at: datetime
    who: str
    document: str | None


def newest(who: Acting) -> list[Taken]:
    """Coordinators see everybody's, others their own."""
    query = sa.select(AuditEntry).where(AuditEntry.area_id == who.area.id, AuditEntry.kind == KIND)
    if not who.may(Permission.COORDINATE):
        query = query.where(AuditEntry.by_user_id == who.user.id)
    found = db.session.scalars(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(SHOWN))
    return [Taken(e.detail["title"], e.at, e.detail["who"], _still_there(who, e)) for e in found]


def is_noted(document: Document) -> bool:
    """Whether a line tells of this very making already."""
    query = sa.select(AuditEntry).where(AuditEntry.kind == KIND, AuditEntry.at >= document.asked_at)
    return any(e.detail.get("document") == document.public_id for e in db.session.scalars(query))


def _still_there(who: Acting, entry: AuditEntry) -> str | None:
    if entry.by_user_id != who.user.id:
        return None
    document = own(who.user, entry.detail["document"])
    return document.public_id if document and document.asked_at.isoformat() == entry.detail["asked"] else None
