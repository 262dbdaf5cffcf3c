"""A call-out is one party's round; a step is one moment of it; a call is one person asked; the first yes ends it."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Actor
from app.contacts.models import Contact
from app.extensions import Model
from app.incidents.models import Incident
from app.lib.i18n import N_
from app.lib.types import UTCDateTime, enum_column, new_public_id


class CalloutState(StrEnum):
    """Where a party's round stands."""

    CALLING = "calling"
    ACKNOWLEDGED = "acknowledged"
    EXHAUSTED = "exhausted"  # every step taken, nobody answered
    STOPPED = "stopped"  # stood down, annulled, or a new round took over
    NOT_CALLED = "not_called"  # only told, or "ved behov"


OPEN = (CalloutState.CALLING, CalloutState.EXHAUSTED, CalloutState.NOT_CALLED)  # may still be answered


class Answered(StrEnum):
    """How somebody answered."""

    APP = "app"
    CODE = "code"
    LINK = "link"
    KEY = "key"
    MANUAL = "manual"  # reached by a human; recorded


ANSWERED = {
    Answered.APP: N_("i appen"),
    Answered.CODE: N_("med kode"),
    Answered.LINK: N_("med link"),
    Answered.KEY: N_("med et tast i telefonen"),
    Answered.MANUAL: N_("ringet op af en kollega"),
}


class Callout(Model):
    """One round for one party of one incident."""

    __tablename__ = "callouts"
    __table_args__ = (sa.UniqueConstraint("incident_id", "actor_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[CalloutState] = mapped_column(enum_column(CalloutState), index=True)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_how: Mapped[Answered | None] = mapped_column(enum_column(Answered))
    answered_label: Mapped[str | None] = mapped_column(sa.String(160))
    voice_after_seconds: Mapped[int] = mapped_column(default=90)  # as the plan said when the round began

    incident: Mapped[Incident] = relationship()
    actor: Mapped[Actor] = relationship(lazy="joined")
    steps: Mapped[list["CalloutStep"]] = relationship(
        back_populates="callout", order_by="CalloutStep.number", lazy="selectin"
    )


class CalloutStep(Model):
    """On-duty (0), deputy (1), all (2), and the end of waiting (3). Taken once: (callout, number) is unique."""

    __tablename__ = "callout_steps"
    __table_args__ = (sa.UniqueConstraint("callout_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    callout_id: Mapped[int] = mapped_column(sa.ForeignKey("callouts.id"), index=True)
    number: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    taken_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    callout: Mapped[Callout] = relationship(back_populates="steps")


class Call(Model):
    """One person asked in one step. The code answers by SMS, the link's token by a page; only its hash is kept."""

    __tablename__ = "calls"
    __table_args__ = (sa.UniqueConstraint("step_id", "contact_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    callout_id: Mapped[int] = mapped_column(sa.ForeignKey("callouts.id"), index=True)
    step_id: Mapped[int] = mapped_column(sa.ForeignKey("callout_steps.id"))
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    address: Mapped[str] = mapped_column(sa.String(254), index=True)
    code: Mapped[str | None] = mapped_column(sa.String(8))
    code_rests_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # "kan ikke komme"

    callout: Mapped[Callout] = relationship()
    contact: Mapped[Contact] = relationship(lazy="joined")
