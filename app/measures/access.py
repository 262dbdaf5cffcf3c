"""The only ways to a measure: through what the person may see. What is out of reach does not exist."""

from dataclasses import dataclass, replace

import sqlalchemy as sa
from flask import abort, g

from app.accounts.models import User
from app.areas.grants import role_grants
from app.areas.queries import memberships_of
from app.extensions import db
from app.incidents.access import Reader, known_in, reachable
from app.incidents.course import seen_or_none
from app.incidents.facts import facts_of, who
from app.incidents.models import Incident, Participation
from app.measures import rules
from app.measures.models import Measure
from app.plans.tracks import IncidentFacts
from app.plans.tracks.facts import ROOM_ROLES


@dataclass(frozen=True)
class SeenMeasure:
    """A measure that this reader may see."""

    measure: Measure
    reader: Reader

    @property
    def may_change(self) -> bool:
        return bool(rules.may_change(self.reader.who, *facts(self.measure)))

    @property
    def may_read_all(self) -> bool:
        """Also what was written before it was published: as if it had never been."""
        known, incident = facts(self.measure)
        return incident is None or bool(rules.may_see(self.reader.who, replace(known, is_published=False), incident))

    @property
    def incident(self) -> Incident | None:
        """What it came of, for those who may see that too: what is published leads nobody there."""
        found = self.measure.incident
        return found if found is not None and seen_or_none(found) is not None else None


def facts(measure: Measure) -> tuple[rules.MeasureFacts, IncidentFacts | None]:
    """The measure and its incident as the rules know them."""
    known = rules.MeasureFacts(measure.owner.key, measure.is_published, measure.without_police, measure.changed_at)
    return known, facts_of(measure.incident) if measure.incident is not None else None


def measure_or_404(public_id: str) -> SeenMeasure:
    """The measure, as the first of the person's actors that may see it. 403 when that role lacks the permission."""
    measure = db.session.scalar(sa.select(Measure).where(Measure.public_id == public_id))
    if measure is None:
        abort(404)
    known_facts = facts(measure)
    for known in known_in(measure.area_id):
        if rules.may_see(known.who, *known_facts):
            if not role_grants(known.role, g.permission):
                abort(403)
            return SeenMeasure(measure, Reader(known.user, known.actor, measure.area, known.role, known.who))
    return abort(404)


def visible(reader: Reader) -> sa.Select[Measure]:
    """Every measure of the area that this reader may see, in no order: the rule `may_see` as one query."""
    known, query = reader.who, sa.select(Measure).where(Measure.area_id == reader.area.id)
    if not known.is_member:
        return query.where(sa.false())
    if reader.role not in ROOM_ROLES:
        return query.where(Measure.published_at.is_not(None))
    own = Measure.owner_actor_id == reader.actor.id
    secret = sa.or_(sa.and_(Measure.incident_id.is_(None), own), _of_own_incidents(reader, own))
    if known.police_in_area:
        secret = sa.and_(secret, Measure.without_police.is_(False))
    return query.where(sa.or_(Measure.published_at.is_not(None), secret))


def _of_own_incidents(reader: Reader, own: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    still = sa.or_(Participation.ended_at.is_(None), Participation.ended_at >= Measure.changed_at, own)
    part = sa.exists().where(
        Participation.incident_id == Measure.incident_id, Participation.actor_id == reader.actor.id, still
    )
    incidents = reachable(reader).order_by(None).with_only_columns(Incident.id)
    return sa.and_(Measure.incident_id.in_(incidents), part)


def readers_of(user: User) -> list[Reader]:
    """The person as each of their actors, outside of a request: for what they are told or fetch by a secret."""
    held = memberships_of(user)
    police: set[int] = {m.actor.area_id for m in held if m.actor.is_police}
    known = [who(user, m.actor, m.role, police_in_area=m.actor.area_id in police) for m in held]
    return [Reader(user, m.actor, m.actor.area, m.role, one) for m, one in zip(held, known, strict=True)]
