"""An incident has one track for life. What it says about people: nothing; there are no such fields."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Actor, Area, Place
from app.extensions import Model
from app.lib.types import UTCDateTime, enum_column, new_public_id
from app.logbook.models import LogChain
from app.plans.models import Plan
from app.plans.vocabulary import CallLevel, IncidentStatus, Track


class Joined(StrEnum):
    """Why an actor takes part."""

    PLAN = "plan"
    ACTIVATOR = "activator"
    RECORDER = "recorder"
    ADDED = "added"


class Incident(Model):
    """One incident. `what`, `how_now` and `done_so_far` with the place are the alarm report's four questions."""

    __tablename__ = "incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plans.id"))  # None: the template served
    chain_id: Mapped[int] = mapped_column(sa.ForeignKey("log_chains.id"), unique=True)
    track: Mapped[Track] = mapped_column(enum_column(Track))
    is_exercise: Mapped[bool] = mapped_column(default=False)
    only_called: Mapped[bool | None]  # an exercise that is a call-out alone: no cards, no reports, no messages
    status: Mapped[IncidentStatus] = mapped_column(
        enum_column(IncidentStatus), default=IncidentStatus.ACTIVE, index=True
    )
    category_key: Mapped[str] = mapped_column(sa.String(60))
    what: Mapped[str] = mapped_column(sa.String(300))
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("places.id"))
    where_note: Mapped[str] = mapped_column(sa.String(200), default="")
    how_now: Mapped[str] = mapped_column(sa.String(2000), default="")
    done_so_far: Mapped[str] = mapped_column(sa.String(2000), default="")
    activated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_afterwards: Mapped[bool] = mapped_column(default=False)  # registered with its real times, nobody was called
    activator_actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    recorder_actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("actors.id"))
    activated_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    leader_actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    leader_label: Mapped[str] = mapped_column(sa.String(160))
    leader_phone: Mapped[str | None] = mapped_column(sa.String(20))
    glimpse_closed: Mapped[bool] = mapped_column(default=False)
    next_update_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # stood down, annulled or succeeded
    texts_gone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # its own words were deleted by the rules
    annul_reason: Mapped[str | None] = mapped_column(sa.String(300))
    once_key: Mapped[str] = mapped_column(sa.String(80), unique=True)

    area: Mapped[Area] = relationship()
    plan: Mapped[Plan | None] = relationship()
    chain: Mapped[LogChain] = relationship()
    place: Mapped[Place | None] = relationship(lazy="joined")
    leader: Mapped[Actor] = relationship(foreign_keys=[leader_actor_id], lazy="joined")
    activator: Mapped[Actor] = relationship(foreign_keys=[activator_actor_id], lazy="joined")
    activated_by: Mapped[User] = relationship(foreign_keys=[activated_by_id])
    participations: Mapped[list["Participation"]] = relationship(
        back_populates="incident", order_by="Participation.id", lazy="selectin"
    )

    @property
    def is_open(self) -> bool:
        return self.status is IncidentStatus.ACTIVE

    @property
    def is_police_case(self) -> bool:
        return self.track is Track.POLICE

    @property
    def where(self) -> str:
        """The place as people say it; the area's name when nothing narrower was tapped."""
        named = self.place.name if self.place else self.area.name
        return f"{named}, {self.where_note}" if self.where_note else named

    @property
    def digest(self) -> str:
        """What a form was shown of the incident's state; another value when the world has changed."""
        return f"{self.status}.{self.leader_actor_id}.{self.track}"


class Participation(Model):
    """That an actor takes part in an incident, how it is woken, since when and until when."""

    __tablename__ = "participations"
    __table_args__ = (sa.UniqueConstraint("incident_id", "actor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"), index=True)
    call_level: Mapped[CallLevel] = mapped_column(enum_column(CallLevel))
    joined: Mapped[Joined] = mapped_column(enum_column(Joined))
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    incident: Mapped[Incident] = relationship(back_populates="participations")
    actor: Mapped[Actor] = relationship(lazy="joined")


class RequestState(StrEnum):
    """What became of a request for activation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class ActivationRequest(Model):
    """What somebody without the right to activate typed; the first activator's yes activates with it."""

    __tablename__ = "activation_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    by_user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    by_actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    track: Mapped[Track] = mapped_column(enum_column(Track))
    category_key: Mapped[str] = mapped_column(sa.String(60))
    what: Mapped[str] = mapped_column(sa.String(300))
    place_id: Mapped[int | None] = mapped_column(sa.ForeignKey("places.id"))
    where_note: Mapped[str] = mapped_column(sa.String(200), default="")
    state: Mapped[RequestState] = mapped_column(enum_column(RequestState), default=RequestState.OPEN, index=True)
    incident_id: Mapped[int | None] = mapped_column(sa.ForeignKey("incidents.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    once_key: Mapped[str] = mapped_column(sa.String(80), unique=True)

    by_user: Mapped[User] = relationship()
    by_actor: Mapped[Actor] = relationship()
    place: Mapped[Place | None] = relationship()
    incident: Mapped[Incident | None] = relationship()


class ColleaguePass(Model):
    """A colleague let in to one incident for 24 hours: a code to the phone, and a user that ends by itself."""

    __tablename__ = "colleague_passes"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("actors.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), unique=True)
    let_in_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    incident: Mapped[Incident] = relationship()
    actor: Mapped[Actor] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])


class Succession(Model):
    """One incident ended and another took its place. Shown to those alone who may see both."""

    __tablename__ = "successions"
    __table_args__ = (sa.UniqueConstraint("predecessor_id", "successor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    predecessor_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"))
    successor_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    predecessor: Mapped[Incident] = relationship(foreign_keys=[predecessor_id])
    successor: Mapped[Incident] = relationship(foreign_keys=[successor_id])


class SameAnswer(StrEnum):
    """What the tovholder said of the police's new case."""

    YES = "yes"
    NO = "no"


class SameIncidentQuestion(Model):
    """ "Er det samme hændelse?", asked once of each pair. It belongs to `incident`; the case knows nothing of it."""

    __tablename__ = "same_incident_questions"
    __table_args__ = (sa.UniqueConstraint("incident_id", "police_case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"))
    police_case_id: Mapped[int] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[SameAnswer | None] = mapped_column(enum_column(SameAnswer))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    answered_as_id: Mapped[int | None] = mapped_column(sa.ForeignKey("actors.id"))

    incident: Mapped[Incident] = relationship(foreign_keys=[incident_id])
    police_case: Mapped[Incident] = relationship(foreign_keys=[police_case_id])


class SubmittedForm(Model):
    """A room form that has taken effect, by its once-only key: the same form again leads to the same place."""

    __tablename__ = "submitted_forms"

    key: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    location: Mapped[str] = mapped_column(sa.String(300))
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
