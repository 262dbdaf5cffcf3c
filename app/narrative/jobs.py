"""What the scheduler calls for the situation report; one commit per incident."""

from app.extensions import db
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.lib import clock
from app.narrative import queries
from app.narrative.operations import remind_of_first_report
from app.narrative.standing import first_report_due


def remind_first_report() -> int:
    """Tell each leader once that the first report is late. Answers how many were told."""
    now = clock.now()
    late = [i.id for i in queries.without_first_report() if first_report_due(i, document_of(i)) < now]
    db.session.rollback()
    for incident_id in late:
        remind_of_first_report(locked(db.session.get_one(Incident, incident_id)))
        db.session.commit()
    return len(late)
