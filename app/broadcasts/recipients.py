"""Who gets a text: the audience's contacts at the chosen places, each by one address, the police left out of B."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.areas.models import Area
from app.broadcasts.narrowing import Narrowing
from app.contacts.models import AudienceMember, Contact, PointKind
from app.contacts.queries import duty_line, is_police, police_addresses
from app.extensions import db
from app.incidents.models import Incident
from app.messaging.models import ReceiverKind
from app.plans.document import PlanDocument
from app.plans.vocabulary import AudienceKey, Channel, Track

KINDS = {Channel.SMS: PointKind.MOBILE, Channel.MAIL: PointKind.EMAIL}
RECEIVERS: dict[str, ReceiverKind] = {
    AudienceKey.RESIDENTS: ReceiverKind.RESIDENT,
    AudienceKey.SECTION_BOARDS: ReceiverKind.BOARD,
    AudienceKey.SOCIAL_HOUSING_BOARD: ReceiverKind.BOARD,
    AudienceKey.INSTITUTIONS: ReceiverKind.INSTITUTION,
}


@dataclass(frozen=True)
class Target:
    """One contact of one audience; without an address a person must ring or knock."""

    contact: Contact
    audience_key: str
    kind: PointKind | None
    address: str | None

    def as_row(self, broadcast_id: int) -> dict[str, Any]:
        """As it is frozen."""
        return {
            "broadcast_id": broadcast_id, "audience_key": self.audience_key, "contact_id": self.contact.id,
            "name": self.contact.name, "address": self.address, "kind": self.kind, "language": self.contact.language,
        }  # fmt: skip


@dataclass
class Targets:
    """Everybody that the choice of audiences means, sorted by whether a text reaches them."""

    all: list[Target] = field(default_factory=list)
    police: set[int] = field(default_factory=set)  # left out, by the contact's id
    placeless: set[int] = field(default_factory=set)  # nobody knows where they live, so a narrowed text passes them by

    @property
    def silent(self) -> list[Contact]:
        """Nothing can be sent to them."""
        return list({t.contact.id: t.contact for t in self.all if t.address is None}.values())

    @property
    def addresses(self) -> frozenset[tuple[str, PointKind | None]]:
        """Each of them gets the text once."""
        return frozenset((t.address, t.kind) for t in self.all if t.address)


def gather(
    incident: Incident, plan: PlanDocument, audiences: Collection[str], narrowing: Narrowing,
    but: Collection[str] = (),
) -> Targets:  # fmt: skip
    """In an exercise the parties' own first contacts stand for every audience: nobody else ever gets one.

    `but`: addresses that have had the very same words before a switch of track.
    """
    police = police_addresses(incident.area) if incident.track is Track.NON_POLICE else None
    found = Targets()
    members = _parties(incident, audiences) if incident.is_exercise else _members(incident.area, audiences)
    for key, contact in members:
        if police is not None and is_police(contact, police):
            found.police.add(contact.id)
        elif not (incident.is_exercise or narrowing.takes(key, contact.id, contact.place_id, contact.entrance)):
            found.placeless |= {contact.id} if narrowing.lacks_where(key, contact.place_id, contact.entrance) else set()
        elif (target := _target(plan, key, contact)).address not in but:
            found.all.append(target)
    return found


def receiver_kind(incident: Incident, audience_key: str) -> ReceiverKind:
    """What the outbox must know of the receiver."""
    if incident.is_exercise:
        return ReceiverKind.PARTY
    return RECEIVERS.get(audience_key, ReceiverKind.OTHER)


def _members(area: Area, audiences: Collection[str]) -> Iterator[tuple[str, Contact]]:
    query = (
        sa.select(AudienceMember.audience_key, Contact)
        .join(Contact, AudienceMember.contact_id == Contact.id)
        .where(Contact.area_id == area.id, Contact.ended_at.is_(None), Contact.opted_out_at.is_(None))
        .where(AudienceMember.audience_key.in_(audiences))
        .order_by(Contact.name, Contact.id)
    )
    return iter([(row.audience_key, row.Contact) for row in db.session.execute(query)])


def _parties(incident: Incident, audiences: Iterable[str]) -> Iterator[tuple[str, Contact]]:
    here = [p.actor for p in incident.participations if p.ended_at is None]
    first = [contact for actor in here for contact in duty_line(actor)[:1]]
    for key in audiences:
        yield from ((key, contact) for contact in first)


def _target(plan: PlanDocument, key: str, contact: Contact) -> Target:
    point = None if contact.humans_only else contact.point(*_kinds(plan, key))
    return Target(contact, key, point.kind if point else None, point.address if point else None)


def _kinds(plan: PlanDocument, key: str) -> tuple[PointKind, ...]:
    """The plan's channels in its order, then whatever else takes a text."""
    audience = plan.audience(key)
    planned = [KINDS[channel] for channel in audience.channels if channel in KINDS] if audience else []
    return tuple(dict.fromkeys([*planned, PointKind.MOBILE, PointKind.EMAIL]))
