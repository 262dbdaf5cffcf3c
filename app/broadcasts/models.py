"""Broadcasts, who wrote them, who gets them, and the audiences that the police have let free in advance."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor
from app.broadcasts.narrowing import Narrowing
from app.broadcasts.states import INHERITING, BroadcastState, How, Phase, ReleaseKind
from app.contacts.models import Contact, PointKind
from app.direction.models import PoliceAct
from app.extensions import Model
from app.incidents.models import Incident
from app.lib.languages import Language
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id
from app.narrative.models import SharedMessage

LONGEST_NAME = 120


class Broadcast(Model):
    """One text to some audiences. `version` rises with every edit, so that nobody releases what he has not read.

    `audiences` are keys of the plan. `place_ids`, `entrances` ([place, stairwell]) and `named` (contacts by audience)
    narrow them, see `narrowing`; `is_enough`: the others of a narrowed audience need not be told.
    """

    __tablename__ = "broadcasts"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "number"),
        sa.CheckConstraint(
            "state NOT IN ('released', 'under_way') OR (released_at IS NOT NULL AND release_kind IS NOT NULL)",
            name="released_has_releaser",
        ),
        sa.CheckConstraint("release_kind <> 'break_glass' OR reason <> ''", name="break_glass_has_reason"),
        sa.CheckConstraint("release_kind <> 'phoned' OR police_act_id IS NOT NULL", name="phoned_has_act"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    number: Mapped[int]
    message_id: Mapped[int | None] = mapped_column(sa.ForeignKey("shared_messages.id"))  # none: from before a switch
    is_carried: Mapped[bool] = mapped_column(default=False)  # over a switch of track
    phase: Mapped[Phase] = mapped_column(enum_column(Phase))
    audiences: Mapped[list[str]] = mapped_column(json_column())
    place_ids: Mapped[list[int]] = mapped_column(json_column(), default=list)
    entrances: Mapped[list[list[Any]]] = mapped_column(json_column(), default=list)
    named: Mapped[dict[str, list[int]]] = mapped_column(json_column(), default=dict)
    is_enough: Mapped[bool] = mapped_column(default=False)
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("broadcasts.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(4000))
    not_cpr: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[BroadcastState] = mapped_column(enum_column(BroadcastState), default=BroadcastState.DRAFT, index=True)
    planned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    police_left_out: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # sent to release: recipients are frozen
    released_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    released_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    released_as_id: Mapped[int | None] = mapped_column(sa.ForeignKey("actors.id"))
    release_kind: Mapped[ReleaseKind | None] = mapped_column(enum_column(ReleaseKind))
    police_act_id: Mapped[int | None] = mapped_column(sa.ForeignKey("police_acts.id"))
    reason: Mapped[str] = mapped_column(sa.String(300), default="")  # returned, cancelled, or sent by one alone
    queued_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    stopped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    incident: Mapped[Incident] = relationship()
    message: Mapped[SharedMessage | None] = relationship(lazy="joined")
    made_as: Mapped[Actor] = relationship(foreign_keys=[made_as_id], lazy="joined")
    corrects: Mapped["Broadcast | None"] = relationship(remote_side=[id])
    released_as: Mapped[Actor | None] = relationship(foreign_keys=[released_as_id], lazy="joined")
    police_act: Mapped[PoliceAct | None] = relationship()
    authors: Mapped[list["BroadcastAuthor"]] = relationship(
        lazy="selectin", order_by="BroadcastAuthor.id", back_populates="broadcast"
    )

    texts: Mapped[list["BroadcastText"]] = relationship(
        lazy="selectin", order_by="BroadcastText.id", back_populates="broadcast"
    )

    @property
    def inherits(self) -> bool:
        """Its receivers are those who got something before; nobody chooses them."""
        return self.phase in INHERITING

    @property
    def narrowing(self) -> Narrowing:
        """Whom of its audiences it is meant for."""
        return Narrowing.of(self.place_ids, self.entrances, self.named)

    @property
    def is_from_before(self) -> bool:
        """Written before a switch of track, and by nobody since."""
        return self.is_carried and self.version == 1

    @property
    def is_after(self) -> bool:
        """An after-message, or what corrects or takes back one: it may leave when the incident is over."""
        return self.phase is Phase.AFTER or (self.corrects is not None and self.corrects.is_after)

    @property
    def group(self) -> str:
        """The name of its deliveries in the outbox."""
        return f"broadcast:{self.id}"

    def in_language(self, language: Language) -> "BroadcastText | None":
        """Its translation, approved or not."""
        return next((one for one in self.texts if one.language is language), None)

    @property
    def author_ids(self) -> frozenset[int]:
        """Everybody who has edited the text."""
        return frozenset(author.user_id for author in self.authors)


class BroadcastAuthor(Model):
    """That a person wrote or edited the text; nobody releases what he wrote himself."""

    __tablename__ = "broadcast_authors"
    __table_args__ = (sa.UniqueConstraint("broadcast_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    broadcast_id: Mapped[int] = mapped_column(sa.ForeignKey("broadcasts.id"), index=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))

    broadcast: Mapped[Broadcast] = relationship(back_populates="authors")
    user: Mapped[User] = relationship(lazy="joined")
    actor: Mapped[Actor] = relationship(lazy="joined")


class BroadcastText(Model):
    """A translation. `danish` is the text it was made of; `approver` who vouches for it, empty: nobody yet."""

    __tablename__ = "broadcast_texts"
    __table_args__ = (
        sa.UniqueConstraint("broadcast_id", "language"),
        sa.CheckConstraint("language <> 'da'", name="translations_only"),
        sa.CheckConstraint("(approved_at IS NULL) = (approver = '')", name="approved_by_a_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    broadcast_id: Mapped[int] = mapped_column(sa.ForeignKey("broadcasts.id"))
    language: Mapped[Language] = mapped_column(enum_column(Language))
    text: Mapped[str] = mapped_column(sa.String(4000))
    danish: Mapped[str] = mapped_column(sa.String(4000))
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    written_as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    approver: Mapped[str] = mapped_column(sa.String(LONGEST_NAME), default="")
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))  # who wrote the approval down
    approved_as_id: Mapped[int | None] = mapped_column(sa.ForeignKey("actors.id"))

    broadcast: Mapped[Broadcast] = relationship(back_populates="texts")
    written_as: Mapped[Actor] = relationship(foreign_keys=[written_as_id], lazy="joined")
    approved_as: Mapped[Actor | None] = relationship(foreign_keys=[approved_as_id], lazy="joined")

    @property
    def fits(self) -> bool:
        """The Danish text is still the one that it was made of."""
        return self.danish == self.broadcast.text

    @property
    def goes(self) -> bool:
        """Somebody has approved it for the Danish text as it is."""
        return self.approved_at is not None and self.fits


class Recipient(Model):
    """A contact of an audience as it was when the text was sent to release. Without `kind` nothing reaches it.

    `forgotten_at`: name and address are erased by retention; who counts as reached stays.
    """

    __tablename__ = "broadcast_recipients"
    __table_args__ = (sa.UniqueConstraint("broadcast_id", "audience_key", "contact_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    broadcast_id: Mapped[int] = mapped_column(sa.ForeignKey("broadcasts.id"))
    audience_key: Mapped[str] = mapped_column(sa.String(60))
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    address: Mapped[str | None] = mapped_column(sa.String(254))
    kind: Mapped[PointKind | None] = mapped_column(enum_column(PointKind))
    language: Mapped[Language] = mapped_column(enum_column(Language), default=Language.DANISH)
    delivery_id: Mapped[int | None] = mapped_column(sa.ForeignKey("deliveries.id", ondelete="SET NULL"), index=True)
    forgotten_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class StandingRelease(Model):
    """The police let an audience free: texts to it need only another coordinator. `ended_at`: no longer."""

    __tablename__ = "standing_releases"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    audience_key: Mapped[str] = mapped_column(sa.String(60))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    police_act_id: Mapped[int | None] = mapped_column(sa.ForeignKey("police_acts.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Informed(Model):
    """That an audience, or one contact of it, was told by hand; or, with the reason, that it need not be told."""

    __tablename__ = "informed"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "audience_key", "contact_id"),
        sa.CheckConstraint("(how = 'call') = (contact_id IS NOT NULL)", name="calls_name_the_contact"),
        sa.CheckConstraint("how <> 'not_relevant' OR note <> ''", name="not_relevant_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    audience_key: Mapped[str] = mapped_column(sa.String(60))
    how: Mapped[How] = mapped_column(enum_column(How))
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contacts.id"))
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))

    by_actor: Mapped[Actor] = relationship(lazy="joined")


class Engagement(Model):
    """That somebody of an audience said yes to do something: activated, which is more than informed.

    `keep_away` is where they must not go; in a politisag the police have said yes first.
    """

    __tablename__ = "engagements"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    audience_key: Mapped[str] = mapped_column(sa.String(60))
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"))
    task: Mapped[str] = mapped_column(sa.String(300))
    keep_away: Mapped[str] = mapped_column(sa.String(300), default="")
    police_act_id: Mapped[int | None] = mapped_column(sa.ForeignKey("police_acts.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    contact: Mapped[Contact] = relationship(lazy="joined")


class PressEnquiry(Model):
    """What the press asked, what it was told, what it printed, and whether a correction was asked for."""

    __tablename__ = "press_enquiries"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    outlet: Mapped[str] = mapped_column(sa.String(120))
    enquiry: Mapped[str] = mapped_column(sa.String(500))
    answer: Mapped[str] = mapped_column(sa.String(1000), default="")
    printed: Mapped[str] = mapped_column(sa.String(500), default="")
    correction: Mapped[str] = mapped_column(sa.String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    as_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))

    actor: Mapped[Actor] = relationship(lazy="joined")
