"""From weekly pattern and single shifts to who has the duty when; gaps and overlaps. Walls are Danish clocks.

A shift is agreed by the clock on the wall and lived in real time: one from 22 to 6 lasts seven hours on the night in
spring and nine on the one in autumn. Every wall moment has one instant, so what follows each other on the wall does so
in time, and neither night leaves a gap.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from app.lib.i18n import N_
from app.lib.wall import COPENHAGEN

WEEK = timedelta(weeks=1)


class Rank(StrEnum):
    """Who is asked first, and who next."""

    ON_DUTY = "on_duty"
    DEPUTY = "deputy"


RANK_LABELS = {Rank.ON_DUTY: N_("vagthavende"), Rank.DEPUTY: N_("stedfortræder")}


@dataclass(frozen=True)
class Weekly:
    """A shift that comes again every `every_weeks` weeks, counted from the week of `valid_from`.

    `starts` on `weekday` (0 is Monday) until `ends`, `days` later. `valid_until` is the last day on which it starts.
    """

    person: Hashable
    rank: Rank
    weekday: int
    starts: time
    ends: time
    days: int
    valid_from: date
    valid_until: date | None = None
    every_weeks: int = 1


@dataclass(frozen=True)
class Single:
    """One shift. With `instead` it takes the pattern's place for its rank and time; else it stands beside it."""

    person: Hashable
    rank: Rank
    starts_at: datetime
    ends_at: datetime
    instead: bool = True


@dataclass(frozen=True)
class Duty:
    """Somebody's duty, from one instant (UTC) up to, not including, another."""

    person: Hashable
    rank: Rank
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Span:
    """A piece of time (UTC)."""

    starts_at: datetime
    ends_at: datetime


def instant(wall: datetime) -> datetime:
    """UTC of a naive Danish wall time, never running backwards: in autumn's doubled hour the first pass is meant,
    and spring's missing hour is over as it begins."""
    found = wall.replace(tzinfo=COPENHAGEN).astimezone(UTC)
    if found.astimezone(COPENHAGEN).replace(tzinfo=None) != wall:  # the whole hour that the clocks jump over
        return wall.replace(minute=0, second=0, microsecond=0, tzinfo=COPENHAGEN).astimezone(UTC)
    return found


def duties(weekly: Iterable[Weekly], single: Iterable[Single], since: datetime, until: datetime) -> list[Duty]:
    """Everybody's duties that touch the time from `since` to `until` (UTC), in order of beginning."""
    own = list(single)
    found = [Duty(one.person, one.rank, one.starts_at, one.ends_at) for one in own]
    for pattern in weekly:
        instead = [Span(one.starts_at, one.ends_at) for one in own if one.instead and one.rank is pattern.rank]
        for duty in _of_pattern(pattern, since, until):
            left = _without(Span(duty.starts_at, duty.ends_at), instead)
            found += [Duty(duty.person, duty.rank, span.starts_at, span.ends_at) for span in left]
    touching = [duty for duty in found if duty.starts_at < until and duty.ends_at > since]
    return sorted(touching, key=lambda duty: (duty.starts_at, duty.ends_at, duty.rank))


def _of_pattern(pattern: Weekly, since: datetime, until: datetime) -> Iterator[Duty]:
    first_week = pattern.valid_from - timedelta(days=pattern.valid_from.weekday())
    rhythm = WEEK * pattern.every_weeks
    reach = since.astimezone(COPENHAGEN).date() - timedelta(days=pattern.days + 8)
    week = first_week + rhythm * max(0, (reach - first_week) // rhythm)
    while (day := week + timedelta(days=pattern.weekday)) <= until.astimezone(COPENHAGEN).date():
        if pattern.valid_from <= day and (pattern.valid_until is None or day <= pattern.valid_until):
            starts = instant(datetime.combine(day, pattern.starts))
            ends = instant(datetime.combine(day + timedelta(days=pattern.days), pattern.ends))
            if starts < ends:  # a shift wholly inside spring's missing hour does not take place
                yield Duty(pattern.person, pattern.rank, starts, ends)
        week += rhythm


def _without(span: Span, taken: Sequence[Span]) -> list[Span]:
    left = [span]
    for hole in taken:
        left = [part for one in left for part in _cut(one, hole)]
    return left


def _cut(span: Span, hole: Span) -> list[Span]:
    if hole.ends_at <= span.starts_at or hole.starts_at >= span.ends_at:
        return [span]
    parts = [Span(span.starts_at, hole.starts_at), Span(hole.ends_at, span.ends_at)]
    return [part for part in parts if part.starts_at < part.ends_at]


def at(found: Iterable[Duty], rank: Rank, moment: datetime) -> list[Duty]:
    """Who has this rank at the moment; more than one where shifts overlap."""
    return [duty for duty in found if duty.rank is rank and duty.starts_at <= moment < duty.ends_at]


def gaps(found: Iterable[Duty], rank: Rank, since: datetime, until: datetime) -> list[Span]:
    """When nobody has this rank. `found` holds all duties that touch the time."""
    covered = [Span(duty.starts_at, duty.ends_at) for duty in found if duty.rank is rank]
    return _without(Span(since, until), covered)


def overlaps(found: Iterable[Duty], rank: Rank) -> list[tuple[Duty, Duty]]:
    """Neighbouring pairs that have this rank at the same time: two people who each may think the other answers."""
    pairs: list[tuple[Duty, Duty]] = []
    latest: Duty | None = None
    for duty in sorted((d for d in found if d.rank is rank), key=lambda d: (d.starts_at, d.ends_at)):
        if latest is not None and duty.starts_at < latest.ends_at:
            pairs.append((latest, duty))
        if latest is None or duty.ends_at > latest.ends_at:
            latest = duty
    return pairs
