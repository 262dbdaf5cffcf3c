"""Who has the duty: the roster where there is one, the contact list's order where there is none."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.accounts.models import User
from app.areas.models import Actor
from app.contacts.confirming import own_contacts
from app.contacts.models import Contact
from app.contacts.queries import duty_line
from app.extensions import db
from app.lib import clock
from app.roster import rules
from app.roster.models import CalendarFeed, SingleShift, WeeklyShift
from app.roster.rules import Duty, Rank

INSTANT = timedelta(seconds=1)


@dataclass(frozen=True)
class Line:
    """Whom a round asks, in turn: who is on duty, the deputies, everybody."""

    on_duty: list[Contact]
    deputies: list[Contact]
    everybody: list[Contact]


def line(actor: Actor, among: list[Contact] | None = None, at: datetime | None = None) -> Line:
    """The party's line now (or at another time), of these contacts (all of the party's, unless said). Where the roster
    has a gap the contact list's order holds: a hole in the roster never means that nobody is asked."""
    contacts = duty_line(actor) if among is None else among
    now = at or clock.now()
    found = duties_of(actor, now, now + INSTANT) if contacts and has_roster(actor) else []
    on_duty = _people(contacts, rules.at(found, Rank.ON_DUTY, now)) or contacts[:1]
    rest = [contact for contact in contacts if contact not in on_duty]
    deputies = _people(rest, rules.at(found, Rank.DEPUTY, now)) or rest[:1]
    others = [contact for contact in rest if contact not in deputies]
    return Line(on_duty, deputies, [*on_duty, *deputies, *others])


def first_first(actor: Actor) -> list[Contact]:
    """Everybody of the party, who is on duty now first."""
    return line(actor).everybody


def has_roster(actor: Actor) -> bool:
    """Whether the party has laid any shift at all."""
    return any(
        db.session.scalar(sa.select(sa.exists().where(shift.actor_id == actor.id)))
        for shift in (WeeklyShift, SingleShift)
    )


def weekly_of(actor: Actor) -> list[WeeklyShift]:
    """The pattern's lines, as a week reads."""
    found = sa.select(WeeklyShift).join(Contact).where(WeeklyShift.actor_id == actor.id, Contact.ended_at.is_(None))
    order = (WeeklyShift.rank.desc(), WeeklyShift.weekday, WeeklyShift.starts, WeeklyShift.id)
    return list(db.session.scalars(found.order_by(*order)))


def single_of(actor: Actor, since: datetime) -> list[SingleShift]:
    """Single shifts that are not over at `since`."""
    found = sa.select(SingleShift).join(Contact).where(SingleShift.actor_id == actor.id, Contact.ended_at.is_(None))
    return list(db.session.scalars(found.where(SingleShift.ends_at > since).order_by(SingleShift.starts_at)))


def duties_of(actor: Actor, since: datetime, until: datetime) -> list[Duty]:
    """The party's duties that touch the time; a `person` is a contact's id."""
    weekly = (shift.as_rule() for shift in weekly_of(actor))
    return rules.duties(weekly, (shift.as_rule() for shift in single_of(actor, since)), since, until)


def weekly_in(actor: Actor, public_id: str) -> WeeklyShift | None:
    """One line of the party's pattern."""
    return next((shift for shift in weekly_of(actor) if shift.public_id == public_id), None)


def single_in(actor: Actor, public_id: str) -> SingleShift | None:
    """One of the party's single shifts that is not over."""
    return next((shift for shift in single_of(actor, clock.now()) if shift.public_id == public_id), None)


def duties_of_person(user: User, since: datetime, until: datetime) -> list[tuple[Contact, Duty]]:
    """The person's own duties at every actor, in order of beginning."""
    own = [
        (contact, duty)
        for contact in own_contacts(user)
        if contact.actor is not None
        for duty in duties_of(contact.actor, since, until)
        if duty.person == contact.id
    ]
    return sorted(own, key=lambda pair: pair[1].starts_at)


def feed_by_token(token: str) -> CalendarFeed | None:
    """Whose calendar a secret address shows."""
    return db.session.scalar(sa.select(CalendarFeed).where(CalendarFeed.token_hash == token_hash(token)))


def feed_of(user: User) -> CalendarFeed | None:
    """The person's calendar address, if they made one."""
    return db.session.get(CalendarFeed, user.id)


def user_of(feed: CalendarFeed) -> User | None:
    """The person, unless the account is closed."""
    user = db.session.get(User, feed.user_id)
    return user if user and user.may_sign_in(clock.now()) else None


def token_hash(token: str) -> str:
    """What is kept of a calendar's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _people(contacts: list[Contact], found: Iterable[Duty]) -> list[Contact]:
    on = {duty.person for duty in found}
    return [contact for contact in contacts if contact.id in on]
