"""Start an exercise, break it off, or say that this is real."""

from dataclasses import replace

from app.callout import operations as callout
from app.callout import texts
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.plans.vocabulary import IncidentStatus
from app.transitions.activate import Activation, activate


def start(new: Activation) -> Incident:
    """The flag is set at birth and follows every text. Raises Refused."""
    return activate(replace(new, is_exercise=True))


def break_off(incident: Incident, reader: Reader) -> int:
    """Any coordinator in it may; everybody who got a text is told at once. Answers how many are told."""
    incident = _running(incident, reader)
    entry = log.write(incident, Kind.DECISION, "Øvelsen er afbrudt.", by=reader.by)
    called = callout.stop_all(incident)
    incident.status, incident.ended_at, incident.next_update_at = IncidentStatus.ANNULLED, clock.now(), None
    incident.annul_reason = "Øvelsen er afbrudt."
    db.session.flush()
    log.changed(incident, *log.TOPICS)
    return callout.tell_called(incident, called, texts.exercise_broken_off(incident), f"broken-off:{entry.seq}")


def this_is_real(incident: Incident, real: Activation) -> Incident:
    """Something happened during the exercise: it is broken off and a real incident opens with what was typed."""
    opened = activate(replace(real, is_exercise=False))
    if incident.is_open:
        break_off(incident, real.reader)
    return opened


def _running(incident: Incident, reader: Reader) -> Incident:
    incident = locked(incident)
    if not incident.is_exercise:
        raise Refused(Reason(N_("Det er ikke en øvelse.")))
    if not incident.is_open:
        raise Refused(Reason(N_("Øvelsen er allerede slut.")))
    if not reader.who.coordinates:
        raise Refused(Reason(N_("Det kan kun en koordinator.")))
    return incident
