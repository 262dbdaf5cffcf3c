"""Twice a year everybody who is called is asked whether their numbers still hold."""

from datetime import timedelta

import sqlalchemy as sa

from app.areas.models import Area
from app.contacts.models import Contact
from app.contacts.reaching import texting_address
from app.extensions import db
from app.lib import clock
from app.messaging import outbox
from app.messaging.models import Priority, ReceiverKind

CONFIRMED_EVERY = timedelta(days=183)
OFFICE_HOURS = range(9, 15)
WORKING_DAYS = range(5)
VALID_FOR = timedelta(days=2)


def ask_to_confirm() -> None:
    """Those of a party who have not been confirmed for half a year, once each time, in office hours."""
    here = clock.local(clock.now())
    if here.weekday() not in WORKING_DAYS or here.hour not in OFFICE_HOURS:
        return
    old = sa.or_(Contact.confirmed_at.is_(None), Contact.confirmed_at < clock.now() - CONFIRMED_EVERY)
    of_a_party = sa.select(Contact).where(Contact.actor_id.is_not(None), Contact.ended_at.is_(None), old)
    for contact in db.session.scalars(of_a_party.order_by(Contact.id)).all():
        _ask(contact)
        db.session.commit()


def _ask(contact: Contact) -> None:
    reached = None if contact.humans_only else texting_address(contact)
    if reached is None:
        return
    channel, address = reached
    area = db.session.get_one(Area, contact.area_id)
    since = contact.confirmed_at.date().isoformat() if contact.confirmed_at else "never"
    outbox.queue(
        [
            outbox.NewDelivery(
                name=contact.name, address=address, channel=channel,
                text=f"Beredskabet i {area.name}: virker dine numre stadig? Log ind, og vælg Mine oplysninger. "
                "Der er ikke sket noget.",
                receiver_kind=ReceiverKind.PARTY, priority=Priority.NOTICE, about=f"confirm:{contact.public_id}",
                group=f"confirm:{contact.public_id}", unique_key=f"confirm:{contact.id}:{since}",
                valid_until=clock.now() + VALID_FOR, without_police=False, area_id=contact.area_id,
                subject="Virker dine numre stadig?",
            )
        ]
    )  # fmt: skip
