"""Planned exercises as a reader may know of them, and when the area last held one."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from app.areas.models import Actor, Area
from app.exercises.models import Drill
from app.exercises.rules import may_know
from app.extensions import db
from app.incidents.access import Reader
from app.incidents.facts import facts_of
from app.incidents.models import Incident
from app.plans.queries import plan_for
from app.plans.tracks import may_see_incident, participants
from app.plans.vocabulary import POLICE, IncidentStatus, Track

NEWEST = 50


def drills_for(reader: Reader) -> list[Drill]:
    """Those the reader may know of, the next and the newest first."""
    query = sa.select(Drill).where(Drill.area_id == reader.area.id)
    if reader.who.police_in_area:
        query = query.where(Drill.track == Track.POLICE)
    found = db.session.scalars(query.order_by(Drill.starts_at.desc(), Drill.id.desc()).limit(4 * NEWEST))
    return [drill for drill in found if may_see(reader, drill)][:NEWEST]


def may_see(reader: Reader, drill: Drill) -> bool:
    """One that has begun is seen by whoever may see its incident; until then by its parties."""
    if drill.area_id != reader.area.id:
        return False
    if drill.incident is not None:
        return bool(may_see_incident(reader.who, facts_of(drill.incident)))
    return may_know(
        reader.who, drill.track, keys_of(drill), is_unannounced=drill.is_unannounced, planned_by=drill.planned_as.key
    )


def keys_of(drill: Drill) -> tuple[str, ...]:
    """Who will take part, as the plan stands now."""
    activator = POLICE if drill.track is Track.POLICE else drill.planned_as.key
    document = plan_for(drill.area).document
    return tuple(p.actor_key for p in participants(document, drill.track, drill.category_key, activator))


def actors_of(drill: Drill) -> list[Actor]:
    """The same as actors of the area; never the police's where it is no politisag."""
    keys = {*keys_of(drill), drill.planned_as.key}
    is_a = drill.track is Track.POLICE
    return [actor for actor in drill.area.actors if actor.key in keys and (is_a or not actor.is_police)]


def drill_by_public_id(public_id: str) -> Drill | None:
    """Whoever may see it: ask `may_see`."""
    return db.session.scalar(sa.select(Drill).where(Drill.public_id == public_id))


def drill_of(incident: Incident) -> Drill | None:
    """The plan that an exercise came of; None for one started on the spot."""
    return db.session.scalar(sa.select(Drill).where(Drill.incident_id == incident.id))


def due(now: datetime) -> list[Drill]:
    """Planned, and not begun though it is time."""
    query = sa.select(Drill).where(Drill.incident_id.is_(None), Drill.called_off_at.is_(None), Drill.starts_at <= now)
    return list(db.session.scalars(query.order_by(Drill.id)))


def last_held(area: Area, tracks: Collection[Track]) -> datetime | None:
    """When the last exercise began. One that was broken off was not held."""
    held = sa.select(sa.func.max(Incident.activated_at)).where(
        Incident.area_id == area.id, Incident.is_exercise.is_(True), Incident.track.in_(tracks),
        Incident.status != IncidentStatus.ANNULLED,
    )  # fmt: skip
    return db.session.scalar(held)
