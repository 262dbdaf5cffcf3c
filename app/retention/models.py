"""What holds a deletion back, what was exported before one, and what was erased and must not come back."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor
from app.extensions import Model
from app.lib.types import UTCDateTime, enum_column, new_public_id


class LegalHold(Model):
    """Somebody needs the texts longer: nothing of the incident goes until it is lifted."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.String(500))
    set_at: Mapped[datetime] = mapped_column(UTCDateTime)
    set_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    set_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lifted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    lifted_why: Mapped[str] = mapped_column(sa.String(500), default="")

    set_by: Mapped[User] = relationship(foreign_keys=[set_by_id])
    set_as: Mapped[Actor] = relationship()


class IncidentExport(Model):
    """The incident was handed to the journal; only after that do its texts go."""

    __tablename__ = "incident_exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    by: Mapped[User] = relationship()


class ErasedKind(StrEnum):
    """What was erased before its time."""

    ADDRESS = "address"  # a number or mail address, as a keyed hash
    CONTACT = "contact"  # by public id
    USER = "user"  # by public id
    ENTRY = "entry"  # of a log, `chain:seq`
    INCIDENT = "incident"  # by public id


class Erased(Model):
    """One line of the register that is gone through again after a restore. It names nobody."""

    __tablename__ = "erased"
    __table_args__ = (sa.UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ErasedKind] = mapped_column(enum_column(ErasedKind))
    key: Mapped[str] = mapped_column(sa.String(80))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class PersonErasure(Model):
    """That somebody was erased on request, and what was said of it; never whom."""

    __tablename__ = "person_erasures"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    contacts: Mapped[int] = mapped_column(default=0)
    has_login: Mapped[bool] = mapped_column(default=False)

    by: Mapped[User] = relationship()
