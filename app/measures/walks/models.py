"""A walk and what was found on it. Both speak of places: there is no field for a person's name."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor, Area, Place
from app.extensions import Model
from app.indicators.dimensions import Dimension
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id
from app.measures.walks import rules
from app.measures.walks.vocabulary import FindingKind, FindingState, Verdict, WalkState


class Walk(Model):
    """A tryghedsvandring. `participants` are numbers by kind: planned, and from `held_at` those who came."""

    __tablename__ = "walks"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    purpose: Mapped[str] = mapped_column(sa.String(500), default="")
    dimension: Mapped[Dimension] = mapped_column(enum_column(Dimension))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    route: Mapped[str] = mapped_column(sa.String(1000))
    participants: Mapped[dict[str, int]] = mapped_column(json_column(), default=dict)
    decides: Mapped[bool]  # somebody is along who decides about drift or money
    state: Mapped[WalkState] = mapped_column(enum_column(WalkState), default=WalkState.PLANNED)
    held_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when it was said that the walk was held
    planned_at: Mapped[datetime] = mapped_column(UTCDateTime)
    planned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    planned_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    version: Mapped[int] = mapped_column(default=1)

    area: Mapped[Area] = relationship()
    planned_as: Mapped[Actor] = relationship(lazy="joined")
    findings: Mapped[list["Finding"]] = relationship(back_populates="walk", order_by="Finding.id")

    @property
    def walked(self) -> int:
        return rules.walked(self.participants)

    @property
    def is_crowded(self) -> bool:
        return self.walked > rules.MOST_TOGETHER


class Finding(Model):
    """A place that somebody pointed at. `published_said` is its text outside, word for word; None: not published."""

    __tablename__ = "findings"
    __table_args__ = (
        sa.CheckConstraint("(state = 'noted') = (verdict = 'good')", name="good_is_noted"),
        sa.CheckConstraint("(published_said IS NULL) = (published_at IS NULL)", name="published_with_a_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    walk_id: Mapped[int] = mapped_column(sa.ForeignKey("walks.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("places.id"), index=True)
    where: Mapped[str] = mapped_column(sa.String(200), default="")
    kind: Mapped[FindingKind] = mapped_column(enum_column(FindingKind))
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    note: Mapped[str] = mapped_column(sa.String(1000), default="")
    responsible_id: Mapped[int | None] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    due_on: Mapped[date | None]
    state: Mapped[FindingState] = mapped_column(enum_column(FindingState))
    answer: Mapped[str] = mapped_column(sa.String(1000), default="")
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    recorded_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    published_said: Mapped[str | None] = mapped_column(sa.String(500))
    published_did: Mapped[str] = mapped_column(sa.String(500), default="")
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    walk: Mapped[Walk] = relationship(back_populates="findings")
    place: Mapped[Place | None] = relationship(lazy="joined")
    responsible: Mapped[Actor | None] = relationship(foreign_keys=[responsible_id], lazy="joined")
    recorded_as: Mapped[Actor] = relationship(foreign_keys=[recorded_as_id], lazy="joined")
    recorded_by: Mapped[User] = relationship(foreign_keys=[recorded_by_id])

    @property
    def at(self) -> str:
        """Where, in one line: the place and what was said of it."""
        return ", ".join(filter(None, (self.place.name if self.place else "", self.where)))

    @property
    def is_bad(self) -> bool:
        return self.verdict is Verdict.BAD

    @property
    def is_open(self) -> bool:
        return self.state is FindingState.OPEN

    def is_overdue(self, today: date) -> bool:
        """Late, by the day on Danish clocks."""
        return rules.is_overdue(self.state, self.due_on, today)
