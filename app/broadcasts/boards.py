"""What was sent to the boards, as their members may read it: on pages of their own, never in the room."""

from collections.abc import Collection

import sqlalchemy as sa

from app.accounts.models import User
from app.areas.models import Actor, Area, Membership
from app.areas.queries import members_of, police_in_area
from app.areas.roles import Role
from app.broadcasts import queries
from app.broadcasts.models import Broadcast, Recipient
from app.broadcasts.sent import is_part
from app.contacts.models import Contact
from app.contacts.queries import police_addresses
from app.extensions import db
from app.incidents.facts import facts_of, who
from app.incidents.models import Incident
from app.lib import clock
from app.messaging.models import Delivery
from app.messaging.states import LEFT
from app.plans.tracks import Who, may_be_briefed
from app.plans.vocabulary import AudienceKey, Track

BOARDS = (AudienceKey.SOCIAL_HOUSING_BOARD, AudienceKey.SECTION_BOARDS)
LOOKED_AT, SHOWN = 300, 20


def texts_for(user: User, actor: Actor, known: Who) -> list[Broadcast]:
    """The newest that were meant for this board member."""
    query = (
        sa.select(Broadcast)
        .join(Broadcast.incident)
        .where(Incident.area_id == actor.area_id, Broadcast.queued_at.is_not(None))
    )
    if known.police_in_area:  # not even looked at
        query = query.where(Incident.track == Track.POLICE)
    newest = db.session.scalars(query.order_by(Broadcast.queued_at.desc(), Broadcast.id.desc()).limit(LOOKED_AT))
    return [one for one in newest if may_read(user, actor, known, one)][:SHOWN]


def text(public_id: str) -> Broadcast | None:
    """By its id, whoever may read it: ask `may_read`."""
    return db.session.scalar(sa.select(Broadcast).where(Broadcast.public_id == public_id))


def may_read(user: User, actor: Actor, known: Who, broadcast: Broadcast) -> bool:
    """It has left, it was for a board, all of it or this member, and in B the member has nothing of the police."""
    keys = [key for key in BOARDS if key in broadcast.audiences]
    if broadcast.queued_at is None or not keys or actor.area_id != broadcast.incident.area_id:
        return False
    if not may_be_briefed(known, facts_of(broadcast.incident)) or _shares_with_police(user, broadcast.incident):
        return False
    left = [one for one in queries.broadcasts_of(broadcast.incident) if one.queued_at is not None]
    whole = [key for key in keys if not is_part(broadcast, key, left)]
    if broadcast.stopped_at is None and whole:
        return True
    return _got(user, actor, broadcast, keys)


def members_to_tell(broadcast: Broadcast) -> list[User]:
    """Every board member who may read it and can sign in."""
    found = {m.user_id: m.user for m in _members(broadcast.incident.area) if _may(m, broadcast)}
    return [user for user in found.values() if user.may_sign_in(clock.now())]


def _members(area: Area) -> list[Membership]:
    return [one for one in members_of(area) if one.role is Role.BOARD_MEMBER]


def _may(member: Membership, broadcast: Broadcast) -> bool:
    police = police_in_area(member.user, broadcast.incident.area)
    known = who(member.user, member.actor, member.role, police_in_area=police)
    return may_read(member.user, member.actor, known, broadcast)


def own_addresses(user: User) -> frozenset[str]:
    """The member's own mail and number."""
    return frozenset(address for address in (user.email, user.phone) if address)


def _shares_with_police(user: User, incident: Incident) -> bool:
    return incident.track is Track.NON_POLICE and bool(own_addresses(user) & police_addresses(incident.area))


def _got(user: User, actor: Actor, broadcast: Broadcast, keys: Collection[str]) -> bool:
    """One of those it was sent to is this member, or the member's board."""
    theirs = sa.or_(
        Contact.user_id == user.id, Contact.actor_id == actor.id, Recipient.address.in_(own_addresses(user))
    )
    query = (
        sa.select(Recipient.id)
        .join(Contact, Recipient.contact_id == Contact.id)
        .join(Delivery, Recipient.delivery_id == Delivery.id)
        .where(Recipient.broadcast_id == broadcast.id, Recipient.audience_key.in_(keys), theirs)
    )
    if broadcast.stopped_at is not None:
        query = query.where(Delivery.state.in_(LEFT))
    return db.session.scalar(query.limit(1)) is not None
