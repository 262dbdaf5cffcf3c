"""The poll's question: may this person see the incident still, and what moved? The rules of `seen_or_404`, at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort

from app.extensions import db
from app.incidents.access import Known, known_anywhere
from app.incidents.log import TOPICS
from app.incidents.models import Incident, Participation
from app.live.models import TopicCounter
from app.messaging import queries as messaging
from app.messaging.providers import OUTAGES, known_since
from app.plans.tracks import IncidentFacts, may_see_incident
from app.plans.vocabulary import IncidentStatus

# Tables and not classes: nothing of it is kept, and a poll is to cost next to nothing.
_incident, _party, _counter = Incident.__table__, Participation.__table__, TopicCounter.__table__


def _version(name: str) -> sa.ColumnElement[int]:
    """As `log.topic_of` names the topic; written out, since values to fill in cost each poll their time."""
    begins, ends = (sa.literal_column(f"'{part}'", sa.String) for part in ("incident:", f":{name}"))
    topic = begins + sa.cast(_incident.c.id, sa.String) + ends
    return sa.select(_counter.c.version).where(_counter.c.topic == topic).scalar_subquery().label(name)


_FACTS = (_incident.c.id, _incident.c.area_id, _incident.c.track, _incident.c.status)
_QUESTION = (
    sa.select(*_FACTS, _party.c.actor_id, _party.c.ended_at)
    .add_columns(messaging.LAST_SIGN.label("last_sign"), OUTAGES.label("outages"))
    .add_columns(*(_version(name) for name in TOPICS))
    .join_from(_incident, _party, _party.c.incident_id == _incident.c.id)
    .where(_incident.c.public_id == sa.bindparam("public_id"))
    .where(_party.c.actor_id.in_(sa.bindparam("actors", expanding=True)))
)


@dataclass(frozen=True)
class Heard:
    """What a poll needs to know of an incident; `counters` by the topic's name in the room."""

    id: int
    is_silent: bool  # it runs, and nothing is being sent: somebody must ring
    counters: dict[str, int]
    outages: str | None  # as `providers.told` takes it


def heard_or_404(public_id: str) -> Heard:
    """The incident, when one of the person's actors may see it. Everybody who may see it may read its room."""
    known = {one.actor.id: one for one in known_anywhere()}
    rows = db.session.execute(_QUESTION, {"public_id": public_id, "actors": list(known), **known_since()}).all()
    if not rows:
        abort(404)
    first, facts = rows[0], _facts(rows, known)
    if not any(may_see_incident(one.who, facts) for one in known.values() if one.actor.area_id == first.area_id):
        abort(404)
    runs = facts.status is IncidentStatus.ACTIVE
    counters = {name: getattr(first, name) or 0 for name in TOPICS}
    return Heard(facts.id, runs and messaging.is_silence(first.last_sign), counters, first.outages)


def _facts(rows: Sequence[Any], known: dict[int, Known]) -> IncidentFacts:
    # Who leads, who activated and which other actors take part decide nothing about seeing.
    first = rows[0]
    return IncidentFacts(
        id=first.id,
        track=first.track,
        status=first.status,
        leader_actor="",
        activator_actor="",
        participants=frozenset(known[row.actor_id].actor.key for row in rows if row.ended_at is None),
        ended_participants={known[row.actor_id].actor.key: row.ended_at for row in rows if row.ended_at is not None},
    )
