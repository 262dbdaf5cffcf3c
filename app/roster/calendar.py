"""A person's duties as an iCalendar (RFC 5545). Titles are neutral: a phone's calendar is read over shoulders."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event

from app.accounts.models import User
from app.contacts.models import Contact
from app.lib.i18n import N_, _
from app.roster.rules import Duty, Rank

TITLES = {Rank.ON_DUTY: N_("Vagt"), Rank.DEPUTY: N_("Vagt som stedfortræder")}
PRODUCT = "-//Beredskab//Vagtplan//DA"


@dataclass(frozen=True)
class Day:
    """Something else of the person's that falls on a day, in neutral words. `key` stays while it is the same thing."""

    key: str
    on: date
    title: str
    sequence: int = 0


# Filled in wiring.py: what else belongs in a person's calendar.
more: list[Callable[[User], Iterable[Day]]] = []


def feed(duties: Iterable[tuple[Contact, Duty]], made_at: datetime, days: Iterable[Day] = ()) -> bytes:
    """The calendar's text. A duty keeps its UID for as long as nobody changes it, so that a phone shows it once."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Vagter"))
    for contact, duty in duties:
        event = Event()
        event.add("uid", _uid(contact, duty))
        event.add("sequence", 0)
        event.add("dtstamp", made_at)
        event.add("dtstart", duty.starts_at)
        event.add("dtend", duty.ends_at)
        event.add("summary", _(TITLES[duty.rank]))
        calendar.add_component(event)
    for day in days:
        calendar.add_component(_whole_day(day, made_at))
    return bytes(calendar.to_ical())


def _whole_day(day: Day, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(day.key.encode()).hexdigest()[:32]}@beredskab")
    event.add("sequence", day.sequence)
    event.add("dtstamp", made_at)
    event.add("dtstart", day.on)
    event.add("summary", day.title)
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy
    return event


def _uid(contact: Contact, duty: Duty) -> str:
    what = f"{contact.public_id} {duty.rank} {duty.starts_at.isoformat()} {duty.ends_at.isoformat()}"
    return f"{hashlib.sha256(what.encode()).hexdigest()[:32]}@beredskab"
