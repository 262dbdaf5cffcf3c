"""Gathers what the pure rules ask about an incident and a person."""

from app.accounts.models import User
from app.areas.models import Actor
from app.areas.roles import Role
from app.incidents.models import Incident
from app.plans.tracks import IncidentFacts, Who


def facts_of(
    incident: Incident, *, has_unconfirmed_police_act: bool = False, has_unconfirmed_activation: bool = False
) -> IncidentFacts:
    """The incident as the rules know it."""
    keys = {p.actor_id: p.actor.key for p in incident.participations}
    return IncidentFacts(
        id=incident.id,
        track=incident.track,
        status=incident.status,
        leader_actor=incident.leader.key,
        participants=frozenset(p.actor.key for p in incident.participations if p.ended_at is None),
        activator_actor=incident.activator.key,
        recorded_by_actor=keys.get(incident.recorder_actor_id) if incident.recorder_actor_id else None,
        ended_participants={p.actor.key: p.ended_at for p in incident.participations if p.ended_at is not None},
        is_exercise=incident.is_exercise,
        glimpse_closed=incident.glimpse_closed,
        has_unconfirmed_police_act=has_unconfirmed_police_act,
        has_unconfirmed_activation=has_unconfirmed_activation,
    )


def who(user: User, actor: Actor, role: Role, *, police_in_area: bool, guest_of: int | None = None) -> Who:
    """A person acting as one actor, as the rules know them."""
    return Who(
        user_id=user.id,
        actor_key=actor.key,
        organisation=actor.organisation.key,
        role=role,
        police_in_area=police_in_area,
        is_administrator=user.is_administrator,
        guest_of=guest_of,
    )
