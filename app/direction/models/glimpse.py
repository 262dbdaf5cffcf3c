"""Whether activators that are no party see a politisag in outline, as the police decide while it runs."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.lib.types import UTCDateTime


class GlimpseTurn(Model):
    """The police closed the glimpse, or opened it again. `Incident.glimpse_closed` is what the last one left."""

    __tablename__ = "glimpse_turns"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    is_closed: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    police_act_id: Mapped[int | None] = mapped_column(sa.ForeignKey("police_acts.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the police denied it
