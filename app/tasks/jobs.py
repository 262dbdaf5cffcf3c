"""What the scheduler calls for tasks; one commit per party."""

from app.areas.models import Actor
from app.extensions import db
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.lib import clock
from app.tasks import operations, queries


def remind_overdue() -> int:
    """Tell each party once about its overdue tasks. Answers how many parties had some."""
    due = queries.with_overdue(since=clock.now() - operations.REMINDED_EVERY)
    db.session.rollback()
    for incident_id, actor_id in due:
        incident = locked(db.session.get_one(Incident, incident_id))
        operations.remind(incident, db.session.get_one(Actor, actor_id))
        db.session.commit()
    return len(due)
