"""Shifts as a party agreed them, and each person's secret calendar address."""

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contacts.models import Contact
from app.extensions import Model
from app.lib.types import UTCDateTime, enum_column, new_public_id
from app.roster import rules
from app.roster.rules import Rank


class WeeklyShift(Model):
    """One line of the weekly pattern. Never changed: taken off, and another put in its place."""

    __tablename__ = "weekly_shifts"
    __table_args__ = (
        sa.UniqueConstraint("contact_id", "rank", "weekday", "starts", "valid_from"),
        sa.CheckConstraint(
            "weekday BETWEEN 0 AND 6 AND days BETWEEN 0 AND 7 AND every_weeks BETWEEN 1 AND 12", name="within_a_week"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    rank: Mapped[Rank] = mapped_column(enum_column(Rank))
    weekday: Mapped[int]  # 0 is Monday
    starts: Mapped[time]  # the clock on a Danish wall, like `ends`
    ends: Mapped[time]
    days: Mapped[int]  # from the day it starts to the day it ends
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    every_weeks: Mapped[int] = mapped_column(default=1)

    contact: Mapped[Contact] = relationship(lazy="joined")

    def as_rule(self) -> rules.Weekly:
        """The same for the pure functions."""
        return rules.Weekly(
            self.contact_id, self.rank, self.weekday, self.starts, self.ends, self.days, self.valid_from,
            self.valid_until, self.every_weeks,
        )  # fmt: skip


class SingleShift(Model):
    """One shift; with `instead` it takes the place of the pattern while it lasts."""

    __tablename__ = "single_shifts"
    __table_args__ = (
        sa.UniqueConstraint("contact_id", "rank", "starts_at"),
        sa.CheckConstraint("starts_at < ends_at", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    rank: Mapped[Rank] = mapped_column(enum_column(Rank))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    instead: Mapped[bool] = mapped_column(default=True)

    contact: Mapped[Contact] = relationship(lazy="joined")

    def as_rule(self) -> rules.Single:
        """The same for the pure functions."""
        return rules.Single(self.contact_id, self.rank, self.starts_at, self.ends_at, self.instead)


class CalendarFeed(Model):
    """A person's calendar address: only the hash of its secret is kept, so it is shown once and replaced when lost."""

    __tablename__ = "calendar_feeds"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
