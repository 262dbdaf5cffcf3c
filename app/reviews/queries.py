"""A review, its answers and its learning points."""

import sqlalchemy as sa

from app.extensions import db
from app.incidents.models import Incident
from app.logbook.models import LogEntry
from app.reviews.models import DebriefAnswer, LearningPoint, Review


def review_of(incident: Incident) -> Review | None:
    """The incident's review, None while it runs."""
    return db.session.scalar(sa.select(Review).where(Review.incident_id == incident.id))


def answers_of(review: Review) -> list[DebriefAnswer]:
    """By party and question."""
    query = sa.select(DebriefAnswer).where(DebriefAnswer.review_id == review.id)
    return list(db.session.scalars(query.order_by(DebriefAnswer.actor_id, DebriefAnswer.question_key)))


def learning_points_of(review: Review) -> list[LearningPoint]:
    """The open ones first, by deadline."""
    query = sa.select(LearningPoint).where(LearningPoint.review_id == review.id)
    return list(db.session.scalars(query.order_by(LearningPoint.closed_at.is_not(None), LearningPoint.due_on)))


def learning_point(review: Review, public_id: str) -> LearningPoint | None:
    """One of the review's points."""
    return db.session.scalar(
        sa.select(LearningPoint).where(LearningPoint.review_id == review.id, LearningPoint.public_id == public_id)
    )


def entries_after(incident: Incident, seq: int, limit: int) -> list[LogEntry]:
    """The log in the order it was written, from the number after `seq`."""
    query = sa.select(LogEntry).where(LogEntry.chain_id == incident.chain_id, LogEntry.seq > seq)
    return list(db.session.scalars(query.order_by(LogEntry.seq).limit(limit)))
