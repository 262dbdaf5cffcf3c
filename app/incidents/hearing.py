"""The poll's question: may this person see the incident still? The rules of `seen_or_404`, on one row per party."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort

from app.areas.models import Actor
from app.extensions import db
from app.incidents.access import known_in
from app.incidents.models import Incident, Participation
from app.plans.tracks import IncidentFacts, may_see_incident
from app.plans.vocabulary import IncidentStatus

_QUESTION = (
    sa.select(Incident.id, Incident.area_id, Incident.track, Incident.status, Actor.key, Participation.ended_at)
    .join(Participation, Participation.incident_id == Incident.id)
    .join(Actor, Actor.id == Participation.actor_id)
    .where(Incident.public_id == sa.bindparam("public_id"))
)


@dataclass(frozen=True)
class Heard:
    """What a poll needs to know of an incident."""

    id: int
    is_open: bool


def heard_or_404(public_id: str) -> Heard:
    """The incident, when one of the person's actors may see it. Everybody who may see it may read its room."""
    rows = db.session.execute(_QUESTION, {"public_id": public_id}).all()
    if not rows:
        abort(404)
    facts = _facts(rows)
    if not any(may_see_incident(known.who, facts) for known in known_in(rows[0].area_id)):
        abort(404)
    return Heard(facts.id, facts.status is IncidentStatus.ACTIVE)


def _facts(rows: Sequence[Any]) -> IncidentFacts:
    # Who leads and who activated decide nothing about seeing.
    first = rows[0]
    return IncidentFacts(
        id=first.id,
        track=first.track,
        status=first.status,
        leader_actor="",
        activator_actor="",
        participants=frozenset(row.key for row in rows if row.ended_at is None),
        ended_participants={row.key: row.ended_at for row in rows if row.ended_at is not None},
    )
