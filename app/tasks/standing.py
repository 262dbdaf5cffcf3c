"""An incident's tasks as the room shows them: plain data, read anew when one of them changes."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import User
from app.contacts.changes import CONTACTS
from app.extensions import db
from app.incidents.log import topic_of
from app.incidents.models import Incident
from app.live.operations import raised_by
from app.live.remembered import remembered
from app.tasks.models import Task, TaskSource, TaskState


@dataclass(frozen=True, eq=False)  # one of each, so that what is kept of a task is found by it
class TaskLine:
    """The same names as on `Task`."""

    public_id: str
    actor_id: int
    card_actor_id: int
    key: str
    source: TaskSource
    text: str
    phone: str | None
    due_at: datetime | None
    state: TaskState
    note: str | None
    settled_at: datetime | None
    settler: str | None
    is_open: bool

    def is_overdue(self, now: datetime) -> bool:
        return self.is_open and self.due_at is not None and self.due_at < now


_SETTLED_LAST = sa.case((Task.state == TaskState.OPEN, 0), else_=1)
_LINES = (
    sa.select(
        Task.public_id, Task.actor_id, Task.card_actor_id, Task.key, Task.source, Task.text, Task.phone, Task.due_at,
        Task.state, Task.note, Task.settled_at, User.name.label("settler"),
    )
    .outerjoin(User, Task.settled_by_id == User.id)
    .where(Task.incident_id == sa.bindparam("incident_id"))
    .order_by(_SETTLED_LAST, Task.due_at.nulls_last(), Task.id)
)  # fmt: skip


def lines_of(incident: Incident) -> tuple[TaskLine, ...]:
    """All tasks, the open ones first, the earliest deadline on top."""

    def ask() -> tuple[TaskLine, ...]:
        rows = db.session.execute(_LINES, {"incident_id": incident.id})
        return tuple(TaskLine(**row._asdict(), is_open=row.state is TaskState.OPEN) for row in rows)

    return remembered(f"tasks:{incident.public_id}", (topic_of(incident.id, "tasks"), CONTACTS), ask)


raised_by(Task, lambda task: (topic_of(task.incident_id, "tasks"),))
