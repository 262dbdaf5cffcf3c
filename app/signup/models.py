"""Codes that went out to show whose a number is. The yes itself stands on the contact (`source`, `source_at`)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.contacts.models import PointKind
from app.extensions import Model
from app.lib.languages import Language
from app.lib.types import UTCDateTime, enum_column, new_public_id


class SignUpCode(Model):
    """One code to one number or address. Only its hash is kept, and whom it went to only while it lives.

    `token` names the page where it is typed; once it was right, `pass_hash` that of the page which it opened.
    The keys are hashes that only this installation can make: they count for a day what went where.
    """

    __tablename__ = "sign_up_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    kind: Mapped[PointKind] = mapped_column(enum_column(PointKind))
    address: Mapped[str] = mapped_column(sa.String(254))
    number_key: Mapped[str] = mapped_column(sa.String(64), index=True)
    prefix_key: Mapped[str] = mapped_column(sa.String(64), default="", index=True)
    language: Mapped[Language] = mapped_column(enum_column(Language))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    pass_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)

    area: Mapped[Area] = relationship()
