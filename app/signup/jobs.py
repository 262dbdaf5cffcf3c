"""What the scheduler calls: whom a code went to is forgotten when it lives no longer; that one went, after a day."""

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.signup.models import SignUpCode
from app.signup.rules import DAY, LIVES


def forget_codes() -> None:
    """Both, and the code with the page that it opened."""
    now = clock.now()
    over = sa.and_(SignUpCode.address != "", SignUpCode.sent_at < now - 2 * LIVES)
    db.session.execute(sa.update(SignUpCode).where(over).values(address="", pass_hash=None))
    db.session.execute(sa.delete(SignUpCode).where(SignUpCode.sent_at < now - DAY))
    db.session.commit()
