"""What the worker does for accounts: forget what has no use any longer."""

from datetime import timedelta

import sqlalchemy as sa

from app.accounts import limits
from app.accounts.models import AuditEntry, PasswordLink, RegisteredPhone
from app.extensions import db
from app.lib import clock

AUDIT_KEPT = timedelta(days=730)


def forget_old() -> None:
    """Remove expired links and phones, tries that delay nobody, and the audit trail after 24 months."""
    now = clock.now()
    db.session.execute(sa.delete(PasswordLink).where(PasswordLink.expires_at < now))
    db.session.execute(sa.delete(RegisteredPhone).where(RegisteredPhone.expires_at < now))
    db.session.execute(sa.delete(AuditEntry).where(AuditEntry.at < now - AUDIT_KEPT))
    limits.forget_old()
    db.session.commit()
