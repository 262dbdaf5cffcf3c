"""What the scheduler calls for agreed plans; one commit per incident."""

from app.direction import queries
from app.direction.operations import note_silence
from app.extensions import db
from app.incidents.locks import locked
from app.incidents.models import Incident


def tell_of_silence() -> int:
    """Say once per incident that half an hour went without an agreement. Answers in how many it was said."""
    late = queries.perhaps_late()
    db.session.rollback()
    said = 0
    for incident_id in late:
        said += note_silence(locked(db.session.get_one(Incident, incident_id)))
        db.session.commit()
    return said
