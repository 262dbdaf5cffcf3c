"""One's own numbers and addresses, confirmed by a test message that goes the way a call-out goes."""

import secrets
from datetime import timedelta

import sqlalchemy as sa

from app.accounts.models import User
from app.areas.models import Membership
from app.contacts.models import Contact, ContactPoint, PointCheck, PointKind
from app.extensions import db
from app.lib import clock
from app.messaging import outbox
from app.messaging.channels import channel_for
from app.messaging.models import Priority, ReceiverKind

CHANNELS = {PointKind.MOBILE: "sms", PointKind.EMAIL: "email"}
VALID_FOR = timedelta(hours=1)
APART = timedelta(minutes=2)
MOST_TRIES = 5


def own_contacts(user: User) -> list[Contact]:
    """The contacts that are this person: linked to the account, or with its number or mail, at an actor of theirs."""
    actors = sa.select(Membership.actor_id).where(Membership.user_id == user.id, Membership.ended_at.is_(None))
    addresses = [address for address in (user.email, user.phone) if address]
    is_theirs = sa.or_(Contact.user_id == user.id, Contact.points.any(ContactPoint.address.in_(addresses)))
    found = sa.select(Contact).where(Contact.actor_id.in_(actors), Contact.ended_at.is_(None), is_theirs)
    return list(db.session.scalars(found.order_by(Contact.id)))


def can_be_tested(point: ContactPoint) -> bool:
    """A landline takes no text: it is confirmed by calling it."""
    return point.kind in CHANNELS


def check_of(point: ContactPoint) -> PointCheck | None:
    """The newest test of a point, while its code can still be typed."""
    newest = sa.select(PointCheck).where(PointCheck.point_id == point.id).order_by(PointCheck.id.desc()).limit(1)
    check = db.session.scalar(newest)
    return check if check and check.sent_at > clock.now() - VALID_FOR else None


def send_test(point: ContactPoint) -> bool:
    """A test message on the same path as a call-out's. False when one has just left: a second tap sends nothing."""
    contact, now = point.contact, clock.now()
    last = check_of(point)
    if last is not None and last.sent_at > now - APART:
        return False
    check = PointCheck(point_id=point.id, code=f"{secrets.randbelow(10**6):06d}", sent_at=now)
    db.session.add(check)
    db.session.flush()
    outbox.queue(
        [
            outbox.NewDelivery(
                name=contact.name, address=point.address, channel=channel_for(CHANNELS[point.kind]),
                text=f"Prøve fra beredskabet. Koden er {check.code}: skriv den på siden Mine oplysninger. "
                "Der er ikke sket noget.",
                receiver_kind=ReceiverKind.PARTY, priority=Priority.NOTICE, about=f"check:{check.id}",
                group=f"check:{check.id}", unique_key=f"check:{check.id}", valid_until=now + VALID_FOR,
                without_police=False, area_id=contact.area_id, subject="Prøve fra beredskabet",
            )
        ]
    )  # fmt: skip
    return True


def confirm(point: ContactPoint, typed: str) -> bool:
    """Whether this is the code that was sent there. It proves the point works, and the contact counts as confirmed."""
    check = check_of(point)
    if check is None or check.confirmed_at or check.tries >= MOST_TRIES:
        return False
    check.tries += 1
    right = secrets.compare_digest("".join(typed.split()).encode(), check.code.encode())
    if right:
        check.confirmed_at = point.contact.confirmed_at = clock.now()
        point.dead_at = None
    db.session.flush()
    return right
