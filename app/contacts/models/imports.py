"""A file of contacts and what it will do, staged row by row: nobody's to see but the organisation that sent it."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.contacts.models.people import SOURCE_COLUMN, ContactSource, PointKind
from app.extensions import Model
from app.importing.models import Upload
from app.lib.i18n import N_
from app.lib.languages import Language
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id


class OnMatch(StrEnum):
    """What happens to a contact that is on the list already."""

    UPDATE = "update"
    LEAVE = "leave"


ON_MATCH = {
    OnMatch.UPDATE: N_("Ret dem efter filen. Tomme felter i filen ændrer intet"),
    OnMatch.LEAVE: N_("Lad dem stå, som de er"),
}


class Outcome(StrEnum):
    """What a row does."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"


class ContactImport(Upload):
    """One uploaded file of contacts. `said_yes_at`: somebody has seen what it does, and the worker saves it."""

    __tablename__ = "contact_imports"
    TOPIC = "contact_import"

    on_match: Mapped[OnMatch] = mapped_column(enum_column(OnMatch))
    audience_key: Mapped[str] = mapped_column(sa.String(60), default="")  # for rows that name no party and no audience
    source: Mapped[ContactSource | None] = mapped_column(SOURCE_COLUMN)  # for rows that say nothing themselves
    said_yes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    said_yes_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    @property
    def is_saving(self) -> bool:
        """Somebody has said yes, and the worker has not been there yet."""
        return self.said_yes_at is not None and self.settled_at is None


class ImportRow(Model):
    """A row as it will be. `contact_id` is the contact on the list that it is; no key, so that nobody is kept by it."""

    __tablename__ = "contact_import_rows"
    __table_args__ = (sa.UniqueConstraint("import_id", "line"), sa.Index("ix_import_rows_contact", "contact_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("contact_imports.id"))
    line: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    contact_id: Mapped[int | None]
    seen_edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    name: Mapped[str] = mapped_column(sa.String(120))
    function: Mapped[str] = mapped_column(sa.String(120))
    actor_id: Mapped[int | None]
    place_id: Mapped[int | None]
    entrance: Mapped[str] = mapped_column(sa.String(60))
    position: Mapped[int]
    language: Mapped[Language] = mapped_column(enum_column(Language))
    is_police: Mapped[bool]
    is_volunteer: Mapped[bool]
    humans_only: Mapped[bool]
    source: Mapped[ContactSource | None] = mapped_column(SOURCE_COLUMN)
    source_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    folded: Mapped[str] = mapped_column(sa.String(250))
    changes: Mapped[list[str]] = mapped_column(json_column())


class ImportPoint(Model):
    """A number or address of a row. `is_new`: the contact gets it, in place of `replaces_id` when that is one."""

    __tablename__ = "contact_import_points"
    __table_args__ = (sa.Index("ix_import_points_address", "import_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("contact_imports.id"))
    line: Mapped[int]
    kind: Mapped[PointKind] = mapped_column(enum_column(PointKind))
    address: Mapped[str] = mapped_column(sa.String(254))
    is_new: Mapped[bool]
    replaces_id: Mapped[int | None]


class ImportAudience(Model):
    """An audience that a row's contact joins."""

    __tablename__ = "contact_import_audiences"
    __table_args__ = (sa.Index("ix_import_audiences_line", "import_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("contact_imports.id"))
    line: Mapped[int]
    audience_key: Mapped[str] = mapped_column(sa.String(60))


class ImportFault(Model):
    """What is wrong in a row, for the whole report."""

    __tablename__ = "contact_import_faults"
    __table_args__ = (sa.Index("ix_import_faults_import", "import_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("contact_imports.id"))
    line: Mapped[int]
    column: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str] = mapped_column(sa.String(400))
