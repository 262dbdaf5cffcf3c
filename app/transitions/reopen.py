"""An incident that was stood down runs again, with a reason."""

from datetime import timedelta

from app.callout import operations as callout
from app.direction.queries import full_facts
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.lib import clock
from app.logbook.kinds import Kind
from app.plans.tracks import may_reopen
from app.plans.vocabulary import IncidentStatus
from app.transitions.ruling import demand


def reopen(
    incident: Incident, reader: Reader, reason: str, *, on_behalf_of: str | None = None, not_cpr: bool = False
) -> None:
    """The parties are in it again; nobody is called by this alone. Raises Refused."""
    incident = locked(incident)
    document = document_of(incident)
    ruling = may_reopen(document, reader.who, full_facts(incident), on_behalf=bool(on_behalf_of))
    demand(ruling, incident.area)
    incident.status, incident.ended_at = IncidentStatus.ACTIVE, None
    incident.next_update_at = clock.now() + timedelta(minutes=document.update_every_minutes)
    db.session.flush()
    callout.let_answer(incident)
    text = f"Hændelsen er genåbnet: {reason}"
    log.write(incident, Kind.DECISION, text, by=reader.by, on_behalf_of=on_behalf_of, not_cpr=not_cpr)
    log.changed(incident, *log.TOPICS)
