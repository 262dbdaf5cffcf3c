"""What the pure rules allow, from the plain rows: asked without any of the application's queries."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.accounts.models import User
from app.areas.models import Actor, Membership, Organisation, OrganisationKind
from app.areas.roles import Role
from app.extensions import db
from app.incidents.models import ColleaguePass, Incident, Participation
from app.logbook.models import LogEntry
from app.plans.document import PlanDocument
from app.plans.tracks import IncidentFacts, Who, may_enter_room, may_glimpse, may_see_entry, may_see_incident


def known_as(held: Membership) -> Who:
    """A membership as the rules know it; police anywhere in the area is police everywhere in it."""
    return Who(
        held.user_id, held.actor.key, held.actor.organisation.key, held.role,
        is_police(held.user_id, held.actor.area_id), is_administrator=held.user.is_administrator,
    )  # fmt: skip


def is_police(user_id: int, area_id: int) -> bool:
    """Any membership in force, in any role."""
    query = sa.select(sa.func.count()).select_from(Membership)
    query = query.join(Actor, Membership.actor_id == Actor.id)
    query = query.join(Organisation, Actor.organisation_id == Organisation.id)
    return bool(
        db.session.scalar(
            query.where(
                Membership.user_id == user_id, Membership.ended_at.is_(None), Actor.area_id == area_id,
                Organisation.kind == OrganisationKind.POLICE,
            )
        )
    )  # fmt: skip


def everybody(user: User, area_id: int) -> Iterator[Who]:
    """The person as each of their actors in the area; a guest as the one let in for."""
    if user.expires_at is not None:
        for held in db.session.scalars(sa.select(ColleaguePass).filter_by(user_id=user.id, ended_at=None)):
            if held.used_at is not None:
                yield Who(
                    user.id, held.actor.key, held.actor.organisation.key, Role.RESPONDER, False,
                    guest_of=held.incident_id,
                )  # fmt: skip
        return
    query = sa.select(Membership).join(Membership.actor).where(
        Membership.user_id == user.id, Membership.ended_at.is_(None), Actor.area_id == area_id
    )  # fmt: skip
    yield from map(known_as, db.session.scalars(query))


def facts(incident: Incident) -> IncidentFacts:
    """The incident as the rules know it, from its rows."""
    parts = db.session.execute(
        sa.select(Actor.key, Participation.ended_at)
        .join(Actor, Participation.actor_id == Actor.id)
        .where(Participation.incident_id == incident.id)
    ).all()
    keys = dict(db.session.execute(sa.select(Actor.id, Actor.key)).all())
    return IncidentFacts(
        incident.id, incident.track, incident.status, keys[incident.leader_actor_id],
        frozenset(key for key, ended_at in parts if ended_at is None), keys[incident.activator_actor_id],
        recorded_by_actor=keys.get(incident.recorder_actor_id or 0),
        ended_participants={key: ended_at for key, ended_at in parts if ended_at is not None},
        is_exercise=incident.is_exercise, glimpse_closed=incident.glimpse_closed,
    )  # fmt: skip


def sees(user: User, incident: Incident) -> bool:
    """Whether the record may be read, as anybody the person is."""
    known = facts(incident)
    return any(may_see_incident(who, known) for who in everybody(user, incident.area_id))


def is_inside(user: User, incident: Incident) -> bool:
    """Whether the room is theirs."""
    known = facts(incident)
    return any(may_enter_room(who, known) for who in everybody(user, incident.area_id))


def glimpses(plan: PlanDocument, who: Who, incident: Incident) -> bool:
    """Whether category, place and leader's number show."""
    return bool(may_glimpse(plan, who, facts(incident)))


def reads(user: User, incident: Incident, entry: LogEntry) -> bool:
    """Whether the entry's words may be read, as anybody the person is."""
    known = facts(incident)
    return any(
        may_see_entry(entry.sharing, entry.author_organisation_key, who, known, entry.recorded_at)
        for who in everybody(user, incident.area_id)
    )
