"""A draft of an area's next plan, who changed it, who said yes, and which learning points it takes up.

It is a working copy beside `plans`: what is half written never counts for an incident.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor, Area
from app.extensions import Model
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id
from app.plans.models import Plan
from app.plans.places import Section

_OPEN = sa.text("ended_at IS NULL")


class PlanDraft(Model):
    """One open draft per area. `number` counts its changes; `based_on` None: begun from the template."""

    __tablename__ = "plan_drafts"
    __table_args__ = (
        sa.Index("ix_plan_drafts_one_open", "area_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"))
    based_on_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plans.id"))
    document: Mapped[dict[str, Any]] = mapped_column(json_column())
    review_on: Mapped[date | None] = mapped_column(sa.Date)
    number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[str] = mapped_column(sa.String(250))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    became_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plans.id"))  # None: discarded

    area: Mapped[Area] = relationship()
    based_on: Mapped[Plan | None] = relationship(foreign_keys=[based_on_id])
    became: Mapped[Plan | None] = relationship(foreign_keys=[became_id])


class PlanEdit(Model):
    """Who changed what of a draft. `number` is the draft's after it: two edits never have the same."""

    __tablename__ = "plan_edits"
    __table_args__ = (sa.UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_drafts.id"), index=True)
    number: Mapped[int]
    section: Mapped[Section] = mapped_column(enum_column(Section))
    text: Mapped[str] = mapped_column(sa.String(300))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_label: Mapped[str] = mapped_column(sa.String(250))


class PlanApproval(Model):
    """A party's yes to the draft as it stood at `number`; a later change leaves it behind."""

    __tablename__ = "plan_approvals"
    __table_args__ = (
        sa.UniqueConstraint("draft_id", "number", "actor_id"),
        sa.UniqueConstraint("draft_id", "number", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_drafts.id"), index=True)
    number: Mapped[int]
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    actor: Mapped[Actor] = relationship(lazy="joined")
    user: Mapped[User] = relationship(lazy="joined")


class PlanProposal(Model):
    """A learning point whose proposal lies beside the draft. By its public id: whoever reads asks whether it may."""

    __tablename__ = "plan_proposals"
    __table_args__ = (sa.UniqueConstraint("draft_id", "point"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_drafts.id"), index=True)
    point: Mapped[str] = mapped_column(sa.String(22), index=True)
    section: Mapped[Section] = mapped_column(enum_column(Section))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
