"""An exercise planned ahead, and what its story brings. It names no person: a story is about places and rumours."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor, Area
from app.exercises.vocabulary import DrillKind, DrillState
from app.extensions import Model
from app.incidents.models import Incident
from app.lib.types import UTCDateTime, enum_column, new_public_id
from app.plans.vocabulary import IncidentStatus, Track


class Drill(Model):
    """`is_unannounced`: the parties' coordinators know, nobody else of them. `calls_all`: whatever the type says."""

    __tablename__ = "drills"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    kind: Mapped[DrillKind] = mapped_column(enum_column(DrillKind))
    track: Mapped[Track] = mapped_column(enum_column(Track))
    category_key: Mapped[str] = mapped_column(sa.String(60))
    what: Mapped[str] = mapped_column(sa.String(300))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)  # meant to; a person begins it
    is_unannounced: Mapped[bool] = mapped_column(default=False)
    calls_all: Mapped[bool] = mapped_column(default=False)
    planned_at: Mapped[datetime] = mapped_column(UTCDateTime)
    planned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    planned_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    version: Mapped[int] = mapped_column(default=1)
    called_off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    incident_id: Mapped[int | None] = mapped_column(sa.ForeignKey("incidents.id"), unique=True)

    area: Mapped[Area] = relationship()
    planned_by: Mapped[User] = relationship()
    planned_as: Mapped[Actor] = relationship(lazy="joined")
    incident: Mapped[Incident | None] = relationship()
    injects: Mapped[list["Inject"]] = relationship(
        back_populates="drill", order_by="Inject.number", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def state(self) -> DrillState:
        """Its incident's life, once it has one."""
        if self.called_off_at is not None:
            return DrillState.CALLED_OFF
        if self.incident is None:
            return DrillState.PLANNED
        if self.incident.status is IncidentStatus.ANNULLED:
            return DrillState.BROKEN_OFF
        return DrillState.RUNNING if self.incident.is_open else DrillState.HELD


class Inject(Model):
    """One bit of the story, meant for so many minutes after the start; somebody tells it."""

    __tablename__ = "drill_injects"
    __table_args__ = (sa.UniqueConstraint("drill_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    drill_id: Mapped[int] = mapped_column(sa.ForeignKey("drills.id"), index=True)
    number: Mapped[int]
    after_minutes: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(500))
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    drill: Mapped[Drill] = relationship(back_populates="injects")
