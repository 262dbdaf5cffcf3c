"""The first review page's rows: answers to the debrief, and learning points."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor
from app.extensions import Model
from app.incidents.models import Incident
from app.lib.types import UTCDateTime, new_public_id


class Review(Model):
    """Opens at stand-down."""

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), unique=True)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    debrief_due_at: Mapped[datetime] = mapped_column(UTCDateTime)

    incident: Mapped[Incident] = relationship()


class DebriefAnswer(Model):
    """One party's answer to one of the four questions; the newest version counts, every one is in the log."""

    __tablename__ = "debrief_answers"
    __table_args__ = (sa.UniqueConstraint("review_id", "actor_id", "question_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    question_key: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str] = mapped_column(sa.String(2000))
    answered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    actor: Mapped[Actor] = relationship(lazy="joined")
    answered_by: Mapped[User] = relationship(lazy="joined")


class LearningPoint(Model):
    """What we change, who does it, by when."""

    __tablename__ = "learning_points"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(500))
    owner_actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    due_on: Mapped[date] = mapped_column(sa.Date)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_note: Mapped[str | None] = mapped_column(sa.String(500))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    review: Mapped[Review] = relationship()
    owner: Mapped[Actor] = relationship(lazy="joined")
