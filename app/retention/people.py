"""One person's traces, found by number or mail address and erased; what stays, and why, is said in the report.

The log is not searched: its texts are erased one by one by two people at once, on its own pages.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import PasswordLink, RegisteredPhone, User
from app.accounts.operations import end_sessions, record
from app.accounts.queries import administrators
from app.areas import operations as areas
from app.areas.queries import memberships_of
from app.contacts.models import COMING, Contact, ContactAsk, ContactPoint
from app.contacts.operations import end_contact
from app.contacts.queries import arrived
from app.errors import Refused
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock, phone
from app.lib.i18n import N_, Reason
from app.lib.types import new_public_id
from app.plans.vocabulary import IncidentStatus
from app.retention import register, traces
from app.retention.models import ErasedKind, PersonErasure
from app.retention.texts import NAME_GONE
from app.roster.models import CalendarFeed, SingleShift, WeeklyShift


@dataclass(frozen=True)
class Found:
    """Whom a number or address belongs to: contacts of every area, the ended ones too, and a login."""

    address: str
    contacts: list[Contact] = field(default_factory=list)
    user: User | None = None

    @property
    def is_nobody(self) -> bool:
        return not self.contacts and self.user is None


def normalised(typed: str) -> str:
    """As it would be kept. Raises phone.InvalidNumber."""
    return typed.strip().lower() if "@" in typed else phone.normalise(typed)


def find(address: str) -> Found:
    """By the exact address."""
    user = db.session.scalar(sa.select(User).where(sa.or_(User.email == address, User.phone == address)).limit(1))
    theirs = Contact.points.any(ContactPoint.address == address)
    is_theirs = sa.or_(theirs, Contact.user_id == user.id) if user else theirs
    contacts = db.session.scalars(sa.select(Contact).where(is_theirs, arrived()).order_by(Contact.area_id, Contact.id))
    return Found(address, list(contacts), user)


def erase(found: Found, contacts: Collection[Contact], *, with_login: bool, by: User) -> PersonErasure:
    """These contacts, the login when asked for, and what was sent to and came from their addresses."""
    user = found.user if with_login else None
    if user is not None:
        _refuse_unless_erasable(user, by)
    addresses = {found.address, *_addresses(contacts), *((user.email, user.phone) if user else ())}
    for contact in contacts:
        erase_contact(contact)
    if user is not None:
        erase_user(user, by=by)
    # A number that somebody else has too is still that one's.
    gone = {one for one in addresses if one and not _is_somebodys(one)}
    for address in gone:
        register.note(ErasedKind.ADDRESS, register.hashed(address))
    traces.erase(gone, until=clock.now())
    made = PersonErasure(at=clock.now(), by_id=by.id, contacts=len(contacts), has_login=user is not None)
    db.session.add(made)
    db.session.flush()
    record("person_erased", f"{by.name} slettede en person efter ønske.", by=by, erasure=made.public_id)
    return made


def erase_contact(contact: Contact) -> None:
    """Nobody in particular any more; what points at the row (who was called, who was told) stays a number."""
    contact.source = contact.source_at = contact.disputed_at = None
    if contact.ended_at in (None, COMING):  # in a copy it may be on its way in: it never comes
        end_contact(contact)
    contact.points.clear()
    contact.audiences.clear()
    contact.name, contact.function, contact.entrance = NAME_GONE, "", ""
    contact.user_id = contact.place_id = None
    for beside in (SingleShift, WeeklyShift, ContactAsk):
        db.session.execute(sa.delete(beside).where(beside.contact_id == contact.id))
    register.note(ErasedKind.CONTACT, contact.public_id)


def erase_user(user: User, *, by: User) -> None:
    """The login ends with its roles; the row stays without a name, for logs and tasks point at it."""
    for membership in memberships_of(user):
        areas.end(membership, by=by)
    blank_user(user)
    register.note(ErasedKind.USER, user.public_id)


def blank_user(user: User) -> None:
    """Nothing of who it was is left, and nobody can sign in with it."""
    user.name, user.phone, user.password_hash = NAME_GONE, None, None
    user.email, user.is_deactivated = f"slettet-{new_public_id().lower()}@slettet.invalid", True
    end_sessions(user)
    for model in (RegisteredPhone, PasswordLink, CalendarFeed):
        db.session.execute(sa.delete(model).where(model.user_id == user.id))
    db.session.expire(user, ["phones"])


def erase_again(contacts: Iterable[str], users: Iterable[str]) -> None:
    """By public id, in a copy from before they were erased."""
    for contact in db.session.scalars(sa.select(Contact).where(Contact.public_id.in_(list(contacts)))).all():
        if contact.name != NAME_GONE or contact.points:
            erase_contact(contact)
    for user in db.session.scalars(sa.select(User).where(User.public_id.in_(list(users)))).all():
        for membership in memberships_of(user):
            membership.ended_at = clock.now()
        if user.name != NAME_GONE:
            blank_user(user)


def forget_ended(at: datetime) -> int:
    """Contacts whose role has ended go, when nothing runs in their area that they may have a part in."""
    old = sa.select(Contact).where(Contact.ended_at <= at, Contact.name != NAME_GONE, Contact.area_id.not_in(_busy()))
    found = list(db.session.scalars(old.order_by(Contact.id)))
    for contact in found:
        erase_contact(contact)
    return len(found)


def _busy() -> sa.Select[int]:
    return sa.select(Incident.area_id).where(Incident.status == IncidentStatus.ACTIVE)


def _addresses(contacts: Iterable[Contact]) -> set[str]:
    return {point.address for contact in contacts for point in contact.points}


def _is_somebodys(address: str) -> bool:
    found = find(address)
    return found.user is not None or any(contact.ended_at is None for contact in found.contacts)


def _refuse_unless_erasable(user: User, by: User) -> None:
    if user.id == by.id:
        raise Refused(Reason(N_("Du kan ikke slette dig selv. Bed en anden administrator om det.")))
    if user.is_administrator and len(administrators()) < 2:
        raise Refused(Reason(N_("Det er den sidste administrator. Udpeg en anden først.")))
