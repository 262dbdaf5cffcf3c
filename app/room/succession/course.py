"""The whole course for those in both: where it came from and went, and its logs in one."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import sqlalchemy as sa
from flask import abort, render_template, request

from app.accounts.guard import Permission, requires
from app.extensions import db
from app.incidents.access import seen_or_404
from app.incidents.course import course_of
from app.incidents.models import Incident
from app.lib.i18n import _
from app.logbook.models import LogEntry
from app.plans.vocabulary import TRACK_LABELS
from app.room import log_panel
from app.room.blueprint import address, blueprint
from app.room.room import Room

PAGE = 50


class Side(NamedTuple):
    """An incident before or after this one, that the reader may see too."""

    label: str
    url: str


@dataclass(frozen=True)
class Sides:
    """What stands beside the room's incident; all empty for who may see this one alone."""

    before: list[Side]
    after: list[Side]

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


def sides(room: Room) -> Sides:
    """Where the course came from and went, as links."""
    course = [one.incident for one in course_of(room.seen)]
    here = course.index(room.incident)
    return Sides([_side(one) for one in course[:here]], [_side(one) for one in course[here + 1 :]])


def _side(incident: Incident) -> Side:
    return Side(f"{_(TRACK_LABELS[incident.track]).capitalize()}: {incident.what}", address(incident))


@blueprint.get("/course")
@requires(Permission.READ_ROOM)
def course(public_id: str) -> str:
    """Hele forløbet: the logs of all of it in one, newest first. Nowhere to be found for who may see but one."""
    seen = seen_or_404(public_id)
    parts = course_of(seen)
    if len(parts) < 2:
        abort(404)
    number = max(request.args.get("page", 1, type=int), 1)
    found = _merged([one.incident.chain_id for one in parts], number)
    rooms = {one.incident.chain_id: Room(one) for one in parts}
    lines = [(rooms[e.chain_id].incident, _line(rooms[e.chain_id], e)) for e in found[:PAGE]]
    older = address(seen.incident, "course", page=number + 1) if len(found) > PAGE else None
    newest = address(seen.incident, "course") if number > 1 else None
    return render_template(
        "room/course.html", incident=seen.incident, parts=[one.incident for one in parts], lines=lines, older=older,
        newest=newest, track_labels=TRACK_LABELS, address=address,
    )  # fmt: skip


def _merged(chains: list[int], number: int) -> list[LogEntry]:
    query = sa.select(LogEntry).where(LogEntry.chain_id.in_(chains))
    newest = query.order_by(LogEntry.recorded_at.desc(), LogEntry.chain_id.desc(), LogEntry.seq.desc())
    return list(db.session.scalars(newest.offset((number - 1) * PAGE).limit(PAGE + 1)))


def _line(room: Room, entry: LogEntry) -> log_panel.Line | log_panel.WithheldLine:
    line = log_panel.line(room, entry)
    if isinstance(line, log_panel.WithheldLine):
        return line
    track = _(TRACK_LABELS[room.incident.track]).capitalize()
    return replace(line, marks=(track, *line.marks))
