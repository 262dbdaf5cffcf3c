"""What every table of uploaded files has."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, deferred, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor, Area
from app.extensions import Model
from app.importing.states import WAITING, ImportState
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id


class Upload(Model):
    """One uploaded file. All of it counts or nothing does; `content` goes when it has been read."""

    __abstract__ = True
    TOPIC: ClassVar[str]  # what its live topic begins with

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    state: Mapped[ImportState] = mapped_column(enum_column(ImportState), default=ImportState.QUEUED, index=True)
    file_name: Mapped[str] = mapped_column(sa.String(120))
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a worker reads it until then
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_kept: Mapped[int] = mapped_column(default=0)
    error_count: Mapped[int] = mapped_column(default=0)
    errors: Mapped[list[dict[str, Any]]] = mapped_column(json_column(), default=list)  # the first hundred
    remarks: Mapped[list[str]] = mapped_column(json_column(), default=list)
    by_user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    by_actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    once_key: Mapped[str] = mapped_column(sa.String(80), unique=True)

    @declared_attr
    def content(cls) -> Mapped[bytes | None]:
        return deferred(mapped_column(sa.LargeBinary))

    @declared_attr
    def area(cls) -> Mapped[Area]:
        return relationship(Area)

    @declared_attr
    def by_user(cls) -> Mapped[User]:
        return relationship(User, lazy="joined", foreign_keys=f"{cls.__name__}.by_user_id")

    @declared_attr
    def by_actor(cls) -> Mapped[Actor]:
        return relationship(Actor, lazy="joined")

    @property
    def topic(self) -> str:
        """The live topic of its page."""
        return f"{self.TOPIC}:{self.id}"

    @property
    def waits(self) -> bool:
        """A worker is to read it."""
        return self.state in WAITING

    @property
    def percent_read(self) -> int:
        return min(100, 100 * self.rows_read // max(1, self.rows_total))
