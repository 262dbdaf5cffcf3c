"""What the scheduler calls for reviews: reminders in office hours, once each; one commit per item."""

from datetime import timedelta

from app.extensions import db
from app.lib import clock
from app.reviews import operations, queries
from app.reviews.rules import in_office_hours, reminder_due

SOON = timedelta(days=7)


def remind_of_debrief() -> int:
    """Tell parties that have not answered. Answers how many were looked at."""
    if not in_office_hours(clock.now()):
        return 0
    found = 0
    for review in queries.waiting_reviews():
        which = reminder_due(review.opened_at, review.debrief_due_at, clock.now())
        for actor in queries.silent_in(review) if which else []:
            operations.remind_of_debrief(review, actor, which or "")
            db.session.commit()
            found += 1
    return found


def remind_of_learning() -> int:
    """Tell owners a week before the deadline, when it has passed, and every week after that until it is closed."""
    if not in_office_hours(clock.now()):
        return 0
    today, told = clock.local(clock.now()).date(), 0
    for point in queries.open_points():
        left = point.due_on - today
        if left > SOON:
            continue
        which = "soon" if left >= timedelta(0) else f"late{-left.days // 7}"
        told += operations.remind_of_point(point, which)
        db.session.commit()
    return told
