"""Tables of the outbox and the inbox."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.lib.types import UTCDateTime, enum_column, new_public_id
from app.messaging.states import LEFT as LEFT
from app.messaging.states import DeliveryState as DeliveryState
from app.messaging.states import Outcome as Outcome
from app.messaging.states import Priority as Priority
from app.messaging.states import ReceiverKind as ReceiverKind

EXERCISE_MARK = "ØVELSE"

_QUEUED, _SENDING = sa.text("state = 'queued'"), sa.text("state = 'sending'")
_UNCERTAIN, _TO_END = sa.text("state = 'uncertain'"), sa.text("end_wanted_at IS NOT NULL AND ended_at IS NULL")


class Delivery(Model):
    """One text to one address. Stands alone: nothing else need be read to send it."""

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.CheckConstraint(
            f"NOT is_exercise OR (receiver_kind = 'party' AND substr(text, 1, 6) = '{EXERCISE_MARK}')",
            name="exercise_to_parties_only",
        ),
        sa.CheckConstraint(
            "(state IN ('delivered', 'failed', 'cancelled', 'expired')) = (settled_at IS NOT NULL)",
            name="settled_has_time",
        ),
        sa.CheckConstraint(
            "state <> 'sending' OR (leased_until IS NOT NULL AND worker IS NOT NULL)", name="sending_has_lease"
        ),
        sa.CheckConstraint("state NOT IN ('sent', 'delivered') OR sent_at IS NOT NULL", name="sent_has_time"),
        sa.CheckConstraint("priority IN (0, 1, 2, 3)", name="priority"),
        sa.Index(
            "ix_deliveries_due", "channel", "priority", "due_at", "id", postgresql_where=_QUEUED, sqlite_where=_QUEUED
        ),
        sa.Index("ix_deliveries_leased", "leased_until", postgresql_where=_SENDING, sqlite_where=_SENDING),
        sa.Index("ix_deliveries_group", "group_key", "state"),  # a broadcast's progress is counted at every turn
        sa.Index("ix_deliveries_address", "address", "id"),
        sa.Index("ix_deliveries_unclear", "looked_up_at", postgresql_where=_UNCERTAIN, sqlite_where=_UNCERTAIN),
        sa.Index("ix_deliveries_to_end", "end_wanted_at", postgresql_where=_TO_END, sqlite_where=_TO_END),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    address: Mapped[str] = mapped_column(sa.String(320))
    channel: Mapped[str] = mapped_column(sa.String(20))
    language: Mapped[str] = mapped_column(sa.String(10))
    subject: Mapped[str | None] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    receiver_kind: Mapped[ReceiverKind] = mapped_column(enum_column(ReceiverKind))
    priority: Mapped[int] = mapped_column(sa.SmallInteger)
    is_exercise: Mapped[bool] = mapped_column(default=False)
    without_police: Mapped[bool] = mapped_column(default=False)  # it comes of an incident that is no politisag
    valid_until: Mapped[datetime] = mapped_column(UTCDateTime)
    about: Mapped[str] = mapped_column(sa.String(120), index=True)
    group: Mapped[str] = mapped_column("group_key", sa.String(120))
    unique_key: Mapped[str] = mapped_column(sa.String(300), unique=True)
    state: Mapped[DeliveryState] = mapped_column(enum_column(DeliveryState), default=DeliveryState.QUEUED)
    queued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    may_have_left: Mapped[bool] = mapped_column(default=False)  # an attempt ended without anyone knowing how
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    worker: Mapped[str | None] = mapped_column(sa.String(80))
    provider_id: Mapped[str | None] = mapped_column(sa.String(120), index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error_code: Mapped[str | None] = mapped_column(sa.String(60))
    end_wanted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a call that need not ring any more
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    looked_up_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the provider was asked whether it has it

    @property
    def has_left(self) -> bool:
        """Sent, or may have been: what a stop could no longer hold back."""
        return self.state in LEFT


class Attempt(Model):
    """One request to a provider. Written when the delivery is claimed, closed when the result is known."""

    __tablename__ = "delivery_attempts"

    delivery_id: Mapped[int] = mapped_column(sa.ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))
    detail: Mapped[str | None] = mapped_column(sa.String(60))


class Receipt(Model):
    """What a provider reported later about a delivery.

    `delivery_id` and `attempt` were signed by us in the address it reported to; without them it waits unapplied
    while we do not know the provider's id.
    """

    __tablename__ = "delivery_receipts"
    __table_args__ = (sa.UniqueConstraint("provider_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[str] = mapped_column(sa.String(120))
    state: Mapped[DeliveryState] = mapped_column(enum_column(DeliveryState))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    code: Mapped[str | None] = mapped_column(sa.String(60))
    delivery_id: Mapped[int | None] = mapped_column(sa.ForeignKey("deliveries.id", ondelete="CASCADE"), index=True)
    attempt: Mapped[int | None]
    applied_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)


class InboundMessage(Model):
    """A reply from outside. The text is kept only while no question it answers was found (the area's inbox)."""

    __tablename__ = "inbound_messages"
    __table_args__ = (sa.UniqueConstraint("channel", "provider_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    channel: Mapped[str] = mapped_column(sa.String(20))
    provider_id: Mapped[str] = mapped_column(sa.String(120))
    from_address: Mapped[str] = mapped_column(sa.String(320))
    to_address: Mapped[str] = mapped_column(sa.String(320))
    text: Mapped[str | None] = mapped_column(sa.Text)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    matched: Mapped[bool] = mapped_column(default=False)
    handled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # somebody has seen to it
    answered_count: Mapped[int] = mapped_column(default=0)


class SenderBucket(Model):
    """The tokens of one sender (channel and lane), shared by all workers."""

    __tablename__ = "sender_buckets"

    sender: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    tokens: Mapped[float]
    filled_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Seen(StrEnum):
    """How a channel's trouble was noticed: it decides whom it may be told."""

    IN_EVERYTHING = "everything"  # over all that was sent
    IN_WHAT_POLICE_MAY_KNOW = "open"  # the same without what is no politisag
    BY_LOOKING = "look"  # we asked the provider ourselves


class ChannelTrouble(Model):
    """What a channel's provider has not taken since its last answer; `since` when that began."""

    __tablename__ = "channel_troubles"

    channel: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    seen: Mapped[Seen] = mapped_column(enum_column(Seen), primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)
    code: Mapped[str] = mapped_column(sa.String(60), default="")


class Heartbeat(Model):
    """When a job or the dispatcher last did its work, and what went wrong since, if anything.

    `every`: how often it should, in seconds; more than a minute beyond that is late.
    """

    __tablename__ = "heartbeats"

    job: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)
    every: Mapped[int] = mapped_column(default=0)
    detail: Mapped[str] = mapped_column(sa.String(120), default="")
