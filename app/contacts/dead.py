"""An address that leads nowhere is marked so, and is not written to again until somebody has looked at it."""

import sqlalchemy as sa

from app.contacts.models import ContactPoint
from app.extensions import db
from app.lib import clock
from app.messaging.hooks import Ended
from app.messaging.states import DeliveryState
from app.messaging.twilio_words import is_dead


def on_outcome(ended: list[Ended]) -> None:
    """Fills messaging's slot: what ended because of its address, not because of the provider or the moment."""
    addresses = {d.address for d in ended if d.state is DeliveryState.FAILED and is_dead(d.code)}
    if addresses:
        working = sa.select(ContactPoint).where(ContactPoint.address.in_(addresses), ContactPoint.dead_at.is_(None))
        for point in db.session.scalars(working.order_by(ContactPoint.id)):
            point.dead_at = clock.now()
