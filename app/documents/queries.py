"""The asker's own documents, and whether any waits to be made."""

import sqlalchemy as sa

from app.accounts.models import User
from app.documents.models import Document, DocumentState
from app.extensions import db
from app.lib import clock


def own(user: User, public_id: str) -> Document | None:
    """One that this person asked for and that has not run out."""
    query = sa.select(Document).where(Document.public_id == public_id, Document.asked_by_id == user.id)
    return db.session.scalar(query.where(Document.expires_at > clock.now()))


def any_waiting() -> bool:
    """A cheap look, without locking anything, whether a worker is wanted."""
    waiting = sa.exists().where(Document.state == DocumentState.ASKED, Document.expires_at > clock.now())
    return bool(db.session.scalar(sa.select(waiting)))
