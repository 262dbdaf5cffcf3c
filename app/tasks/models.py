"""Tasks of an incident, and who has taken over a silent party's card."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor
from app.extensions import Model
from app.incidents.models import Incident
from app.lib.i18n import N_
from app.lib.types import UTCDateTime, enum_column, new_public_id


class TaskSource(StrEnum):
    """Where a task comes from."""

    CARD = "card"
    CALL = "call"  # ring to a person who is only to be called by humans
    CHAIN = "chain"  # the call-out reached nobody
    ADDED = "added"
    PLAN = "plan"  # a line of the agreed plan


class TaskState(StrEnum):
    """`NOT_RELEVANT` carries a reason; `FOLLOW_UP` was moved on at stand-down."""

    OPEN = "open"
    DONE = "done"
    NOT_RELEVANT = "not_relevant"
    FOLLOW_UP = "follow_up"


STATE_LABELS = {
    TaskState.OPEN: N_("åben"),
    TaskState.DONE: N_("udført"),
    TaskState.NOT_RELEVANT: N_("ikke relevant"),
    TaskState.FOLLOW_UP: N_("til opfølgning"),
}


class Task(Model):
    """One thing to do for one party. `key` makes it unique per incident, so that no job adds it twice."""

    __tablename__ = "tasks"
    __table_args__ = (sa.UniqueConstraint("incident_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"), index=True)  # who has it now
    card_actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))  # whose card it stands on
    key: Mapped[str] = mapped_column(sa.String(120))
    source: Mapped[TaskSource] = mapped_column(enum_column(TaskSource))
    text: Mapped[str] = mapped_column(sa.String(500))
    phone: Mapped[str | None] = mapped_column(sa.String(20))
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    state: Mapped[TaskState] = mapped_column(enum_column(TaskState), default=TaskState.OPEN, index=True)
    note: Mapped[str | None] = mapped_column(sa.String(500))
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    incident: Mapped[Incident] = relationship()
    actor: Mapped[Actor] = relationship(foreign_keys=[actor_id], lazy="joined")
    card_actor: Mapped[Actor] = relationship(foreign_keys=[card_actor_id], lazy="joined")
    settled_by: Mapped[User | None] = relationship(lazy="joined")

    @property
    def is_open(self) -> bool:
        return self.state is TaskState.OPEN

    @property
    def settler(self) -> str | None:
        """The name of who settled it."""
        return self.settled_by.name if self.settled_by else None

    def is_overdue(self, now: datetime) -> bool:
        return self.is_open and self.due_at is not None and self.due_at < now
