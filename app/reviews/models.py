"""A review's rows: debrief, comments, conclusions, sign-offs, figures as they stood, and learning points."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor
from app.contacts.models import Contact
from app.extensions import Model
from app.incidents.models import Incident
from app.lib.i18n import N_
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id
from app.reviews.rules import Criterion, PlanPart


class Review(Model):
    """Opens at stand-down; once locked nothing in it changes. What is reopened after that gets a further one."""

    __tablename__ = "reviews"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "number"),
        sa.CheckConstraint("(locked_at IS NULL) = (locked_by_id IS NULL)", name="locked_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    debrief_due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    locked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    locked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    locked_as_id: Mapped[int | None] = mapped_column(sa.ForeignKey("actors.id"))

    incident: Mapped[Incident] = relationship()
    locked_as: Mapped[Actor | None] = relationship()

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class DebriefAnswer(Model):
    """One party's answer to one of the four questions; the newest version counts, every one is in the log.

    `contact_name` when it came by a link to somebody without login; `was_late` when the first version was.
    """

    __tablename__ = "debrief_answers"
    __table_args__ = (sa.UniqueConstraint("review_id", "actor_id", "question_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    question_key: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str] = mapped_column(sa.String(2000))
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    contact_name: Mapped[str] = mapped_column(sa.String(120), default="")
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    was_late: Mapped[bool] = mapped_column(default=False)

    actor: Mapped[Actor] = relationship(lazy="joined")
    answered_by: Mapped[User | None] = relationship(lazy="joined")


class DebriefLink(Model):
    """A page for one contact without login to answer on; only the token's hash is kept. It ends with the lock."""

    __tablename__ = "debrief_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    address: Mapped[str] = mapped_column(sa.String(254))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    review: Mapped[Review] = relationship()
    actor: Mapped[Actor] = relationship(lazy="joined")
    contact: Mapped[Contact] = relationship(lazy="joined")


class ReviewComment(Model):
    """What a party says of one criterion. Never changed: who thinks otherwise later says that too."""

    __tablename__ = "review_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    criterion: Mapped[Criterion] = mapped_column(enum_column(Criterion))
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    text: Mapped[str] = mapped_column(sa.String(1000))
    disagrees: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    actor: Mapped[Actor] = relationship(lazy="joined")
    by: Mapped[User] = relationship(lazy="joined")


class ReviewConclusion(Model):
    """One version of what the review's leader concludes; the parties sign off the newest."""

    __tablename__ = "review_conclusions"
    __table_args__ = (sa.UniqueConstraint("review_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(4000))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))

    by: Mapped[User] = relationship(lazy="joined")
    by_actor: Mapped[Actor] = relationship(lazy="joined")


class Word(StrEnum):
    """What a party says to the conclusion; silence is written down by the lock."""

    SIGNED = "signed"
    REFUSED = "refused"
    SILENT = "silent"


WORD_LABELS = {
    Word.SIGNED: N_("Godkendt"),
    Word.REFUSED: N_("Vil ikke godkende"),
    Word.SILENT: N_("Har ikke svaret"),
}


class SignOff(Model):
    """One party's word to one version of the conclusion; a later one counts, the earlier stays."""

    __tablename__ = "review_sign_offs"
    __table_args__ = (sa.CheckConstraint("(word = 'silent') = (by_id IS NULL)", name="silence_is_nobodys"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    conclusion_id: Mapped[int] = mapped_column(sa.ForeignKey("review_conclusions.id"))
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    word: Mapped[Word] = mapped_column(enum_column(Word))
    reason: Mapped[str] = mapped_column(sa.String(500), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    actor: Mapped[Actor] = relationship(lazy="joined")
    by: Mapped[User | None] = relationship(lazy="joined")


class ReviewFigures(Model):
    """What the records said of one incident of the course when the review was locked."""

    __tablename__ = "review_figures"
    __table_args__ = (sa.UniqueConstraint("review_id", "incident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    figures: Mapped[list[dict[str, Any]]] = mapped_column(json_column())


class ReviewAddendum(Model):
    """What was added after the lock."""

    __tablename__ = "review_addenda"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(2000))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))

    by: Mapped[User] = relationship(lazy="joined")
    by_actor: Mapped[Actor] = relationship(lazy="joined")


class PublicSummary(Model):
    """One version of what boards may read of the review; they read the newest that was approved."""

    __tablename__ = "public_summaries"
    __table_args__ = (
        sa.UniqueConstraint("review_id", "number"),
        sa.CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(2000))
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    written_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    approved_as_id: Mapped[int | None] = mapped_column(sa.ForeignKey("actors.id"))

    review: Mapped[Review] = relationship()
    written_as: Mapped[Actor] = relationship(foreign_keys=[written_as_id], lazy="joined")
    approved_as: Mapped[Actor | None] = relationship(foreign_keys=[approved_as_id], lazy="joined")


class LearningPoint(Model):
    """What we change, who does it, by when; `plan_part` and `plan_text` when the plan itself is to change."""

    __tablename__ = "learning_points"
    __table_args__ = (sa.CheckConstraint("(plan_part IS NULL) = (plan_text = '')", name="plan_change_is_whole"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("reviews.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(500))
    owner_actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    due_on: Mapped[date] = mapped_column(sa.Date)
    plan_part: Mapped[PlanPart | None] = mapped_column(enum_column(PlanPart))
    plan_text: Mapped[str] = mapped_column(sa.String(1000), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_note: Mapped[str | None] = mapped_column(sa.String(500))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    review: Mapped[Review] = relationship()
    owner: Mapped[Actor] = relationship(lazy="joined")
