"""What a review says of a course, pure: evidence in, figures with their places in the timeline out."""

from app.reviews.rules.criteria import CRITERION_LABELS, PLAN_PART_LABELS, QUESTIONS, Criterion, PlanPart
from app.reviews.rules.evaluation import evaluate
from app.reviews.rules.evidence import (
    Audience,
    Called,
    Due,
    Evidence,
    Happened,
    Known,
    Message,
    Sent,
    Targets,
    Version,
)
from app.reviews.rules.figures import Figure, State
from app.reviews.rules.hours import DEBRIEF_DAYS, SILENCE_AFTER, in_office_hours, reminder_due, workdays_after
from app.reviews.rules.years import FEWEST, YearRow, by_category, share

__all__ = [
    "CRITERION_LABELS", "DEBRIEF_DAYS", "FEWEST", "PLAN_PART_LABELS", "QUESTIONS", "SILENCE_AFTER", "Audience",
    "Called", "Criterion", "Due", "Evidence", "Figure", "Happened", "Known", "Message", "PlanPart", "Sent", "State",
    "Targets", "Version", "YearRow", "by_category", "evaluate", "in_office_hours", "reminder_due", "share",
    "workdays_after",
]  # fmt: skip
