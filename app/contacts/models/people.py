"""Contacts, their numbers and addresses. One marked police, or sharing an address with one, is outside every B."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Actor, Place
from app.contacts.folding import folded
from app.extensions import Model
from app.lib import clock
from app.lib.i18n import N_
from app.lib.languages import LANGUAGE_LABELS, Language
from app.lib.types import UTCDateTime, enum_column, new_public_id


class PointKind(StrEnum):
    """A mobile takes texts and calls, a landline calls, an e-mail mails."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"


POINT_KINDS = {PointKind.MOBILE: N_("mobil"), PointKind.LANDLINE: N_("fastnet"), PointKind.EMAIL: N_("mail")}


class ContactSource(StrEnum):
    """Why we may have the number: where it came from."""

    FUNCTION = "function"
    LEASE = "lease"
    AGREED = "agreed"
    SIGN_UP = "sign_up"


SOURCE_LABELS = {
    ContactSource.FUNCTION: N_("funktion"),
    ContactSource.LEASE: N_("lejekontrakt"),
    ContactSource.AGREED: N_("samtykke"),
    ContactSource.SIGN_UP: N_("tilmelding"),
}
SOURCE_WORDS = {
    ContactSource.FUNCTION: N_("Står her i kraft af sin funktion"),
    ContactSource.LEASE: N_("Nummeret kommer fra lejekontrakten"),
    ContactSource.AGREED: N_("Har selv sagt ja til at stå her"),
    ContactSource.SIGN_UP: N_("Har selv tilmeldt sig"),
}
# Without a CHECK: SQLite adds none to a table that is there, and a copied table loses its triggers.
SOURCE_COLUMN = sa.Enum(
    ContactSource, native_enum=False, create_constraint=False, length=40, values_callable=lambda e: [m.value for m in e]
)


# Contacts of a list that is being saved "end" far ahead: nobody sees or uses one before the last of them is there.
COMING = datetime(9000, 1, 1, tzinfo=UTC)


class Contact(Model):
    """A person in a function. With `actor_id` one of a party's contacts, called in order of `position`."""

    __tablename__ = "contacts"
    __table_args__ = (sa.Index("ix_contacts_by_name", "area_id", "folded", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("places.id"))
    entrance: Mapped[str] = mapped_column(sa.String(60), default="")  # the stairwell (opgang) in that place
    name: Mapped[str] = mapped_column(sa.String(120))
    function: Mapped[str] = mapped_column(sa.String(120), default="")
    position: Mapped[int] = mapped_column(default=0)  # 0 first contact, 1 deputy, 2… the rest
    is_police: Mapped[bool] = mapped_column(default=False)
    is_volunteer: Mapped[bool] = mapped_column(default=False)
    humans_only: Mapped[bool] = mapped_column(default=False)  # "ringes kun af mennesker"
    language: Mapped[Language] = mapped_column(enum_column(Language), default=Language.DANISH)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    source: Mapped[ContactSource | None] = mapped_column(SOURCE_COLUMN)
    source_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    opted_out_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # gets nothing of any audience from then on
    disputed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # asked, said that something is wrong
    folded: Mapped[str | None] = mapped_column(sa.String(250))  # name and function as they are searched and sorted
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # an import that compared before has grown old

    actor: Mapped[Actor | None] = relationship()
    place: Mapped[Place | None] = relationship()
    points: Mapped[list["ContactPoint"]] = relationship(
        back_populates="contact", order_by="ContactPoint.id", cascade="all, delete-orphan", lazy="selectin"
    )
    audiences: Mapped[list["AudienceMember"]] = relationship(
        back_populates="contact", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def reads(self) -> str:
        """`arabisk`; empty: Danish, like everything."""
        return "" if self.language is Language.DANISH else LANGUAGE_LABELS[self.language]

    @property
    def called(self) -> str:
        """As texts that are kept may name them: a volunteer by what they are, everybody else by name."""
        return (self.function or "en frivillig") if self.is_volunteer else self.name

    def point(self, *kinds: PointKind) -> "ContactPoint | None":
        """The first working point of these kinds, in the order of `kinds`."""
        return next((p for kind in kinds for p in self.points if p.kind is kind and p.dead_at is None), None)


class ContactPoint(Model):
    """A number (E.164) or an address (lower case)."""

    __tablename__ = "contact_points"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    kind: Mapped[PointKind] = mapped_column(enum_column(PointKind))
    address: Mapped[str] = mapped_column(sa.String(254), index=True)
    dead_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    contact: Mapped[Contact] = relationship(back_populates="points")


class AudienceMember(Model):
    """That a contact belongs to one of the plan's audiences, and why."""

    __tablename__ = "audience_members"
    __table_args__ = (sa.UniqueConstraint("contact_id", "audience_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    audience_key: Mapped[str] = mapped_column(sa.String(60), index=True)
    why: Mapped[str] = mapped_column(sa.String(200), default="")

    contact: Mapped[Contact] = relationship(back_populates="audiences")


class PointCheck(Model):
    """A test message to one point: whoever reads its code can be reached there. The newest of a point counts."""

    __tablename__ = "point_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(sa.ForeignKey("contact_points.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(sa.String(6))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    point: Mapped[ContactPoint] = relationship()


class ContactAsk(Model):
    """A contact without login is asked whether the own data still hold; the link's token is the secret."""

    __tablename__ = "contact_asks"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    address: Mapped[str] = mapped_column(sa.String(254))  # where it went: it ends when that is theirs no more
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    contact: Mapped[Contact] = relationship()


@event.listens_for(Contact, "before_insert")
@event.listens_for(Contact, "before_update")
def _stamp(_mapper: Any, _connection: Any, contact: Contact) -> None:
    contact.folded = folded(f"{contact.name} {contact.function or ''}")
    contact.edited_at = clock.now()
