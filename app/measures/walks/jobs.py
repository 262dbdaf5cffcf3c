"""What the scheduler calls for findings; one commit each."""

from app.extensions import db
from app.lib import clock
from app.measures.rules import in_office_hours
from app.measures.walks import operations, queries
from app.measures.walks.models import Finding


def remind_of_findings() -> int:
    """Tell once who is late with an answer; in office hours, since a reminder is no alarm. Answers how many."""
    here = clock.local(clock.now())
    due = queries.overdue(here.date()) if in_office_hours(here) else []
    db.session.rollback()
    for finding_id in due:
        operations.remind(db.session.get_one(Finding, finding_id))
        db.session.commit()
    return len(due)
