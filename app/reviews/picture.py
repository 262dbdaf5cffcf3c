"""The course as a picture: a lane for each party, a dot where something happened, larger where much did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from markupsafe import Markup, escape

from app.extensions import db
from app.incidents.access import Seen
from app.lib.i18n import _
from app.logbook.models import LogEntry
from app.reviews.timeline import Course
from app.templating import moment

WIDE, LANE, LEFT, RIGHT, TOP = 720, 34, 8, 712, 22
COLUMNS = 60
AFTER_IT = timedelta(minutes=30)


@dataclass(frozen=True)
class Mark:
    """What stands across all lanes: activation, switch, stand-down."""

    at: datetime
    words: str


def picture(course: Course) -> Markup:
    """SVG without style or script; the list beside it says the same in words."""
    first, last = _span(course)
    if first is None or last is None:
        return Markup()
    names = _names(course.parts)
    spent = max((last - first).total_seconds(), 60.0)
    dots = {(key, column): n for key, column, n in _dots(course, first, last, spent) if key in names}
    lanes = [key for key in names if any(key == lane for lane, _column in dots)]
    high = TOP + LANE * len(lanes) + 24
    parts = [_lane(names[key], place) for place, key in enumerate(lanes)]
    parts += [_dot(lanes.index(key), column, count) for (key, column), count in sorted(dots.items())]
    parts += [_mark(one, first, spent, high) for one in _marks(course.parts)]
    parts += [_text(LEFT, high - 4, moment(first)), _text(RIGHT, high - 4, moment(last), "end")]
    said = _("Forløbet som billede, en bane for hver part (%(n)s). Listen siger det samme.", n=len(lanes))
    body = Markup("").join(parts)
    return Markup(
        '<svg class="lanes" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>'
    ).format(WIDE, high, WIDE, high, said, body)


def _span(course: Course) -> tuple[datetime | None, datetime | None]:
    """From the first readable entry to the last, without what was written days later: the review's own lines would
    press the night into one dot."""
    within = sa.select(sa.func.min(LogEntry.at), sa.func.max(LogEntry.at)).where(course.readable)
    ends = [seen.incident.ended_at for seen in course.parts]
    known = [end for end in ends if end is not None]
    if len(known) == len(ends):
        first, last = db.session.execute(within.where(LogEntry.at <= max(known) + AFTER_IT)).one()
        if first is not None:
            return first, last
    first, last = db.session.execute(within).one()
    return first, last


def _dots(course: Course, first: datetime, last: datetime, spent: float) -> Iterator[tuple[str, int, int]]:
    """How many readable entries each party has in each column: counted by the database, since there may be 5,000."""
    passed = sa.extract("epoch", LogEntry.at) - int(first.timestamp())
    column = sa.cast(passed * (COLUMNS - 1) / spent, sa.Integer)
    query = sa.select(LogEntry.author_actor_key, column, sa.func.count())
    query = query.where(course.readable, LogEntry.at <= last).group_by(LogEntry.author_actor_key, column)
    for key, place, count in db.session.execute(query):
        yield key, min(max(place, 0), COLUMNS - 1), count


def _names(parts: list[Seen]) -> dict[str, str]:
    """The lanes in the order the parties joined, the system's own last."""
    found = {p.actor.key: p.actor.name for seen in parts for p in seen.incident.participations}
    return found | {"system": _("Systemet")}


def _marks(parts: list[Seen]) -> list[Mark]:
    found = []
    for seen in parts:
        found.append(Mark(seen.incident.activated_at, _("aktiveret")))
        if seen.incident.ended_at is not None:
            found.append(Mark(seen.incident.ended_at, _("afblæst") if seen is parts[-1] else _("skift")))
    return found


def _x(column: float) -> float:
    return round(LEFT + 6 + column / (COLUMNS - 1) * (RIGHT - LEFT - 12), 1)


def _lane(name: str, place: int) -> Markup:
    y = TOP + LANE * place
    line = Markup('<line class="lane" x1="{}" x2="{}" y1="{}" y2="{}"></line>').format(LEFT, RIGHT, y + 24, y + 24)
    return _text(LEFT, y + 11, name) + line


def _dot(place: int, column: int, count: int) -> Markup:
    radius = min(4 + count**0.5, 9)
    y = TOP + LANE * place + 24
    return Markup('<circle class="dot" cx="{}" cy="{}" r="{:.1f}"></circle>').format(_x(column), y, radius)


def _mark(mark: Mark, first: datetime, spent: float, high: int) -> Markup:
    column = (mark.at - first).total_seconds() / spent * (COLUMNS - 1)
    if not -0.5 <= column <= COLUMNS:
        return Markup()
    x = _x(max(column, 0))
    side = "end" if x > WIDE / 2 else "start"
    line = Markup('<line class="across" x1="{}" x2="{}" y1="14" y2="{}"></line>').format(x, x, high - 18)
    return line + _text(x, 11, mark.words, side)


def _text(x: float, y: float, words: str, anchor: str = "start") -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, escape(words))
