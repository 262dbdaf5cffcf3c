"""Replies from outside: read by the question they answer; what fits none waits in the area's inbox."""

from datetime import timedelta

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.lib.database import wait_in_line
from app.messaging import hooks, outbox
from app.messaging.models import Delivery, InboundMessage
from app.messaging.once import insert_new
from app.messaging.states import Priority, ReceiverKind

KEY = ["channel", "provider_id"]
GROUP = "inbox"  # our own answers: written to a number, not to a person
A_DAY = timedelta(days=1)
ANSWERS_A_DAY = 2
ANSWER_HOLDS = timedelta(minutes=30)
UNREAD = (
    "Beredskab: Vi kunne ikke knytte dit svar til noget, så ingen læser det lige nu. "
    "Er der fare for liv, så ring 112. Skal du svare på et tilkald, så svar med koden fra sms'en."
)


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
        if not message.matched:
            _answer(message)
    return message


def _answer(message: InboundMessage) -> None:
    """Say that nobody reads it at once; twice a day at most, for the other end may be a machine that answers too."""
    if not message.from_address.startswith("+"):
        return
    wait_in_line(db.session.connection(), f"inbox:{message.from_address}")  # else two at once would both count one
    lately = InboundMessage.received_at > clock.now() - A_DAY
    mine = (InboundMessage.from_address == message.from_address, InboundMessage.matched.is_(False), lately)
    count = db.session.scalar(sa.select(sa.func.count()).where(*mine)) or 0
    if count > ANSWERS_A_DAY:
        return
    answer = outbox.NewDelivery(
        name=message.from_address, address=message.from_address, channel=message.channel, text=UNREAD,
        receiver_kind=ReceiverKind.OTHER, priority=Priority.NOTICE, about=f"inbox:{message.id}", group=GROUP,
        unique_key=f"inbox:{message.id}", valid_until=clock.now() + ANSWER_HOLDS,
        without_police=False, area_id=message.area_id,
    )  # fmt: skip
    outbox.queue([answer])


def _area_of(address: str) -> int | None:
    """The area that wrote last to this address."""
    newest = sa.select(Delivery.area_id).where(Delivery.address == address, Delivery.area_id.is_not(None))
    return db.session.scalar(newest.order_by(Delivery.id.desc()).limit(1))
