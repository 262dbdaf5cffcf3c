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
from app.messaging import queries as messaging
from app.plans.tracks import IncidentFacts, may_see_incident
from app.plans.vocabulary import IncidentStatus

# Tables and not classes: nothing of it is kept, and a poll is to cost next to nothing.
_incident, _party, _actor = Incident.__table__, Participation.__table__, Actor.__table__
_FACTS = (_incident.c.id, _incident.c.area_id, _incident.c.track, _incident.c.status)
_QUESTION = (
    sa.select(*_FACTS, _actor.c.key, _party.c.ended_at, messaging.LAST_SIGN.label("last_sign"))
    .join_from(_incident, _party, _party.c.incident_id == _incident.c.id)
    .join(_actor, _actor.c.id == _party.c.actor_id)
    .where(_incident.c.public_id == sa.bindparam("public_id"))
)


@dataclass(frozen=True)
class Heard:
    """What a poll needs to know of an incident."""

    id: int
    is_silent: bool  # it runs, and nothing is being sent: somebody must ring


def heard_or_404(public_id: str) -> Heard:
    """The incident, when one of the person's actors may see it. Everybody who may see it may read its room."""
    rows = db.session.execute(_QUESTION, {"public_id": public_id}).all()
    if not rows:
        abort(404)
    facts = _facts(rows)
    if not any(may_see_incident(known.who, facts) for known in known_in(rows[0].area_id)):
        abort(404)
    runs = facts.status is IncidentStatus.ACTIVE
    return Heard(facts.id, runs and messaging.is_silence(rows[0].last_sign))


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
