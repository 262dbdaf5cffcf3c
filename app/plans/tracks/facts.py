"""What a rule is told, and what it answers. Whoever asks gathers the facts; no rule looks anything up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.areas.roles import Role
from app.lib.i18n import N_, Reason
from app.plans.vocabulary import CallLevel, IncidentStatus, Track

ACTING_ROLES = frozenset({Role.COORDINATOR, Role.RESPONDER})
ROOM_ROLES = frozenset({Role.COORDINATOR, Role.RESPONDER, Role.OBSERVER})


@dataclass(frozen=True)
class Who:
    """A person as one actor in one area. No actor and no role: an outsider.

    `organisation` is the key of the organisation behind the actor. `police_in_area` is true when the
    person has any police membership in the area, whatever he acts as now. `guest_of` is the incident a
    colleague was let in to for 24 hours: there a responder of `actor_key`, elsewhere nobody.
    """

    user_id: int
    actor_key: str | None
    organisation: str | None
    role: Role | None
    police_in_area: bool
    is_administrator: bool = False
    guest_of: int | None = None

    @property
    def is_member(self) -> bool:
        """Belongs to the area in his own right. An administrator keeps settings and has no incidents."""
        return not self.is_administrator and self.guest_of is None and None not in (self.actor_key, self.role)

    @property
    def coordinates(self) -> bool:
        return self.is_member and self.role is Role.COORDINATOR

    @property
    def only_reads(self) -> bool:
        return self.guest_of is None and self.role is Role.OBSERVER

    @property
    def acts(self) -> bool:
        return self.is_member and self.role in ACTING_ROLES


@dataclass(frozen=True)
class IncidentFacts:
    """What the rules need to know of an incident.

    `participants` take part now; `ended_participants` say since when an actor no longer does.
    `recorded_by_actor` is set when somebody recorded the police's activation for them.
    """

    id: int
    track: Track
    status: IncidentStatus
    leader_actor: str
    participants: frozenset[str]
    activator_actor: str
    recorded_by_actor: str | None = None
    ended_participants: Mapping[str, datetime] = field(default_factory=dict)
    is_exercise: bool = False
    glimpse_closed: bool = False
    has_unconfirmed_police_act: bool = False
    has_unconfirmed_activation: bool = False

    @property
    def is_open(self) -> bool:
        return self.status is IncidentStatus.ACTIVE


@dataclass(frozen=True)
class Ruling:
    """Yes, or no with a Danish reason and the actors who can instead."""

    allowed: bool
    reason: Reason | None = None
    who_can: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed


YES = Ruling(True)


def no(text: str, *who_can: str, **params: str) -> Ruling:
    """A refusal: the sentence, who can instead, and what fills the sentence."""
    return Ruling(False, Reason(text, dict(params)), who_can)


def only_coordinators(who: Who) -> Ruling:
    """The refusal of somebody whose own coordinator could."""
    return no(N_("Det kan kun en koordinator."), who.actor_key or "")


def only_who_acts(who: Who) -> Ruling:
    """The refusal of somebody whose own coordinators and responders could."""
    return no(N_("Det kan en koordinator eller medarbejder."), who.actor_key or "")


@dataclass(frozen=True)
class Participant:
    """A party of an incident and how it is woken. `is_here`: it activated or took the call, so it knows already."""

    actor_key: str
    call_level: CallLevel
    is_here: bool = False
