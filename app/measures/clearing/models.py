"""What was seen, and what the area has promised. Reports speak of walls and places, never of who did it."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor, Area, Place
from app.extensions import Model
from app.lib.types import UTCDateTime, enum_column, new_public_id
from app.measures.clearing.rules import Reported, due_at
from app.measures.clearing.vocabulary import DamageKind, ReportState


class ClearingTarget(Model):
    """Within how many hours the area wants it gone. No row: the area has promised nothing, and no clock runs."""

    __tablename__ = "clearing_targets"
    __table_args__ = (sa.CheckConstraint("hours BETWEEN 1 AND 720", name="up_to_a_month"),)

    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), primary_key=True)
    hours: Mapped[int]
    responsible_id: Mapped[int | None] = mapped_column(sa.ForeignKey("actors.id"))  # who usually removes it
    set_at: Mapped[datetime] = mapped_column(UTCDateTime)
    set_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    responsible: Mapped[Actor | None] = relationship(lazy="joined")


class Report(Model):
    """One report. `target_hours` is the promise of the day it came in: a new one changes no old clock."""

    __tablename__ = "clearing_reports"
    __table_args__ = (
        sa.CheckConstraint("(state = 'removed') = (removed_at IS NOT NULL)", name="removed_with_a_time"),
        sa.CheckConstraint("removed_at IS NULL OR removed_at >= seen_at", name="removed_after_seen"),
        sa.Index("ix_clearing_reports_area_id_seen_at", "area_id", "seen_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"))
    kind: Mapped[DamageKind] = mapped_column(enum_column(DamageKind))
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("places.id"), index=True)
    where: Mapped[str] = mapped_column(sa.String(200), default="")
    note: Mapped[str] = mapped_column(sa.String(1000), default="")
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    responsible_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    target_hours: Mapped[int | None]
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    state: Mapped[ReportState] = mapped_column(enum_column(ReportState), default=ReportState.STANDING)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(sa.String(1000), default="")
    reported_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reported_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    reported_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)

    area: Mapped[Area] = relationship()
    place: Mapped[Place | None] = relationship(lazy="joined")
    responsible: Mapped[Actor] = relationship(foreign_keys=[responsible_id], lazy="joined")
    reported_as: Mapped[Actor] = relationship(foreign_keys=[reported_as_id], lazy="joined")
    reported_by: Mapped[User] = relationship(foreign_keys=[reported_by_id])

    @property
    def at(self) -> str:
        """Where, in one line."""
        return ", ".join(filter(None, (self.place.name if self.place else "", self.where)))

    @property
    def is_standing(self) -> bool:
        return self.state is ReportState.STANDING

    def run_from(self, target_hours: int | None) -> None:
        """Start the clock by what the area promises now."""
        self.target_hours, self.due_at = target_hours, due_at(self.seen_at, target_hours)

    def as_fact(self) -> Reported:
        """The same for the pure functions."""
        target = timedelta(hours=self.target_hours) if self.target_hours is not None else None
        return Reported(self.state, self.seen_at, self.removed_at, target)
