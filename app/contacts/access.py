"""Which contacts a reader reaches: the rules of rules.py as conditions of a query, and for one contact."""

import sqlalchemy as sa

from app.areas.acting import Acting
from app.areas.models import Actor, Area, OrganisationKind
from app.areas.roles import Role
from app.contacts import rules
from app.contacts.models import AudienceMember, Contact
from app.contacts.queries import is_police, police_addresses, without_police
from app.extensions import db

RESIDENTS = "residents"  # the plan's word for the audience of private people
KEEPERS = frozenset({OrganisationKind.HELHEDSPLAN, OrganisationKind.HOUSING})


def reader_of(acting: Acting) -> rules.Reader:
    """What the rules ask of a person."""
    actor = acting.actor
    return rules.Reader(
        user_id=acting.user.id, organisation_id=actor.organisation_id,
        coordinates=acting.role is Role.COORDINATOR and not acting.user.is_administrator,
        keeps_audiences=keeps_audiences(actor), is_civil=actor.is_civil,
    )  # fmt: skip


def keeps_audiences(actor: Actor) -> bool:
    """The helhedsplan and the housing organisations do; where the area has neither, everybody but civil actors."""
    if actor.organisation.kind in KEEPERS:
        return True
    return not actor.is_civil and not any(other.organisation.kind in KEEPERS for other in actor.area.actors)


def about_of(contact: Contact, police: frozenset[str]) -> rules.About:
    """What the rules ask of a contact. `police` is what `police_addresses` answers."""
    return rules.About(
        user_id=contact.user_id, organisation_id=contact.actor.organisation_id if contact.actor else None,
        is_police=is_police(contact, police), is_volunteer=contact.is_volunteer,
        is_resident=contact.actor_id is None and any(m.audience_key == RESIDENTS for m in contact.audiences),
    )  # fmt: skip


def may_see(acting: Acting, contact: Contact) -> bool:
    """This contact and this reader."""
    return rules.may_see(reader_of(acting), about_of(contact, police_addresses(acting.area)))


def may_edit(acting: Acting, contact: Contact) -> bool:
    """This contact and this reader."""
    return rules.may_edit(reader_of(acting), about_of(contact, police_addresses(acting.area)))


def visible(area: Area, reader: rules.Reader) -> sa.ColumnElement[bool]:
    """`may_see` for a query of the area's present contacts."""
    own, theirs = Contact.user_id == reader.user_id, _of_organisation(area, reader.organisation_id)
    if not reader.coordinates:
        return sa.false()
    if reader.is_civil:
        no_volunteer = Contact.is_volunteer.is_(False)
        others = without_police(area) if reader.keeps_audiences else sa.and_(without_police(area), ~_is_resident())
        seen = sa.or_(own, sa.and_(no_volunteer, sa.or_(theirs, others)))
    else:
        seen = sa.true() if reader.keeps_audiences else sa.or_(own, theirs, ~_is_resident())
    return sa.and_(present(area), seen)


def editable(area: Area, reader: rules.Reader) -> sa.ColumnElement[bool]:
    """`may_edit` for the same."""
    kept = sa.true() if reader.keeps_audiences else _of_organisation(area, reader.organisation_id)
    return sa.and_(visible(area, reader), kept)


def exportable(area: Area, reader: rules.Reader) -> sa.ColumnElement[bool]:
    """`may_export` for the same."""
    return sa.and_(editable(area, reader), Contact.is_volunteer.is_(False))


def present(area: Area) -> sa.ColumnElement[bool]:
    """In this area, and still in the function."""
    return sa.and_(Contact.area_id == area.id, Contact.ended_at.is_(None))


def of_audience(key: str) -> sa.ColumnElement[bool]:
    """In this audience."""
    return Contact.id.in_(sa.select(AudienceMember.contact_id).where(AudienceMember.audience_key == key))


def keepers_of(area: Area) -> list[str]:
    """Whose coordinators keep the audiences, by name."""
    return [actor.name for actor in area.actors if keeps_audiences(actor)]


def reached(acting: Acting, public_id: str) -> Contact | None:
    """One contact that this reader sees."""
    query = sa.select(Contact).where(visible(acting.area, reader_of(acting)), Contact.public_id == public_id)
    return db.session.scalar(query)


def _of_organisation(area: Area, organisation_id: int) -> sa.ColumnElement[bool]:
    actors = [actor.id for actor in area.actors if actor.organisation_id == organisation_id]
    return Contact.actor_id.in_(actors)


def _is_resident() -> sa.ColumnElement[bool]:
    return sa.and_(Contact.actor_id.is_(None), of_audience(RESIDENTS))
