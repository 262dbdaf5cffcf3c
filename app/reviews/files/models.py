"""That somebody took files of an incident: who, when, and how far the log went. The file itself is kept a day."""

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


class FileKind(StrEnum):
    """What can be taken."""

    PACKAGE = "package"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


FILE_LABELS = {
    FileKind.PACKAGE: N_("Journalpakke"),
    FileKind.PDF: N_("PDF"),
    FileKind.CSV: N_("CSV (regneark)"),
    FileKind.JSON: N_("JSON (data)"),
}


class ReviewFile(Model):
    """One file that was asked for; `document_id` is the public id of the document, which is kept a day."""

    __tablename__ = "review_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    kind: Mapped[FileKind] = mapped_column(enum_column(FileKind))
    document_id: Mapped[str] = mapped_column(sa.String(22), default="")
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    asked_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    made_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    parts: Mapped[list["ReviewFilePart"]] = relationship(back_populates="file", order_by="ReviewFilePart.id")
    asked_by: Mapped[User] = relationship(lazy="joined")
    asked_as: Mapped[Actor] = relationship(lazy="joined")


class ReviewFilePart(Model):
    """One incident in a file, read as `actor`. `head` is `chain:seq:hash` of its log as it stands there.

    `is_whole`: the reader's part lasted as long as the incident, so that the file tells all of it.
    """

    __tablename__ = "review_file_parts"
    __table_args__ = (sa.UniqueConstraint("file_id", "incident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("review_files.id"))
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    head: Mapped[str] = mapped_column(sa.String(120))
    is_whole: Mapped[bool]

    file: Mapped[ReviewFile] = relationship(back_populates="parts")
    incident: Mapped[Incident] = relationship()
