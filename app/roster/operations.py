"""Laying shifts and taking them off, and a person's calendar address."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from app.accounts.models import User
from app.contacts.models import Contact
from app.extensions import db
from app.lib import clock
from app.roster import queries
from app.roster.models import CalendarFeed, SingleShift, WeeklyShift
from app.roster.rules import Rank


@dataclass(frozen=True)
class Hours:
    """When a weekly shift is: Danish clocks, `days` from its first to its last day."""

    starts: time
    ends: time
    days: int
    valid_from: date
    valid_until: date | None = None
    every_weeks: int = 1


def add_weekly(contact: Contact, rank: Rank, weekdays: Iterable[int], hours: Hours) -> list[WeeklyShift]:
    """A line of the pattern for each weekday (0 is Monday). What is there already is not laid again."""
    assert contact.actor is not None, "only a party's contacts have duties"
    there = {
        (shift.contact_id, shift.rank, shift.weekday, shift.starts, shift.valid_from)
        for shift in queries.weekly_of(contact.actor)
    }
    new = [
        WeeklyShift(
            actor_id=contact.actor.id, contact=contact, rank=rank, weekday=weekday, starts=hours.starts,
            ends=hours.ends, days=hours.days, valid_from=hours.valid_from, valid_until=hours.valid_until,
            every_weeks=hours.every_weeks,
        )
        for weekday in sorted(set(weekdays))
        if (contact.id, rank, weekday, hours.starts, hours.valid_from) not in there
    ]  # fmt: skip
    db.session.add_all(new)
    db.session.flush()
    return new


def add_single(contact: Contact, rank: Rank, starts_at: datetime, ends_at: datetime, *, instead: bool) -> SingleShift:
    """One shift; the same twice is one."""
    assert contact.actor is not None, "only a party's contacts have duties"
    for shift in queries.single_of(contact.actor, clock.now()):
        if (shift.contact_id, shift.rank, shift.starts_at) == (contact.id, rank, starts_at):
            return shift
    new = SingleShift(
        actor_id=contact.actor.id, contact=contact, rank=rank, starts_at=starts_at, ends_at=ends_at, instead=instead
    )
    db.session.add(new)
    db.session.flush()
    return new


def take_off(shift: WeeklyShift | SingleShift) -> None:
    """It is not the party's any more, from now on."""
    db.session.delete(shift)
    db.session.flush()


def new_calendar_address(user: User) -> str:
    """The secret of a new address, shown once; the old address answers no more."""
    token = secrets.token_urlsafe(24)
    feed = queries.feed_of(user) or CalendarFeed(user_id=user.id)
    feed.token_hash, feed.made_at = queries.token_hash(token), clock.now()
    db.session.add(feed)
    db.session.flush()
    return token
