"""A review and what belongs to it; learning points by area; who has answered."""

from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import User
from app.areas.models import Actor, Membership
from app.areas.roles import Role
from app.callout.codes import token_hash
from app.extensions import db
from app.incidents.access import Reader, reachable
from app.incidents.models import Incident
from app.lib import clock
from app.logbook.models import LogEntry
from app.plans.vocabulary import IncidentStatus
from app.reviews.models import (
    DebriefAnswer,
    DebriefLink,
    LearningPoint,
    PublicSummary,
    Review,
    ReviewAddendum,
    ReviewComment,
    ReviewConclusion,
    ReviewFigures,
    SignOff,
)

UNDER_REVIEW = (IncidentStatus.STOOD_DOWN, IncidentStatus.IN_REVIEW)


def review_of(incident: Incident) -> Review | None:
    """The incident's newest review, None while it runs for the first time."""
    query = sa.select(Review).where(Review.incident_id == incident.id)
    return db.session.scalar(query.order_by(Review.number.desc()).limit(1))


def reviews_of(incident: Incident) -> list[Review]:
    """Every one, the newest first: there is a further one for what was reopened after the lock."""
    query = sa.select(Review).where(Review.incident_id == incident.id)
    return list(db.session.scalars(query.order_by(Review.number.desc())))


def answers_of(review: Review) -> list[DebriefAnswer]:
    """By party and question."""
    query = sa.select(DebriefAnswer).where(DebriefAnswer.review_id == review.id)
    return list(db.session.scalars(query.order_by(DebriefAnswer.actor_id, DebriefAnswer.question_key)))


def comments_of(review: Review) -> list[ReviewComment]:
    """In the order they were written."""
    query = sa.select(ReviewComment).where(ReviewComment.review_id == review.id)
    return list(db.session.scalars(query.order_by(ReviewComment.id)))


def conclusions_of(review: Review) -> list[ReviewConclusion]:
    """Every version, the newest first."""
    query = sa.select(ReviewConclusion).where(ReviewConclusion.review_id == review.id)
    return list(db.session.scalars(query.order_by(ReviewConclusion.number.desc())))


def conclusion_of(review: Review) -> ReviewConclusion | None:
    """The newest version."""
    query = sa.select(ReviewConclusion).where(ReviewConclusion.review_id == review.id)
    return db.session.scalar(query.order_by(ReviewConclusion.number.desc()).limit(1))


def said_in(review: Review) -> list[SignOff]:
    """Every word to every version, in its order."""
    query = sa.select(SignOff).where(SignOff.review_id == review.id)
    return list(db.session.scalars(query.order_by(SignOff.id)))


def words_of(review: Review) -> list[SignOff]:
    """Each party's last word to the newest conclusion."""
    newest = conclusion_of(review)
    if newest is None:
        return []
    return list({one.actor_id: one for one in said_in(review) if one.conclusion_id == newest.id}.values())


def addenda_of(review: Review) -> list[ReviewAddendum]:
    """In the order they were written."""
    query = sa.select(ReviewAddendum).where(ReviewAddendum.review_id == review.id)
    return list(db.session.scalars(query.order_by(ReviewAddendum.id)))


def figures_kept(review: Review) -> dict[int, ReviewFigures]:
    """By incident, as they stood at the lock."""
    query = sa.select(ReviewFigures).where(ReviewFigures.review_id == review.id)
    return {row.incident_id: row for row in db.session.scalars(query)}


def summary_of(review: Review) -> PublicSummary | None:
    """The newest version, approved or not."""
    query = sa.select(PublicSummary).where(PublicSummary.review_id == review.id)
    return db.session.scalar(query.order_by(PublicSummary.number.desc()).limit(1))


def approved_summary_of(review: Review) -> PublicSummary | None:
    """The newest that boards may read."""
    query = sa.select(PublicSummary).where(PublicSummary.review_id == review.id, PublicSummary.approved_at.is_not(None))
    return db.session.scalar(query.order_by(PublicSummary.number.desc()).limit(1))


def summary(public_id: str) -> PublicSummary | None:
    """By its id, whoever may read it: for rules to judge."""
    return db.session.scalar(sa.select(PublicSummary).where(PublicSummary.public_id == public_id))


def approved_in(area_id: int, *, only: tuple[str, ...], limit: int = 50) -> list[PublicSummary]:
    """The newest approved ones of real incidents of these tracks; older versions of the same review among them."""
    query = (
        sa.select(PublicSummary)
        .join(PublicSummary.review)
        .join(Review.incident)
        .where(
            Incident.area_id == area_id, Incident.is_exercise.is_(False), Incident.track.in_(only),
            PublicSummary.approved_at.is_not(None),
        )
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(PublicSummary.approved_at.desc()).limit(limit)))


def learning_points_of(review: Review) -> list[LearningPoint]:
    """Those of the incident, of every review it had; the open ones first, by deadline."""
    query = sa.select(LearningPoint).join(LearningPoint.review).where(Review.incident_id == review.incident_id)
    return list(db.session.scalars(query.order_by(LearningPoint.closed_at.is_not(None), LearningPoint.due_on)))


def learning_point(review: Review, public_id: str) -> LearningPoint | None:
    """One of the incident's points."""
    query = sa.select(LearningPoint).join(LearningPoint.review)
    return db.session.scalar(
        query.where(Review.incident_id == review.incident_id, LearningPoint.public_id == public_id)
    )


def point_by_id(public_id: str) -> LearningPoint | None:
    """One point by its public id: to ask whether its incident may be seen, never to show."""
    return db.session.scalar(sa.select(LearningPoint).where(LearningPoint.public_id == public_id))


def points_for(reader: Reader) -> list[tuple[LearningPoint, Incident]]:
    """Every learning point of every incident that the reader may see; the open ones first, by deadline."""
    seen = reachable(reader).order_by(None).with_only_columns(Incident.id)
    query = (
        sa.select(LearningPoint, Incident)
        .join(LearningPoint.review)
        .join(Review.incident)
        .where(Review.incident_id.in_(seen))
        .order_by(LearningPoint.closed_at.is_not(None), LearningPoint.due_on, LearningPoint.id)
    )
    return [(point, incident) for point, incident in db.session.execute(query)]


def open_points(limit: int = 500) -> list[LearningPoint]:
    """For the job that reminds: never to show."""
    query = sa.select(LearningPoint).where(LearningPoint.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(LearningPoint.due_on, LearningPoint.id).limit(limit)))


def waiting_reviews(limit: int = 200) -> list[Review]:
    """Open reviews of incidents that are over: for the job that reminds, never to show."""
    query = sa.select(Review).join(Review.incident)
    query = query.where(Review.locked_at.is_(None), Incident.status.in_(UNDER_REVIEW))
    return list(db.session.scalars(query.order_by(Review.id.desc()).limit(limit)))


def silent_in(review: Review) -> list[Actor]:
    """Who takes part and has answered no question."""
    said = {one.actor_id for one in answers_of(review)}
    return [p.actor for p in review.incident.participations if p.ended_at is None and p.actor_id not in said]


def has_login(actor: Actor) -> bool:
    """Whether anybody of the party can sign in and answer."""
    query = sa.select(User).join(Membership, Membership.user_id == User.id).where(
        Membership.actor_id == actor.id, Membership.ended_at.is_(None),
        Membership.role.in_([Role.COORDINATOR, Role.RESPONDER]),
    )  # fmt: skip
    return any(user.may_sign_in(clock.now()) for user in db.session.scalars(query))


def link_by_token(token: str) -> DebriefLink | None:
    """The link while its review is open and its incident over; whom it may show is for the page to ask."""
    link = db.session.scalar(sa.select(DebriefLink).where(DebriefLink.token_hash == token_hash(token)))
    if link is None or link.ended_at is not None or link.review.is_locked or link.contact.ended_at is not None:
        return None
    return link if link.review.incident.status in UNDER_REVIEW else None


def links_of(review: Review) -> dict[int, datetime]:
    """When each party was last sent one, by actor."""
    query = sa.select(DebriefLink.actor_id, sa.func.max(DebriefLink.sent_at)).where(DebriefLink.review_id == review.id)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(DebriefLink.actor_id))}


def entries_after(incident: Incident, seq: int, limit: int) -> list[LogEntry]:
    """The log in the order it was written, from the number after `seq`."""
    query = sa.select(LogEntry).where(LogEntry.chain_id == incident.chain_id, LogEntry.seq > seq)
    return list(db.session.scalars(query.order_by(LogEntry.seq).limit(limit)))
