"""The contact list as one looks for somebody in it: words, audience, party, place, and what is wrong with a contact."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum

import sqlalchemy as sa

from app.areas.acting import Acting
from app.contacts import access
from app.contacts.folding import folded
from app.contacts.models import Contact, ContactPoint
from app.contacts.queries import without_police
from app.extensions import db
from app.lib import clock
from app.lib.i18n import N_

PAGE = 50
CONFIRMED_EVERY = timedelta(days=183)
FEWEST_DIGITS = 3


class State(StrEnum):
    """What somebody should look at."""

    DEAD = "dead"
    UNCONFIRMED = "unconfirmed"
    DISPUTED = "disputed"
    NO_SOURCE = "no_source"
    OPTED_OUT = "opted_out"
    POLICE = "police"


STATES = {
    State.DEAD: N_("Et nummer eller en mail virker ikke"),
    State.UNCONFIRMED: N_("Ikke bekræftet det sidste halve år"),
    State.DISPUTED: N_("Siger selv, at noget er forkert"),
    State.NO_SOURCE: N_("Ingen har skrevet, hvorfor vi har nummeret"),
    State.OPTED_OUT: N_("Har sagt nej til beskeder"),
    State.POLICE: N_("Er politi, eller deler nummer med politiet"),
}


@dataclass(frozen=True)
class Sought:
    """What somebody looks for; empty fields leave it open. Parties and places by their public ids."""

    q: str = ""
    audience: str = ""
    actor: str = ""
    place: str = ""
    state: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Sought":
        """As an address says it."""
        return cls(**{field.name: " ".join(said.get(field.name, "").split())[:120] for field in fields(cls)})

    @property
    def said(self) -> dict[str, str]:
        """What is not left open."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}


def found(acting: Acting, sought: Sought, after: str = "") -> tuple[list[Contact], str]:
    """A page of them by name, and where the next begins (empty: there is none)."""
    query = sa.select(Contact).where(*wanted(acting, sought)).order_by(Contact.folded, Contact.id)
    if last := access.reached(acting, after):
        query = query.where(sa.tuple_(Contact.folded, Contact.id) > (last.folded, last.id))
    page = list(db.session.scalars(query.limit(PAGE + 1)))
    return page[:PAGE], page[PAGE - 1].public_id if len(page) > PAGE else ""


def how_many(acting: Acting, sought: Sought) -> int:
    """Of those that this reader sees."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Contact).where(*wanted(acting, sought))) or 0


def wanted(acting: Acting, sought: Sought) -> list[sa.ColumnElement[bool]]:
    """As conditions of a query."""
    area = acting.area
    where = [access.visible(area, access.reader_of(acting))]
    if sought.audience:
        where.append(access.of_audience(sought.audience))
    if sought.actor:
        where.append(Contact.actor_id.in_([actor.id for actor in area.actors if actor.public_id == sought.actor]))
    if sought.place:
        where.append(Contact.place_id.in_([place.id for place in area.places if place.public_id == sought.place]))
    if sought.state:
        where.append(_in_state(acting, sought.state))
    return [*where, *_named(sought.q)]


def _named(words: str) -> list[sa.ColumnElement[bool]]:
    """Every word is in the name or the function; or the digits are in a number; or it is in a mail address."""
    if not words:
        return []
    parts = folded(words).split()
    by_name = sa.and_(*(Contact.folded.contains(part, autoescape=True) for part in parts))
    digits = "".join(c for c in words if c.isdigit()).removeprefix("0045")
    ways = [by_name]
    if len(digits) >= FEWEST_DIGITS and not any(c.isalpha() for c in words):
        ways.append(_has(ContactPoint.address.contains(digits)))
    elif "@" in words:
        ways.append(_has(ContactPoint.address.contains(words.strip().lower(), autoescape=True)))
    return [sa.or_(*ways)]


def _has(where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return Contact.id.in_(sa.select(ContactPoint.contact_id).where(where))


def unconfirmed() -> sa.ColumnElement[bool]:
    """Nobody has said for half a year that it holds."""
    old = Contact.confirmed_at < clock.now() - CONFIRMED_EVERY
    return sa.or_(Contact.confirmed_at.is_(None), old)


def _in_state(acting: Acting, state: str) -> sa.ColumnElement[bool]:
    if state == State.DEAD:
        return _has(ContactPoint.dead_at.is_not(None))
    if state == State.UNCONFIRMED:
        return unconfirmed()
    if state == State.DISPUTED:
        return Contact.disputed_at.is_not(None)
    if state == State.NO_SOURCE:
        return Contact.source.is_(None)
    if state == State.OPTED_OUT:
        return Contact.opted_out_at.is_not(None)
    return ~without_police(acting.area) if state == State.POLICE else sa.false()
