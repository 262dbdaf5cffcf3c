"""The course as a picture: a lane for each party, a dot where something happened, larger where much did."""

from collections import Counter
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
    rows = _moments(course)
    if not rows:
        return Markup()
    names = _names(course.parts)
    rows = _while_it_ran(rows, course.parts)
    first, last = min(at for at, _key in rows), max(at for at, _key in rows)
    spent = max((last - first).total_seconds(), 60.0)
    lanes = [key for key in names if any(key == row for _at, row in rows)]
    dots = Counter((key, int((at - first).total_seconds() / spent * (COLUMNS - 1))) for at, key in rows if key in names)
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


def _moments(course: Course) -> list[tuple[datetime, str]]:
    """When each readable entry happened, and whose it is. Columns only: a night may know five thousand."""
    query = sa.select(LogEntry.at, LogEntry.author_actor_key).where(course.readable)
    return [(at, key) for at, key in db.session.execute(query)]


def _while_it_ran(rows: list[tuple[datetime, str]], parts: list[Seen]) -> list[tuple[datetime, str]]:
    """Without what was written days later: the review's own lines would press the night into one dot."""
    ends = [seen.incident.ended_at for seen in parts]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return rows
    return [row for row in rows if row[0] <= max(known) + AFTER_IT] or rows


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
