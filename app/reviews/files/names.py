"""Whose name a file bears. A file leaves the house: no volunteer's name goes with it, whoever takes it."""

import sqlalchemy as sa

from app.areas.models import Actor, Area, Organisation, OrganisationKind
from app.extensions import db


def said_by(actor: Actor, name: str) -> str:
    """`Sanne Spang, SSP`; of volunteers the actor alone."""
    return f"{name}, {actor.name}" if name and not actor.is_civil else actor.name


def civil(area: Area) -> dict[str, str]:
    """The area's boards, networks and associations: name by key."""
    query = sa.select(Actor.key, Actor.name).join(Actor.organisation)
    query = query.where(Actor.area_id == area.id, Organisation.kind == OrganisationKind.CIVIL)
    return {row.key: row.name for row in db.session.execute(query)}
