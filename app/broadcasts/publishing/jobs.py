"""What the scheduler calls: public texts are forgotten some time after nobody can read them any more."""

from datetime import timedelta

import sqlalchemy as sa

from app.broadcasts.publishing.models import Publication
from app.extensions import db
from app.lib import clock

KEPT = timedelta(days=30)


def forget_publications() -> None:
    """Blank their words. When they stood stays, as the broadcast's own log says it."""
    last = sa.func.coalesce(Publication.ended_at, Publication.expires_at)
    old = sa.select(Publication).where(last < clock.now() - KEPT, Publication.published_at.is_not(None))
    for one in db.session.scalars(old):
        if one.texts:
            one.texts = {}
    db.session.commit()
