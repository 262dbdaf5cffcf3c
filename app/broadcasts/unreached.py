"""Whom a text did not reach, or may not have; and which of them have another working address."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.broadcasts.models import Broadcast, Recipient
from app.contacts.models import Contact, ContactPoint, PointKind
from app.contacts.queries import is_police, police_addresses
from app.extensions import db
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from app.plans.vocabulary import Track

LOST = (DeliveryState.FAILED, DeliveryState.EXPIRED)
TEXTED = (PointKind.MOBILE, PointKind.EMAIL)


@dataclass(frozen=True)
class OtherWay:
    """One text that failed, and another address of the one it was for."""

    recipient: Recipient
    failed: Delivery
    point: ContactPoint


def unreached(broadcast: Broadcast) -> list[tuple[Recipient, Delivery, Contact]]:
    """Failed, too old or unclear, by name; each contact once."""
    query = (
        sa.select(Recipient, Delivery, Contact)
        .join(Delivery, Recipient.delivery_id == Delivery.id)
        .join(Contact, Recipient.contact_id == Contact.id)
        .where(Recipient.broadcast_id == broadcast.id, Delivery.state.in_([*LOST, DeliveryState.UNCERTAIN]))
        .order_by(Recipient.name, Recipient.id)
    )
    rows = [(row.Recipient, row.Delivery, row.Contact) for row in db.session.execute(query)]
    return list({contact.id: (recipient, delivery, contact) for recipient, delivery, contact in rows}.values())


def other_ways(broadcast: Broadcast) -> list[OtherWay]:
    """For what surely failed. One that may have arrived is left alone: nobody gets the same text twice unasked."""
    police = police_addresses(broadcast.incident.area) if broadcast.incident.track is Track.NON_POLICE else None
    ways = []
    for recipient, delivery, contact in unreached(broadcast):
        if delivery.state not in LOST or contact.ended_at or contact.humans_only:
            continue
        point = contact.point(*(kind for kind in TEXTED if kind is not recipient.kind))
        if point is not None and not (police is not None and is_police(contact, police)):
            ways.append(OtherWay(recipient, delivery, point))
    return ways
