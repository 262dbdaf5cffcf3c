"""Acts of the police that somebody else recorded: in force at once, confirmed or denied later."""

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


class PoliceActKind(StrEnum):
    """What the police did by phone, radio or in person."""

    ACTIVATION = "activation"
    STAND_DOWN = "stand_down"
    INSTRUCTION = "instruction"
    INSTRUCTION_END = "instruction_end"  # they took one of their instructions back
    RELEASE = "release"  # a text was read aloud to them, and they said yes
    STANDING_RELEASE = "standing_release"
    ENGAGEMENT = "engagement"  # volunteers may go out
    CASE_RELEASE = "case_release"  # the case is no longer theirs
    GLIMPSE_CLOSED = "glimpse_closed"  # who is no party sees nothing of their case
    GLIMPSE_OPENED = "glimpse_opened"
    ACKNOWLEDGEMENT = "acknowledgement"  # they say the same as the shared message


class HeardBy(StrEnum):
    """How the police said it."""

    PHONE = "phone"
    RADIO = "radio"
    IN_PERSON = "in_person"
    MAIL = "mail"


HEARD_BY = {
    HeardBy.PHONE: N_("telefon"),
    HeardBy.RADIO: N_("radio"),
    HeardBy.IN_PERSON: N_("personligt"),
    HeardBy.MAIL: N_("mail"),
}
ACT_LABELS = {
    PoliceActKind.ACTIVATION: N_("aktivering"),
    PoliceActKind.STAND_DOWN: N_("afblæsning"),
    PoliceActKind.INSTRUCTION: N_("anvisning"),
    PoliceActKind.INSTRUCTION_END: N_("tilbagetrækning af en anvisning"),
    PoliceActKind.RELEASE: N_("frigivelse af en besked"),
    PoliceActKind.STANDING_RELEASE: N_("frigivelse på forhånd"),
    PoliceActKind.ENGAGEMENT: N_("ja til frivillige"),
    PoliceActKind.CASE_RELEASE: N_("frigivelse af sagen"),
    PoliceActKind.GLIMPSE_CLOSED: N_("beslutning om at skjule sagen"),
    PoliceActKind.GLIMPSE_OPENED: N_("beslutning om at vise sagen igen"),
    PoliceActKind.ACKNOWLEDGEMENT: N_("kvittering for budskabet"),
}


class ActState(StrEnum):
    """`UNCONFIRMED` is in force too; `DENIED` has been undone as far as it can be."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    DENIED = "denied"


class PoliceAct(Model):
    """One act: who of the police (name or function), how, when, who recorded it, and what became of it."""

    __tablename__ = "police_acts"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    kind: Mapped[PoliceActKind] = mapped_column(enum_column(PoliceActKind))
    said_by: Mapped[str] = mapped_column(sa.String(120))
    heard_by: Mapped[HeardBy] = mapped_column(enum_column(HeardBy))
    said_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    recorder_actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    state: Mapped[ActState] = mapped_column(enum_column(ActState), default=ActState.UNCONFIRMED)
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    settled_how: Mapped[str | None] = mapped_column(sa.String(200))
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    incident: Mapped[Incident] = relationship()
    recorder_actor: Mapped[Actor] = relationship()
    recorded_by: Mapped[User] = relationship(foreign_keys=[recorded_by_id])
