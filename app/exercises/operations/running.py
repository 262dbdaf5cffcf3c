"""Start an exercise, break it off, or say that this is real."""

from dataclasses import replace

from app.areas.by import By
from app.broadcasts import operations as broadcasts
from app.callout import operations as callout
from app.callout import texts
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.ruling import demand
from app.lib import clock
from app.logbook.kinds import Kind
from app.plans.tracks import may_break_off
from app.plans.vocabulary import IncidentStatus
from app.transitions.activate import Activation, activate

# Says nothing of why: in an exercise of a politisag the police read along, and what is real may not be theirs to know.
BROKEN_OFF = "Øvelsen er afbrudt."


def start(new: Activation) -> Incident:
    """The flag is set at birth and follows every text. Raises Refused."""
    return activate(replace(new, is_exercise=True))


def break_off(incident: Incident, reader: Reader) -> int:
    """Any coordinator in it may; everybody who got a text is told at once. Answers how many are told."""
    incident = locked(incident)
    demand(may_break_off(document_of(incident), reader.who, facts_of(incident)), incident.area)
    return _end(incident, reader.by)


def this_is_real(incident: Incident, real: Activation) -> Incident:
    """Something happened during the exercise: a real incident opens with what was typed, and the exercise ends.

    Whoever may open the real one may: the exercise asks for no right of its own, and never stands in the way.
    """
    opened = activate(replace(real, is_exercise=False))
    incident = locked(incident)
    if incident.is_exercise and incident.is_open:
        _end(incident, real.reader.by)
    return opened


def _end(incident: Incident, by: By) -> int:
    entry = log.write(incident, Kind.DECISION, BROKEN_OFF, by=by)
    called = callout.stop_all(incident)
    broadcasts.stop_all(incident, "Øvelsen er afbrudt.")
    incident.status, incident.ended_at, incident.next_update_at = IncidentStatus.ANNULLED, clock.now(), None
    incident.annul_reason = BROKEN_OFF
    db.session.flush()
    log.changed(incident, *log.TOPICS)
    return callout.tell_called(incident, called, texts.exercise_broken_off(incident), f"broken-off:{entry.seq}")
