"""Public texts. What is read from outside comes from this table alone: no row of it names what it came of in words."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.broadcasts.publishing.rules import End, Kind
from app.extensions import Model
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id


class Publication(Model):
    """A broadcast on the public page and the info screens, from the moment that its author wants it there.

    `texts` by language are put in when it is let go, and blanked some time after it ended; an exercise has none.
    `replaces` are the public ids, with the time, of those whose place it took. Without `broadcast_id` it is the
    notice that a text was taken down.
    """

    __tablename__ = "publications"
    __table_args__ = (
        sa.CheckConstraint("NOT is_exercise", name="nothing_of_an_exercise"),
        sa.CheckConstraint(
            "(published_at IS NULL) = (expires_at IS NULL) AND (published_at IS NULL) = (kind IS NULL)",
            name="published_has_an_end",
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name="ended_has_reason"),
        sa.Index("ix_publications_standing", "area_id", "ended_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"))
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    broadcast_id: Mapped[int | None] = mapped_column(sa.ForeignKey("broadcasts.id"), unique=True)
    is_exercise: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[Kind | None] = mapped_column(enum_column(Kind))
    texts: Mapped[dict[str, str]] = mapped_column(json_column(), default=dict)
    replaces: Mapped[list[list[str]]] = mapped_column(json_column(), default=list)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_why: Mapped[End | None] = mapped_column(enum_column(End))

    def stands(self, now: datetime) -> bool:
        """Whether everybody can read it."""
        return self.expires_at is not None and self.ended_at is None and self.expires_at > now
