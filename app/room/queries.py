"""What the room reads across packages, each in one query whatever the size of the incident."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from flask import g
from sqlalchemy.orm import lazyload

from app.callout import queries as callouts
from app.callout.models import Callout
from app.callout.queries import about, group_of
from app.extensions import db
from app.incidents.models import Incident
from app.logbook.models import ErasureRequest, LogEntry
from app.messaging import queries as messaging
from app.messaging.models import Delivery
from app.messaging.states import LEFT, DeliveryState
from app.tasks.models import Task, TaskState

_CALLOUT = re.compile(r"callout:(\d+)")


# Actors come with the incident's participations; loading them once more with each row costs more than all the rest.
_LEAN_ROUND = (lazyload(Callout.actor), lazyload(Callout.steps))
_LEAN_TASK = (lazyload(Task.actor), lazyload(Task.card_actor))


def newest_rounds(incident: Incident) -> dict[int, Callout]:
    """Each party's newest call-out round, by the actor's id."""
    query = sa.select(Callout).where(Callout.incident_id == incident.id).options(*_LEAN_ROUND)
    return {callout.actor_id: callout for callout in db.session.scalars(query.order_by(Callout.id))}


def late_rounds() -> set[int]:
    """Rounds whose text or call should have left a minute ago; the page and its banner ask once together."""
    if "late_rounds" not in g:
        g.late_rounds = callouts.late_rounds()
    return set(g.late_rounds)


def sender_is_silent() -> bool:
    """Nothing leaves just now; asked once for a page too."""
    if "sender_is_silent" not in g:
        g.sender_is_silent = messaging.late()
    return bool(g.sender_is_silent)


def tasks_of(incident: Incident) -> list[Task]:
    """All tasks, the open ones first, the earliest deadline on top."""
    query = sa.select(Task).where(Task.incident_id == incident.id).options(*_LEAN_TASK)
    is_settled = sa.case((Task.state == TaskState.OPEN, 0), else_=1)
    return list(db.session.scalars(query.order_by(is_settled, Task.due_at.nulls_last(), Task.id)))


def texts_by_round(incident: Incident) -> Mapping[int, dict[DeliveryState, int]]:
    """How many texts of each call-out round (by its id) stand in each state."""
    query = sa.select(Delivery.about, Delivery.state, sa.func.count()).where(Delivery.group == group_of(incident))
    found: dict[int, dict[DeliveryState, int]] = defaultdict(dict)
    for said, state, count in db.session.execute(query.group_by(Delivery.about, Delivery.state)):
        if match := _CALLOUT.fullmatch(said):
            found[int(match[1])][state] = count
    return found


def texts_of(callout: Callout) -> list[Delivery]:
    """Every text of one round, the newest first."""
    query = sa.select(Delivery).where(Delivery.about == about(callout))
    return list(db.session.scalars(query.order_by(Delivery.id.desc())))


def reached(incident: Incident) -> list[str]:
    """The names of those whom a text of this incident reached or may have reached, each once."""
    query = sa.select(Delivery.name).where(Delivery.group == group_of(incident), Delivery.state.in_(LEFT)).distinct()
    return sorted(db.session.scalars(query))


def corrections_of(chain_id: int, numbers: Collection[int]) -> list[LogEntry]:
    """The entries that correct one of these. A correction is younger than what it corrects: the rest is not read."""
    query = sa.select(LogEntry).where(
        LogEntry.chain_id == chain_id, LogEntry.seq > min(numbers, default=0), LogEntry.corrects_seq.in_(numbers)
    )
    return list(db.session.scalars(query.order_by(LogEntry.seq)))


def erasures_waiting(chain_id: int) -> dict[int, ErasureRequest]:
    """Requests for erasure that wait for a second person, by the entry's number."""
    query = sa.select(ErasureRequest).where(ErasureRequest.chain_id == chain_id, ErasureRequest.done_at.is_(None))
    return {request.seq: request for request in db.session.scalars(query)}
