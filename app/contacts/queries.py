"""Who to reach at an actor, and which addresses belong to the police."""

import sqlalchemy as sa

from app.accounts.models import User
from app.areas.models import Actor, Area, Membership, Organisation, OrganisationKind
from app.contacts.models import COMING, Contact, ContactPoint
from app.extensions import db


def duty_line(actor: Actor) -> list[Contact]:
    """The actor's present contacts in call order: first contact, deputy, the rest."""
    return list(
        db.session.scalars(
            sa.select(Contact)
            .where(Contact.actor_id == actor.id, Contact.ended_at.is_(None))
            .order_by(Contact.position, Contact.id)
        )
    )


def contacts_of(area: Area) -> list[Contact]:
    """Everybody in the area who can be reached now, in call order."""
    present = sa.select(Contact).where(Contact.area_id == area.id, Contact.ended_at.is_(None))
    return list(db.session.scalars(present.order_by(Contact.position, Contact.name)))


def contact_in(area: Area, public_id: str) -> Contact | None:
    """One of them."""
    return db.session.scalar(
        sa.select(Contact).where(Contact.area_id == area.id, Contact.public_id == public_id, Contact.ended_at.is_(None))
    )


def entrances_in(area_id: int) -> list[tuple[int, str]]:
    """(place's id, stairwell) of every stairwell that a present contact lives in, in order."""
    query = sa.select(Contact.place_id, Contact.entrance).where(
        Contact.area_id == area_id, Contact.ended_at.is_(None), Contact.place_id.is_not(None), Contact.entrance != ""
    )
    with db.session.no_autoflush:
        return sorted((int(place), name) for place, name in db.session.execute(query.distinct()) if place is not None)


def police_addresses(area: Area) -> frozenset[str]:
    """Every number and mail address in the area that is the police's: nothing of a B incident goes to any of them.

    An address is the police's when a contact marked police has it, when a contact of a police
    actor has it, or when a user with a police membership has it, here or as a contact.
    """
    users = _police_users(area)
    marked = sa.select(ContactPoint.address).join(Contact)
    is_of_police = _is_of_police(area.id, users.with_only_columns(User.id))
    marked = marked.where(Contact.area_id == area.id, is_of_police, arrived())
    own = (users.with_only_columns(User.email), users.with_only_columns(User.phone))
    return frozenset(address for address in db.session.scalars(marked.union(*own)) if address)


def arrived() -> sa.ColumnElement[bool]:
    """Present, or ended: for whoever looks at both. A contact of a list that is still being saved is neither."""
    return sa.or_(Contact.ended_at.is_(None), Contact.ended_at < COMING)


def addresses_outside(area_id: int) -> frozenset[str]:
    """The same with the other addresses of whoever shares one with the police: `is_police`, by address."""
    area = db.session.get_one(Area, area_id)
    police = police_addresses(area)
    shared = sa.select(ContactPoint.contact_id).where(ContactPoint.address.in_(police))
    theirs = sa.select(ContactPoint.address).join(Contact)
    theirs = theirs.where(Contact.area_id == area_id, Contact.id.in_(shared), Contact.ended_at.is_(None))
    return police | frozenset(db.session.scalars(theirs))


# By lists of ids, not by joins: they are short, and looked up in the index whatever the planner knows of the table.


def _is_of_police(area_id: int, users: sa.Select[int]) -> sa.ColumnElement[bool]:
    police_actor = Contact.actor_id.in_(_police_actors(area_id))
    return sa.or_(Contact.is_police.is_(True), police_actor, Contact.user_id.in_(users))


def without_police(area: Area) -> sa.ColumnElement[bool]:
    """For a query of contacts in this area: those of whom `is_police` says no."""
    sharing = sa.select(ContactPoint.contact_id).where(ContactPoint.address.in_(police_addresses(area)))
    no_police_actor = sa.or_(Contact.actor_id.is_(None), Contact.actor_id.not_in(_police_actors(area.id)))
    return sa.and_(Contact.is_police.is_(False), no_police_actor, Contact.id.not_in(sharing))


def _police_actors(area_id: int) -> sa.Select[int]:
    query = sa.select(Actor.id).join(Organisation)
    return query.where(Actor.area_id == area_id, Organisation.kind == OrganisationKind.POLICE)


def _police_users(area: Area) -> sa.Select[str, str | None]:
    return (
        sa.select(User.email, User.phone)
        .join(Membership, Membership.user_id == User.id)
        .join(Actor)
        .join(Organisation)
        .where(
            Actor.area_id == area.id,
            Organisation.kind == OrganisationKind.POLICE,
            Membership.ended_at.is_(None),
        )
    )


def is_police(contact: Contact, police: frozenset[str]) -> bool:
    """True when the contact, or any of its addresses, is the police's."""
    if contact.is_police or (contact.actor is not None and contact.actor.is_police):
        return True
    return any(point.address in police for point in contact.points)
