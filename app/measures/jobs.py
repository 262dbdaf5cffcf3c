"""What the scheduler calls: deadlines that come near, fall, and have fallen. One commit per measure."""

from app.extensions import db
from app.lib import clock
from app.measures import queries, rules, telling
from app.measures.models import Measure


def remind_of_deadlines() -> None:
    """In office hours, each thing once; what is closed or has another deadline by now is left out."""
    wall = clock.local(clock.now())
    if not rules.in_office_hours(wall):
        return
    for measure_id in [measure.id for measure in queries.open_until(wall.date() + rules.AHEAD)]:
        measure = db.session.get_one(Measure, measure_id)
        due = rules.reminder_due(measure.due_on, clock.local(measure.created_at).date(), wall.date())
        if due and measure.is_open:
            telling.of_deadline(measure, due)
        db.session.commit()
