"""Areas and who is what in them. Activator right, party and audience are three things: none of them is stored here."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.roles import Role
from app.extensions import Model
from app.lib.i18n import N_
from app.lib.types import UTCDateTime, enum_column, json_column, new_public_id


class OrganisationKind(StrEnum):
    """What sort of organisation; police decides secrecy, the rest is for reading."""

    POLICE = "police"
    MUNICIPALITY = "municipality"
    HOUSING = "housing"
    HELHEDSPLAN = "helhedsplan"
    CIVIL = "civil"


ORGANISATION_KINDS = {
    OrganisationKind.POLICE: N_("politi"),
    OrganisationKind.MUNICIPALITY: N_("kommune"),
    OrganisationKind.HOUSING: N_("boligorganisation"),
    OrganisationKind.HELHEDSPLAN: N_("boligsocial helhedsplan"),
    OrganisationKind.CIVIL: N_("forening, netværk eller bestyrelse"),
}


class PlaceKind(StrEnum):
    """A boligafdeling, or a place that people point at."""

    SECTION = "section"
    PLACE = "place"


class Area(Model):
    """A housing area. `tags` are year-stamped lists it is on (three different "udsat" lists; never one boolean)."""

    __tablename__ = "areas"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    municipality: Mapped[str] = mapped_column(sa.String(120))
    tags: Mapped[list[dict[str, Any]]] = mapped_column(json_column(), default=list)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    places: Mapped[list["Place"]] = relationship(back_populates="area", order_by="Place.name")
    actors: Mapped[list["Actor"]] = relationship(back_populates="area", order_by="Actor.name")


class Place(Model):
    """A section (boligafdeling) or a named place of an area, to tap when something happens there."""

    __tablename__ = "places"
    __table_args__ = (sa.UniqueConstraint("area_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    kind: Mapped[PlaceKind] = mapped_column(enum_column(PlaceKind))
    name: Mapped[str] = mapped_column(sa.String(120))

    area: Mapped[Area] = relationship(back_populates="places")


class Organisation(Model):
    """A legal body; may have actors in several areas."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[OrganisationKind] = mapped_column(enum_column(OrganisationKind))


class Actor(Model):
    """What an organisation is in one area: SSP, youth club, housing organisation. The plan names actors by key."""

    __tablename__ = "actors"
    __table_args__ = (sa.UniqueConstraint("area_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(120))
    phone: Mapped[str | None] = mapped_column(sa.String(20))  # the function's number, E.164; no private one

    area: Mapped[Area] = relationship(back_populates="actors")
    organisation: Mapped[Organisation] = relationship(lazy="joined")

    @property
    def is_police(self) -> bool:
        return self.organisation.kind is OrganisationKind.POLICE

    @property
    def is_civil(self) -> bool:
        """Boards, networks and associations: its people are volunteers."""
        return self.organisation.kind is OrganisationKind.CIVIL


class Membership(Model):
    """A person's role at an actor. Ended ones stay, so that old acts can be explained."""

    __tablename__ = "memberships"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    actor: Mapped[Actor] = relationship(lazy="joined")

    __table_args__ = (
        sa.Index(
            "uq_memberships_current",
            "user_id",
            "actor_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )


class DataProtection(Model):
    """What an area says of its personal data; each saving is a row of its own, the newest holds."""

    __tablename__ = "data_protection"
    __table_args__ = (sa.UniqueConstraint("area_id", "number"),)
    WORDS = ("controller", "ask", "sources", "processors", "transfers")

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"))
    number: Mapped[int]
    controller: Mapped[str] = mapped_column(sa.Text)
    ask: Mapped[str] = mapped_column(sa.Text)  # whom a resident may ask
    sources: Mapped[str] = mapped_column(sa.Text)  # where the numbers come from
    processors: Mapped[str] = mapped_column(sa.Text)
    transfers: Mapped[str] = mapped_column(sa.Text)  # to third countries
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    written_by: Mapped[User] = relationship()
