"""What a party's roster says to a reader: who is on duty now, what is to come, and where it has holes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.areas.models import Actor
from app.contacts.models import Contact
from app.contacts.queries import duty_line
from app.lib import clock
from app.roster import queries, rules
from app.roster.queries import Line
from app.roster.rules import Duty, Rank, Span

AHEAD = timedelta(days=365)
SHOWN = timedelta(days=14)


@dataclass(frozen=True)
class Shown:
    """One duty with its person."""

    contact: Contact
    duty: Duty


@dataclass(frozen=True)
class Holes:
    """A year ahead, for one rank: when nobody has it, and when two have."""

    rank: Rank
    gaps: list[Span]
    overlaps: list[tuple[Shown, Shown]]


@dataclass(frozen=True)
class Roster:
    """One party's."""

    actor: Actor
    line: Line
    is_laid: bool
    coming: list[Shown]
    holes: list[Holes]

    @property
    def gap_count(self) -> int:
        return sum(len(one.gaps) for one in self.holes)


def roster_of(actor: Actor) -> Roster:
    """All of it, from a few questions to the database."""
    now = clock.now()
    people = {contact.id: contact for contact in duty_line(actor)}
    found = queries.duties_of(actor, now, now + AHEAD) if queries.has_roster(actor) else []
    coming = _shown(people, (duty for duty in found if duty.starts_at < now + SHOWN))
    holes = [_holes(people, found, rank, now) for rank in Rank] if found else []
    return Roster(actor, queries.line(actor), bool(found), coming, holes)


def _holes(people: dict[int, Contact], found: list[Duty], rank: Rank, now: datetime) -> Holes:
    if rank is Rank.DEPUTY and not any(duty.rank is rank for duty in found):
        return Holes(rank, [], [])  # a party that lays no deputies has agreed to that: the contact list's order holds
    pairs = [(_shown(people, pair)) for pair in rules.overlaps(found, rank)]
    return Holes(rank, rules.gaps(found, rank, now, now + AHEAD), [(pair[0], pair[1]) for pair in pairs])


def _shown(people: dict[int, Contact], found: Iterable[Duty]) -> list[Shown]:
    return [Shown(people[duty.person], duty) for duty in found if isinstance(duty.person, int)]
