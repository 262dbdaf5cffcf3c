"""Incidents and actors by key."""

import sqlalchemy as sa

from app.areas.models import Actor, Area
from app.extensions import db
from app.incidents.models import ActivationRequest, Incident, RequestState
from app.plans.vocabulary import IncidentStatus


def actors_by_key(area: Area) -> dict[str, Actor]:
    """The area's actors by the key that the plan names."""
    return {actor.key: actor for actor in db.session.scalars(sa.select(Actor).where(Actor.area_id == area.id))}


def open_in(area: Area) -> list[Incident]:
    """Every active incident of the area, whoever may know of it: for rules to filter, never to show."""
    return list(
        db.session.scalars(
            sa.select(Incident)
            .where(Incident.area_id == area.id, Incident.status == IncidentStatus.ACTIVE)
            .order_by(Incident.activated_at.desc(), Incident.id.desc())
        )
    )


def by_public_id(public_id: str) -> Incident | None:
    """The incident by its public id: for rules to judge, never to show."""
    return db.session.scalar(sa.select(Incident).where(Incident.public_id == public_id))


def by_once_key(key: str) -> Incident | None:
    """The incident that this form has made already."""
    return db.session.scalar(sa.select(Incident).where(Incident.once_key == key))


def open_requests(area: Area) -> list[ActivationRequest]:
    """Requests for activation that nobody has answered."""
    return list(
        db.session.scalars(
            sa.select(ActivationRequest)
            .where(ActivationRequest.area_id == area.id, ActivationRequest.state == RequestState.OPEN)
            .order_by(ActivationRequest.created_at, ActivationRequest.id)
        )
    )
