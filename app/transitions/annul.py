"""Fejlaktivering: one tap and a reason; sixty seconds to undo it; "du skal ikke gøre noget" to exactly those called."""

from dataclasses import replace
from datetime import timedelta

from app.broadcasts import operations as broadcasts
from app.callout import operations as callout
from app.callout import queries as callouts
from app.callout import texts
from app.direction.models import ActState, PoliceActKind
from app.direction.queries import acts_of, full_facts
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.messaging import outbox
from app.plans.tracks import Ruling, may_annul
from app.plans.vocabulary import IncidentStatus, Track
from app.transitions.ruling import demand

UNDO_WITHIN = timedelta(seconds=60)


def annul(
    incident: Incident, reader: Reader, reason: str, *, on_behalf_of: str | None = None, not_cpr: bool = False
) -> int:
    """What is queued stops at once; the text to those called waits sixty seconds. Answers how many get it."""
    incident = locked(incident)
    ruling = may_annul(document_of(incident), reader.who, full_facts(incident), on_behalf=bool(on_behalf_of))
    demand(ruling, incident.area)
    entry = log.write(
        incident, Kind.DECISION, f"Annulleret som fejlaktivering: {reason}", by=reader.by, on_behalf_of=on_behalf_of,
        not_cpr=not_cpr,
    )  # fmt: skip
    return end_as_false(incident, reason, f"false-alarm:{entry.seq}")


def end_as_false(incident: Incident, reason: str, key: str) -> int:
    """Stop everything and tell those called; the caller has asked whether it may and has written the log."""
    called = callout.stop_all(incident)
    broadcasts.stop_all(incident)
    incident.status, incident.ended_at, incident.next_update_at = IncidentStatus.ANNULLED, clock.now(), None
    incident.annul_reason = reason[:300]
    db.session.flush()
    log.changed(incident, *log.TOPICS)
    text = texts.exercise_broken_off(incident) if incident.is_exercise else texts.false_alarm(incident)
    delay = timedelta(0) if incident.is_exercise else UNDO_WITHIN
    return callout.tell_called(incident, called, text, key, delay=delay)


def may_undo(incident: Incident) -> bool:
    """Within sixty seconds, and before anybody was told that it was false. In an exercise they are told at once."""
    if incident.is_exercise:
        return False
    ended = incident.ended_at
    return incident.status is IncidentStatus.ANNULLED and ended is not None and clock.now() < ended + UNDO_WITHIN


def may_undo_by(incident: Incident, reader: Reader) -> Ruling:
    """Whoever could have annulled it may take that back; what the police denied is taken back by nobody."""
    facts = replace(full_facts(incident), status=IncidentStatus.ACTIVE)
    if any(act.state is ActState.DENIED and act.kind is PoliceActKind.ACTIVATION for act in acts_of(incident)):
        return Ruling(False, Reason(N_("Politiet har afkræftet, at de aktiverede.")))
    return may_annul(document_of(incident), reader.who, facts, on_behalf=incident.track is Track.POLICE)


def undo_annul(incident: Incident, reader: Reader) -> None:
    """*Fortryd*: it runs on as before; only texts that were held back go out. Raises Refused when it is too late."""
    incident = locked(incident)
    if not may_undo(incident):
        raise Refused(Reason(N_("Det er for sent at fortryde. Aktivér igen, hvis det er rigtigt.")))
    demand(may_undo_by(incident, reader), incident.area)
    outbox.cancel(group=f"ending:{incident.id}", reason="undone")
    document = document_of(incident)
    incident.status, incident.ended_at, incident.annul_reason = IncidentStatus.ACTIVE, None, None
    incident.next_update_at = clock.now() + timedelta(minutes=document.first_report_minutes)
    db.session.flush()
    log.write(incident, Kind.DECISION, "Annulleringen er fortrudt. Beredskabet er aktivt igen.", by=reader.by)
    parts = {participation.actor_id: participation for participation in incident.participations}
    for round_ in callouts.latest_of(incident):
        callout.take_up(round_, parts[round_.actor_id], document.chain, by=reader.by)
    log.changed(incident, *log.TOPICS)
