"""A file that somebody asked for: what is to stand in it, what became of it, and its bytes for a day."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.extensions import Model
from app.lib.i18n import N_
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id


class DocumentState(StrEnum):
    """What became of it."""

    ASKED = "asked"
    MADE = "made"
    FAILED = "failed"


class Fault(StrEnum):
    """Why there is no file."""

    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


FAULT_LABELS = {
    Fault.TOO_SLOW: N_("Det tog for lang tid at lave filen."),
    Fault.TOO_LARGE: N_("Filen blev for stor."),
    Fault.BROKEN: N_("Filen kunne ikke laves."),
}


class Document(Model):
    """One file for one person as one actor. `about` is opaque here; `data` is emptied when the file is made.

    `fingerprint` is who asked for what: the same asked twice is the same row.
    """

    __tablename__ = "documents"
    __table_args__ = (
        sa.CheckConstraint("(state = 'made') = (content IS NOT NULL)", name="a_made_document_has_its_bytes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    kind: Mapped[str] = mapped_column(sa.String(40))
    about: Mapped[str] = mapped_column(sa.String(120))
    title: Mapped[str] = mapped_column(sa.String(200))
    filename: Mapped[str] = mapped_column(sa.String(120))
    back: Mapped[str] = mapped_column(sa.String(300))  # the page it was asked for on
    fingerprint: Mapped[str] = mapped_column(sa.String(64), unique=True)
    data: Mapped[dict[str, Any]] = mapped_column(json_column())
    state: Mapped[DocumentState] = mapped_column(enum_column(DocumentState), default=DocumentState.ASKED, index=True)
    fault: Mapped[Fault | None] = mapped_column(enum_column(Fault))
    content: Mapped[bytes | None] = deferred(mapped_column(sa.LargeBinary))
    size: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    asked_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    progress: Mapped[int | None]  # per cent, of what is made in steps
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def topic(self) -> str:
        """The live topic of its page."""
        return f"document:{self.id}"
