"""A measure and its history. What it says is about places and what people do together: never about a person."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor, Area
from app.contacts.models import Contact
from app.extensions import Model
from app.incidents.models import Incident
from app.indicators.dimensions import Dimension
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id
from app.measures.vocabulary import OPEN, ChangeKind, Horizon, OriginKind, Status


class Measure(Model):
    """One tiltag. Until `published_at` it is as secret as its incident; by hand it is everybody's from the first day.

    `without_police` is set at birth in what is no politisag, and stays when the link to the incident goes.
    """

    __tablename__ = "measures"
    __table_args__ = (
        sa.CheckConstraint("(status IN ('done', 'dropped')) = (closed_at IS NOT NULL)", name="ends_have_a_time"),
        sa.Index("ix_measures_area_id_due_on", "area_id", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"))
    dimension: Mapped[Dimension] = mapped_column(enum_column(Dimension))
    title: Mapped[str] = mapped_column(sa.String(120))
    what: Mapped[str] = mapped_column(sa.String(1000))
    expected: Mapped[str] = mapped_column(sa.String(500))
    horizon: Mapped[Horizon] = mapped_column(enum_column(Horizon))
    owner_actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    due_on: Mapped[date]
    status: Mapped[Status] = mapped_column(enum_column(Status), default=Status.PROPOSED)
    result: Mapped[str] = mapped_column(sa.String(1000), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    origin: Mapped[OriginKind] = mapped_column(enum_column(OriginKind), default=OriginKind.HAND)
    origin_id: Mapped[str] = mapped_column(sa.String(22), default="", index=True)
    incident_id: Mapped[int | None] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    without_police: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)

    area: Mapped[Area] = relationship()
    owner: Mapped[Actor] = relationship(lazy="joined")
    contact: Mapped[Contact | None] = relationship()
    incident: Mapped[Incident | None] = relationship()
    changes: Mapped[list["MeasureChange"]] = relationship(back_populates="measure", order_by="MeasureChange.number")

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class MeasureChange(Model):
    """Who changed what, and when. `before` and `after` hold only what became another, as people read it.

    `is_public` is false for what happened before the measure was published: that stays with the incident's own.
    """

    __tablename__ = "measure_changes"
    __table_args__ = (sa.UniqueConstraint("measure_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(sa.ForeignKey("measures.id"))
    number: Mapped[int]
    kind: Mapped[ChangeKind] = mapped_column(enum_column(ChangeKind))
    before: Mapped[dict[str, str]] = mapped_column(json_column(), default=dict)
    after: Mapped[dict[str, str]] = mapped_column(json_column(), default=dict)
    is_public: Mapped[bool]
    by_user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    by_actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    measure: Mapped[Measure] = relationship(back_populates="changes")
    by_user: Mapped[User] = relationship(lazy="joined")
    by_actor: Mapped[Actor] = relationship(lazy="joined")
