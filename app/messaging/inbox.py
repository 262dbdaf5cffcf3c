"""Replies from outside: read by the question they answer; what fits none waits in the area's inbox."""

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging import hooks
from app.messaging.models import Delivery, InboundMessage
from app.messaging.once import insert_new

KEY = ["channel", "provider_id"]


def receive(channel: str, provider_id: str, from_address: str, to_address: str, text: str) -> InboundMessage:
    """Take a reply, once per provider's id, and offer it to those who asked something. Flushes."""
    row = {
        "channel": channel,
        "provider_id": provider_id,
        "from_address": from_address,
        "to_address": to_address,
        "received_at": clock.now(),
    }
    is_new = insert_new(InboundMessage, row, KEY)
    message = db.session.scalars(sa.select(InboundMessage).filter_by(channel=channel, provider_id=provider_id)).one()
    if is_new:
        heard = InboundMessage(id=message.id, text=text, **row)  # never added: a matched text reaches no table
        message.answered_count = sum(bool(listener(heard)) for listener in list(hooks.on_reply))
        message.matched = message.answered_count > 0
        message.area_id = _area_of(from_address)
        message.text = None if message.matched else text
        db.session.flush()
    return message


def _area_of(address: str) -> int | None:
    """The area that wrote last to this address."""
    newest = sa.select(Delivery.area_id).where(Delivery.address == address, Delivery.area_id.is_not(None))
    return db.session.scalar(newest.order_by(Delivery.id.desc()).limit(1))
