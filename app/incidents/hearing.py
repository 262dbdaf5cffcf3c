"""The poll's question: may this person see the incident still, and what moved? The rules of `seen_or_404`, at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort, request

from app.extensions import db
from app.incidents import counters
from app.incidents.access import Known, known_anywhere
from app.incidents.log import TOPICS
from app.incidents.models import Incident, Participation
from app.messaging import queries as messaging
from app.messaging.providers import OUTAGES, known_since
from app.plans.tracks import IncidentFacts, may_see_incident
from app.plans.vocabulary import IncidentStatus

# Tables and not classes: nothing of it is kept, and a poll is to cost next to nothing.
_incident, _party = Incident.__table__, Participation.__table__


_FACTS = (_incident.c.id, _incident.c.area_id, _incident.c.track, _incident.c.status)
_QUESTION = (
    sa.select(*_FACTS, _party.c.actor_id, _party.c.ended_at)
    .add_columns(messaging.LAST_SIGN.label("last_sign"), OUTAGES.label("outages"))
    .add_columns(*counters.columns())
    .join_from(_incident, _party, _party.c.incident_id == _incident.c.id)
    .where(_incident.c.public_id == sa.bindparam("public_id"))
    .where(_party.c.actor_id.in_(sa.bindparam("actors", expanding=True)))
)


ASKED = "beredskab.asked_of_incident"  # where the request keeps the answer, when finding its person brought it along


@dataclass(frozen=True)
class Asked:
    """The answer for those of these actors that take or took part; `contacts` is that topic's number, when one does."""

    rows: Sequence[Any]

    @property
    def contacts(self) -> int:
        return int(self.rows[0].contacts or 0)


@dataclass(frozen=True)
class Heard:
    """What a poll needs to know of an incident; `counters` by the topic's name in the room."""

    id: int
    is_silent: bool  # it runs, and nothing is being sent: somebody must ring
    counters: dict[str, int]
    outages: str | None  # as `providers.told` takes it


def ask(public_id: str, actors: list[int]) -> Asked:
    """The one question."""
    given = {"public_id": public_id, "actors": actors, **known_since()}
    return Asked(db.session.execute(_QUESTION, given).all())


def heard_or_404(public_id: str) -> Heard:
    """The incident, when one of the person's actors may see it. Everybody who may see it may read its room."""
    known = {one.actor.id: one for one in known_anywhere()}
    asked: Asked = request.environ.get(ASKED) or ask(public_id, list(known))
    rows = asked.rows
    if not rows or not known.keys() >= {row.actor_id for row in rows}:
        abort(404)
    first, facts = rows[0], _facts(rows, known)
    if not any(may_see_incident(one.who, facts) for one in known.values() if one.actor.area_id == first.area_id):
        abort(404)
    runs = facts.status is IncidentStatus.ACTIVE
    standing = {name: getattr(first, name) or 0 for name in TOPICS}
    return Heard(facts.id, runs and messaging.is_silence(first.last_sign), standing, first.outages)


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
