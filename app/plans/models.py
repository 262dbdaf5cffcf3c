"""Versions of an area's plan. An approved one never changes; the database refuses it too (migration 0004)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.extensions import Model
from app.lib.i18n import N_
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id


class PlanStatus(StrEnum):
    """A version is drafted, approved, and superseded by the next approved one."""

    DRAFT = "draft"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


PLAN_STATUS_LABELS = {
    PlanStatus.DRAFT: N_("kladde"),
    PlanStatus.APPROVED: N_("godkendt"),
    PlanStatus.SUPERSEDED: N_("afløst"),
}


class Plan(Model):
    """One version. `document` is a PlanDocument as JSON; `review_on` is the last day it counts as valid."""

    __tablename__ = "plans"
    __table_args__ = (sa.UniqueConstraint("area_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    version: Mapped[int]
    status: Mapped[PlanStatus] = mapped_column(enum_column(PlanStatus), default=PlanStatus.DRAFT)
    # Long, and of versions in force read once in a process: an incident's pages need not carry it each time.
    document: Mapped[dict[str, Any]] = mapped_column(json_column(), deferred=True)
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by: Mapped[str | None] = mapped_column(sa.String(250))  # who, as which actor
    review_on: Mapped[date | None] = mapped_column(sa.Date)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[str] = mapped_column(sa.String(250))

    area: Mapped[Area] = relationship()
