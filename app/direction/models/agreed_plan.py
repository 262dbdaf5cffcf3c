"""What the parties agreed to do and to say where no police lead: versions of a plan, and who agrees with each."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor
from app.direction.rules import Line
from app.extensions import Model
from app.incidents.models import Incident
from app.lib.i18n import N_
from app.lib.types import UTCDateTime, enum_column, json_column


class AgreedHow(StrEnum):
    """How a party said where it stands."""

    APP = "app"
    PHONE = "phone"
    MAIL = "mail"
    IN_PERSON = "in_person"


AGREED_HOW = {
    AgreedHow.APP: N_("her i rummet"),
    AgreedHow.PHONE: N_("telefon"),
    AgreedHow.MAIL: N_("mail"),
    AgreedHow.IN_PERSON: N_("personligt"),
}


class AgreedPlan(Model):
    """One version. It is never changed; each change makes the next one."""

    __tablename__ = "agreed_plans"
    __table_args__ = (sa.UniqueConstraint("incident_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    number: Mapped[int]
    written: Mapped[list[dict[str, Any]]] = mapped_column("lines", json_column())
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    made_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))

    incident: Mapped[Incident] = relationship()
    made_by: Mapped[User] = relationship(lazy="joined")
    made_as: Mapped[Actor] = relationship(lazy="joined")
    stances: Mapped[list["Stance"]] = relationship(back_populates="plan", order_by="Stance.id", lazy="selectin")

    @property
    def lines(self) -> tuple[Line, ...]:
        """As the rules know them."""
        return tuple(Line.from_json(line) for line in self.written)


class Stance(Model):
    """Where one party stands to one version. `said_by` is who of them said it, when somebody else recorded it."""

    __tablename__ = "stances"
    __table_args__ = (sa.UniqueConstraint("plan_id", "actor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("agreed_plans.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    agrees: Mapped[bool]
    reason: Mapped[str] = mapped_column(sa.String(500), default="")
    how: Mapped[AgreedHow] = mapped_column(enum_column(AgreedHow))
    said_by: Mapped[str] = mapped_column(sa.String(120), default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    recorded_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    plan: Mapped[AgreedPlan] = relationship(back_populates="stances")
    actor: Mapped[Actor] = relationship(foreign_keys=[actor_id], lazy="joined")
    recorded_as: Mapped[Actor] = relationship(foreign_keys=[recorded_as_id], lazy="joined")
