"""Facts, and versions of report and message. A version is never changed: the next one is made from it."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor
from app.extensions import Model
from app.incidents.models import Incident
from app.lib.i18n import N_
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id


class FactStatus(StrEnum):
    """What we know of a statement."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    REFUTED = "refuted"


FACT_STATUS_LABELS = {
    FactStatus.CONFIRMED: N_("bekræftet"),
    FactStatus.UNCONFIRMED: N_("ubekræftet"),
    FactStatus.REFUTED: N_("afkræftet"),
}


class Fact(Model):
    """One statement with its source. `may_publish` is whether it may stand in the shared message at all."""

    __tablename__ = "facts"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(500))
    status: Mapped[FactStatus] = mapped_column(enum_column(FactStatus))
    source: Mapped[str] = mapped_column(sa.String(200))
    may_publish: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    changed_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))

    incident: Mapped[Incident] = relationship()
    changed_by: Mapped[User] = relationship(lazy="joined")
    changed_as: Mapped[Actor] = relationship(lazy="joined")


class SituationReport(Model):
    """One version of the situationsbillede. `facts` are as they stood: [{text, status, source}]."""

    WORDS: ClassVar = ("situation", "development", "measures", "not_to_publish")  # what people type

    __tablename__ = "situation_reports"
    __table_args__ = (sa.UniqueConstraint("incident_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    number: Mapped[int]
    situation: Mapped[str] = mapped_column(sa.String(2000))
    development: Mapped[str] = mapped_column(sa.String(1000), default="")
    measures: Mapped[str] = mapped_column(sa.String(2000), default="")
    not_to_publish: Mapped[str] = mapped_column(sa.String(1000), default="")
    facts: Mapped[list[dict[str, Any]]] = mapped_column(json_column())
    next_update_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    made_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))

    incident: Mapped[Incident] = relationship()
    made_by: Mapped[User] = relationship(lazy="joined")
    made_as: Mapped[Actor] = relationship(lazy="joined")


class SharedMessage(Model):
    """One version of the fælles budskab: seven questions. `facts` are the public ones as they stood: text, status."""

    WORDS: ClassVar = ("what_happened", "do_not_know", "we_do", "you_can_do", "contact")  # what people type

    __tablename__ = "shared_messages"
    __table_args__ = (sa.UniqueConstraint("incident_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    number: Mapped[int]
    what_happened: Mapped[str] = mapped_column(sa.String(1000))
    facts: Mapped[list[dict[str, Any]]] = mapped_column(json_column())
    do_not_know: Mapped[str] = mapped_column(sa.String(1000), default="")
    we_do: Mapped[str] = mapped_column(sa.String(1000), default="")
    you_can_do: Mapped[str] = mapped_column(sa.String(1000), default="")
    contact: Mapped[str] = mapped_column(sa.String(300), default="")
    next_update_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    made_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))

    incident: Mapped[Incident] = relationship()
    made_by: Mapped[User] = relationship(lazy="joined")
    made_as: Mapped[Actor] = relationship(lazy="joined")


class MessageAcknowledgement(Model):
    """That a party has read a version and will say the same."""

    __tablename__ = "message_acknowledgements"
    __table_args__ = (sa.UniqueConstraint("message_id", "actor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(sa.ForeignKey("shared_messages.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    message: Mapped[SharedMessage] = relationship()
    actor: Mapped[Actor] = relationship(lazy="joined")
