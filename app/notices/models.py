"""What a party was told, once."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.lib.types import UTCDateTime


class Notice(Model):
    """One text to one actor (or one person). `key` is natural (kind × subject × due time): no job says it twice."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(160), unique=True)
    about: Mapped[str] = mapped_column(sa.String(80), index=True)  # opaque, e.g. "incident:<public id>"
    text: Mapped[str] = mapped_column(sa.String(500))
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    without_police: Mapped[bool] = mapped_column(default=False)  # from a B incident: no police member may read it
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
