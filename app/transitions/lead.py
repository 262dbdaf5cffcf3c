"""Taking over as tovholder, and taking over a silent party's card."""

from app.areas.models import Actor
from app.callout import queries as callouts
from app.callout.models import CalloutState
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.names import in_words
from app.incidents.texts import marked
from app.logbook.kinds import Kind
from app.notices.operations import notify
from app.plans.tracks import may_take_card, may_take_over_lead
from app.plans.vocabulary import Track
from app.tasks import operations as tasks
from app.transitions.ruling import demand


def take_over_lead(incident: Incident, reader: Reader, reason: str, *, not_cpr: bool = False) -> None:
    """One tap and a reason; the former tovholder is told. Two at once: the second takes over from the first."""
    incident = locked(incident)
    demand(may_take_over_lead(document_of(incident), reader.who, facts_of(incident)), incident.area)
    former = incident.leader
    incident.leader = reader.actor
    incident.leader_label = reader.by.label
    incident.leader_phone = reader.user.phone or reader.actor.phone
    db.session.flush()
    text = f"{reader.actor.name} er tovholder efter {former.name}: {reason}"
    data = {"leader": reader.actor.key}
    entry = log.write(incident, Kind.DECISION, text, by=reader.by, not_cpr=not_cpr, data=data)
    notify(
        former, marked(incident, f"{in_words(reader.by)} har overtaget som tovholder: {incident.what[:150]}"),
        about=f"incident:{incident.public_id}", key=f"lead-taken:{incident.id}:{entry.seq}",
        without_police=incident.track is Track.NON_POLICE, send=True, is_exercise=incident.is_exercise,
        group=callouts.group_of(incident),
    )  # fmt: skip
    log.changed(incident, *log.TOPICS)


def take_card(incident: Incident, card_of: Actor, reader: Reader, reason: str, *, not_cpr: bool = False) -> int:
    """Another party does the open tasks of one that does not answer. Answers how many tasks moved."""
    incident = locked(incident)
    is_silent = _is_silent(incident, card_of)
    ruling = may_take_card(document_of(incident), reader.who, facts_of(incident), card_of.key, is_silent=is_silent)
    demand(ruling, incident.area)
    return tasks.take_card(incident, card_of, by=reader.by, reason=reason, not_cpr=not_cpr)


def _is_silent(incident: Incident, actor: Actor) -> bool:
    latest = callouts.latest(incident, actor)
    return latest is None or latest.state is not CalloutState.ACKNOWLEDGED
