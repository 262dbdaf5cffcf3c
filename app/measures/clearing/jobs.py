"""What the scheduler calls for nul-tolerance; one commit each."""

from app.extensions import db
from app.lib import clock
from app.measures.clearing import operations, queries
from app.measures.clearing.models import Report
from app.measures.rules import in_office_hours


def remind_to_clear() -> int:
    """Tell once who has passed the area's target; in office hours, since a reminder is no alarm. Answers how many."""
    now = clock.now()
    late = queries.to_remind(now) if in_office_hours(clock.local(now)) else []
    db.session.rollback()
    for report_id in late:
        operations.remind(db.session.get_one(Report, report_id))
        db.session.commit()
    return len(late)
