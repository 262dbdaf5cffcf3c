"""An incident that is registered when it is over: its real times, nobody called, nothing counting down."""

from app.errors import Refused
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.plans.vocabulary import IncidentStatus
from app.reviews.operations import open_review
from app.transitions.activate import Activation, activate


def register(new: Activation) -> Incident:
    """The incident, stood down at its real end and open for review. Raises Refused for times that cannot be."""
    if new.afterwards is None:
        raise ValueError("registering afterwards needs the real times")
    if not new.afterwards.started_at < new.afterwards.ended_at <= clock.now():
        raise Refused(Reason(N_("Sluttidspunktet skal ligge efter starten og må ikke ligge i fremtiden.")))
    incident = activate(new)
    if incident.status is IncidentStatus.ACTIVE:
        incident.status, incident.ended_at = IncidentStatus.STOOD_DOWN, new.afterwards.ended_at
        open_review(incident)
    return incident
