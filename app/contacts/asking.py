"""Whether a contact's own data still hold: asked twice a year on the way that a call-out goes, reminded once."""

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from app.accounts.models import User
from app.areas.models import Area
from app.contacts.access import RESIDENTS, of_audience
from app.contacts.models import Contact, ContactAsk
from app.contacts.reaching import texting_address
from app.contacts.searching import unconfirmed
from app.extensions import db
from app.lib import clock
from app.messaging import outbox
from app.messaging.models import Priority, ReceiverKind

VALID_FOR = timedelta(days=2)  # a text that could not leave for two days is not worth sending
REMINDED_AFTER = timedelta(days=14)
ANSWERED_WITHIN = timedelta(days=60)
MOST_ASKED = 2


def to_ask() -> list[int]:
    """Everybody of a party, and of the audiences all but residents, whom nobody confirmed for half a year."""
    is_private = sa.and_(Contact.actor_id.is_(None), sa.or_(of_audience(RESIDENTS), Contact.opted_out_at.is_not(None)))
    lately = sa.select(ContactAsk.contact_id).where(ContactAsk.asked_at > clock.now() - REMINDED_AFTER)
    query = sa.select(Contact.id).where(
        Contact.ended_at.is_(None), Contact.disputed_at.is_(None), Contact.humans_only.is_(False), unconfirmed(),
        ~is_private, Contact.id.not_in(lately),
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Contact.id)))


def ask(contact_id: int) -> None:
    """Once, and once more after a fortnight; then it only shows on the list. Two workers ask no more than one."""
    contact = db.session.get(Contact, contact_id, with_for_update=True, populate_existing=True)
    reached = texting_address(contact) if contact and contact.ended_at is None else None
    if contact is None or reached is None:
        return
    since, asks = contact.confirmed_at, _asks_of(contact)
    if len(asks) >= MOST_ASKED or any(one.asked_at > clock.now() - REMINDED_AFTER for one in asks):
        return
    (channel, address), token = reached, secrets.token_urlsafe(16)
    db.session.add(ContactAsk(contact=contact, token_hash=_hash(token), address=address, asked_at=clock.now()))
    area = db.session.get_one(Area, contact.area_id)
    key = f"confirm:{contact.id}:{since.date().isoformat() if since else 'never'}"
    outbox.queue(
        [
            outbox.NewDelivery(
                name=contact.name, address=address, channel=channel, text=_text(area, contact, token, bool(asks)),
                receiver_kind=ReceiverKind.PARTY if contact.actor_id else ReceiverKind.OTHER, priority=Priority.NOTICE,
                about=f"confirm:{contact.public_id}", group=f"confirm:{contact.public_id}",
                unique_key=f"{key}:again" if asks else key, valid_until=clock.now() + VALID_FOR, without_police=False,
                area_id=contact.area_id, subject="Virker dine numre stadig?",
            )
        ]
    )  # fmt: skip


def open_ask(token: str) -> ContactAsk | None:
    """The question behind a link, as long as it can be answered: the address it went to is still the contact's."""
    asked = db.session.scalar(sa.select(ContactAsk).where(ContactAsk.token_hash == _hash(token)))
    if asked is None or asked.answered_at or asked.asked_at < clock.now() - ANSWERED_WITHIN:
        return None
    contact = asked.contact
    is_theirs = any(point.address == asked.address for point in contact.points)
    return asked if is_theirs and contact.ended_at is None else None


def answer(asked: ContactAsk, *, is_right: bool) -> None:
    """The contact counts as confirmed, or somebody must look at it."""
    asked.answered_at, contact = clock.now(), asked.contact
    if is_right:
        contact.confirmed_at, contact.disputed_at = clock.now(), None
        for point in contact.points:
            if point.address == asked.address:
                point.dead_at = None
    else:
        contact.disputed_at = clock.now()
    db.session.flush()


def _asks_of(contact: Contact) -> list[ContactAsk]:
    """Since it was last confirmed."""
    query = sa.select(ContactAsk).where(ContactAsk.contact_id == contact.id)
    if contact.confirmed_at:
        query = query.where(ContactAsk.asked_at > contact.confirmed_at)
    return list(db.session.scalars(query))


def _text(area: Area, contact: Contact, token: str, is_again: bool) -> str:
    start = f"Beredskabet i {area.name}{' spørger igen' if is_again else ''}"
    if _has_login(contact):
        return f"{start}: virker dine numre stadig? Log ind, og vælg Mine oplysninger. Der er ikke sket noget."
    url = f"{current_app.config['BEREDSKAB'].public_url}/c/{token}"
    return f"{start}: virker dine numre stadig? Svar her: {url} Der er ikke sket noget."


def _has_login(contact: Contact) -> bool:
    if contact.actor_id is None:
        return False
    addresses = [point.address for point in contact.points]
    theirs = sa.or_(User.id == contact.user_id, User.email.in_(addresses), User.phone.in_(addresses))
    return bool(db.session.scalar(sa.select(sa.exists().where(theirs))))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
