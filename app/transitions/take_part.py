"""Joining an incident that has begun: an activator that is no party, or an actor the leader takes in."""

from app.areas.models import Actor
from app.callout import operations as callout
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.locks import locked
from app.incidents.models import Incident, Joined, Participation
from app.lib import clock
from app.logbook.kinds import Kind
from app.plans.tracks import may_add_actor, may_join
from app.plans.vocabulary import CallLevel
from app.tasks import operations as tasks
from app.transitions.ruling import demand


def join(incident: Incident, reader: Reader) -> None:
    """ "Det er denne: deltag". Raises Refused."""
    incident = locked(incident)
    demand(may_join(document_of(incident), reader.who, facts_of(incident)), incident.area)
    participation = _take_in(incident, reader.actor, Joined.ACTIVATOR, CallLevel.WHEN_NEEDED)
    log.write(incident, Kind.DECISION, f"{reader.actor.name} deltager", by=reader.by)
    callout.start(incident, participation, document_of(incident).chain, is_here=True)
    log.changed(incident, *log.TOPICS)


def add_actor(
    incident: Incident,
    actor: Actor,
    level: CallLevel,
    *,
    reader: Reader,
    on_behalf_of: str | None = None,
    not_cpr: bool = False,
) -> None:
    """The leader takes one more actor in, for this incident only, on the record. Raises Refused."""
    incident = locked(incident)
    document = document_of(incident)
    ruling = may_add_actor(
        document, reader.who, facts_of(incident), actor.key, is_police=actor.is_police, on_behalf=bool(on_behalf_of)
    )
    demand(ruling, incident.area)
    participation = _take_in(incident, actor, Joined.ADDED, level)
    log.write(
        incident, Kind.DECISION, f"{actor.name} er taget med i hændelsen", by=reader.by, on_behalf_of=on_behalf_of
    )
    tasks.open_card(incident, document, actor)
    callout.start(incident, participation, document.chain)
    log.changed(incident, *log.TOPICS)


def _take_in(incident: Incident, actor: Actor, why: Joined, level: CallLevel) -> Participation:
    participation = next((p for p in incident.participations if p.actor_id == actor.id), None)
    if participation is None:
        participation = Participation(actor=actor, joined_at=clock.now())
        incident.participations.append(participation)
    participation.joined, participation.call_level, participation.ended_at = why, level, None
    db.session.flush()
    return participation
