"""The whole course over a switch of track, as far as the signed-in person may see each incident of it."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.extensions import db
from app.incidents.access import Reader, Seen, known_in
from app.incidents.facts import facts_of
from app.incidents.log import topic_of
from app.incidents.models import Incident, Succession
from app.lib import clock
from app.live.operations import raised_by
from app.live.remembered import unless_none
from app.plans.tracks import may_enter_room, may_see_incident


def link(predecessor: Incident, successor: Incident) -> None:
    """The one ended and lives on in the other."""
    db.session.add(Succession(predecessor=predecessor, successor=successor, at=clock.now()))
    db.session.flush()


def successor_of(incident: Incident) -> Incident | None:
    """What took its place: for operations, never to show."""
    query = sa.select(Succession).where(Succession.predecessor_id == incident.id).order_by(Succession.id.desc())
    found = db.session.scalar(query.limit(1))
    return found.successor if found else None


def predecessors_of(incident: Incident) -> list[Incident]:
    """Everything that came to live on in it, the nearest first: for operations, never to show."""
    found, waiting = [], [incident]
    while waiting:
        query = sa.select(Succession).where(Succession.successor_id == waiting.pop().id).order_by(Succession.id)
        before = [row.predecessor for row in db.session.scalars(query)]
        found += before
        waiting += before
    return found


def seen_or_none(incident: Incident) -> Seen | None:
    """The incident as the first of the person's actors that may see it: the rules of `seen_or_404`."""
    facts = facts_of(incident)
    for may in (may_enter_room, may_see_incident):
        for known in known_in(incident.area_id):
            if may(known.who, facts):
                return Seen(incident, Reader(known.user, known.actor, incident.area, known.role, known.who), facts)
    return None


def course_of(seen: Seen) -> list[Seen]:
    """The incident with those before and after it, in the order they began.

    Never by way of one that the person may not see: two police cases with a B between them stay two.
    """
    found, waiting = {seen.incident.id: seen}, [seen.incident]
    while waiting:
        for incident in _beside(waiting.pop()):
            if incident.id not in found and (other := seen_or_none(incident)) is not None:
                found[incident.id] = other
                waiting.append(incident)
    return sorted(found.values(), key=lambda one: (one.incident.activated_at, one.incident.id))


def _beside(incident: Incident) -> list[Incident]:
    def ask() -> Sequence[Succession]:
        here = sa.or_(Succession.predecessor_id == incident.id, Succession.successor_id == incident.id)
        return db.session.scalars(sa.select(Succession).where(here)).all()

    rows = unless_none(f"beside:{incident.public_id}", beside_topic(incident.id), ask)
    return [row.successor if row.predecessor_id == incident.id else row.predecessor for row in rows]


def beside_topic(incident_id: int) -> str:
    """Raised when a succession touches the incident. No poll says it: the police would hear that a B has ended in A."""
    return topic_of(incident_id, "beside")


raised_by(Succession, lambda row: (beside_topic(row.predecessor_id), beside_topic(row.successor_id)))
