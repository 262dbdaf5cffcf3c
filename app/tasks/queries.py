"""Which tasks there are, by incident and party."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.areas.models import Actor
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock
from app.plans.vocabulary import IncidentStatus
from app.tasks.models import Task, TaskState


def of_incident(incident: Incident) -> list[Task]:
    """All tasks, the open ones first, the earliest deadline on top."""
    return list(
        db.session.scalars(
            sa.select(Task)
            .where(Task.incident_id == incident.id)
            .order_by(sa.case((Task.state == TaskState.OPEN, 0), else_=1), Task.due_at.nulls_last(), Task.id)
        )
    )


def open_of(incident: Incident, actor: Actor | None = None) -> list[Task]:
    """Open tasks of the incident, or of one actor in it."""
    query = sa.select(Task).where(Task.incident_id == incident.id, Task.state == TaskState.OPEN)
    if actor is not None:
        query = query.where(Task.actor_id == actor.id)
    return list(db.session.scalars(query.order_by(Task.due_at.nulls_last(), Task.id)))


def keys(incident: Incident) -> set[str]:
    """The keys that tasks of the incident already have."""
    return set(db.session.scalars(sa.select(Task.key).where(Task.incident_id == incident.id)))


def by_key(incident: Incident, key: str) -> Task | None:
    """The incident's task by its own key, or None."""
    return db.session.scalar(sa.select(Task).where(Task.incident_id == incident.id, Task.key == key))


def by_public_id(incident: Incident, public_id: str) -> Task | None:
    """The incident's task, or None."""
    return db.session.scalar(sa.select(Task).where(Task.incident_id == incident.id, Task.public_id == public_id))


def was_reminded(incident: Incident, actor: Actor, *, since: datetime) -> bool:
    """Whether the actor has had a reminder in this incident after the moment."""
    reminded = sa.exists().where(Task.incident_id == incident.id, Task.actor_id == actor.id, Task.reminded_at > since)
    return bool(db.session.scalar(sa.select(reminded)))


def with_overdue(since: datetime, limit: int = 200) -> list[tuple[int, int]]:
    """(incident id, actor id) of running incidents where the actor has open, overdue tasks it was not told of.

    Left out are actors that were reminded after `since`: they are left in peace.
    """
    told = aliased(Task)
    in_peace = sa.exists().where(
        told.incident_id == Task.incident_id, told.actor_id == Task.actor_id, told.reminded_at > since
    )
    query = (
        sa.select(Task.incident_id, Task.actor_id)
        .join(Incident)
        .where(
            Task.state == TaskState.OPEN,
            Task.due_at < clock.now(),
            Task.reminded_at.is_(None),
            Incident.status == IncidentStatus.ACTIVE,
            ~in_peace,
        )
        .distinct()
        .limit(limit)
    )
    return [(incident_id, actor_id) for incident_id, actor_id in db.session.execute(query)]
