"""Opens the review at stand-down, takes the parties' answers, keeps learning points until they are closed."""

from datetime import date, datetime, timedelta

from app.areas.by import By
from app.areas.models import Actor
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.notices.operations import notify
from app.plans.vocabulary import IncidentStatus, Track
from app.reviews import queries
from app.reviews.models import DebriefAnswer, LearningPoint, Review

DEBRIEF_WITHIN = timedelta(days=2)
WORKDAYS = 2


def open_review(incident: Incident) -> Review:
    """The incident's review; opening it again (after a reopening) answers the one there is."""
    review, now = queries.review_of(incident), clock.now()
    if review is None:
        review = Review(incident=incident, opened_at=now)
        db.session.add(review)
    review.debrief_due_at = workdays_after(now, WORKDAYS)
    db.session.flush()
    for participation in (p for p in incident.participations if p.ended_at is None):
        notify(
            participation.actor, marked(incident, f"Fortæl, hvordan det gik: {incident.what[:200]}"),
            about=f"incident:{incident.public_id}", key=f"debrief:{review.id}:{participation.actor_id}",
            without_police=incident.track is Track.NON_POLICE,
        )  # fmt: skip
    return review


def workdays_after(moment: datetime, days: int) -> datetime:
    """The same time of day, so many whole working days later; what opens at a weekend counts from Monday."""
    wall = clock.local(moment).replace(tzinfo=None)
    while wall.weekday() >= 5:
        wall += timedelta(days=1)
    while days:
        wall += timedelta(days=1)
        days -= wall.weekday() < 5
    return clock.from_local(wall)


def answer(review: Review, actor: Actor, texts: dict[str, str], *, by: By, not_cpr: bool = False) -> None:
    """A party's answers to the debrief; one given before is replaced or taken back, all of it is in the log."""
    questions = document_of(review.incident).debrief_questions
    before = {a.question_key: a for a in queries.answers_of(review) if a.actor_id == actor.id}
    for number, question in enumerate(questions):
        key, text = f"q{number}", texts.get(f"q{number}", "").strip()
        if text == (before[key].text if key in before else ""):
            continue
        if not text:
            log.write(review.incident, Kind.NOTE, f"Debrief, svaret er trukket tilbage: {question}", by=by)
            db.session.delete(before[key])
            continue
        row = before.get(key) or DebriefAnswer(review_id=review.id, actor=actor, question_key=key)
        row.text, row.answered_by, row.answered_at = text, by.user, clock.now()
        log.write(review.incident, Kind.NOTE, f"Debrief, {question} {text}", by=by, not_cpr=not_cpr)
        db.session.add(row)
    if review.incident.status is IncidentStatus.STOOD_DOWN:
        review.incident.status = IncidentStatus.IN_REVIEW
    db.session.flush()
    log.changed(review.incident, "state")


def owners(incident: Incident) -> list[Actor]:
    """Who may own a learning point: those who take part, so that nobody is told of an incident through its learning."""
    return [p.actor for p in incident.participations if p.ended_at is None]


def add_learning_point(
    review: Review, text: str, owner: Actor, due_on: date, *, by: By, not_cpr: bool = False
) -> LearningPoint:
    """What is to change, who does it, by when. Raises Refused for a date that has passed."""
    if due_on < clock.local(clock.now()).date():
        raise Refused(Reason(N_("Fristen skal være i dag eller senere.")))
    if owner not in owners(review.incident):
        raise Refused(Reason(N_("Den ansvarlige skal være med i hændelsen.")))
    point = LearningPoint(review=review, text=text, owner=owner, due_on=due_on, created_at=clock.now())
    db.session.add(point)
    db.session.flush()
    log.write(
        review.incident, Kind.DECISION, f"Læringspunkt: {text}. Ansvarlig: {owner.name}, frist {due_on:%d.%m.%Y}",
        by=by, not_cpr=not_cpr,
    )  # fmt: skip
    return point


def close_learning_point(point: LearningPoint, note: str, *, by: By, not_cpr: bool = False) -> None:
    """Done, with a word on how."""
    if point.closed_at is not None:
        return
    point.closed_at, point.closed_note = clock.now(), note
    db.session.flush()
    log.write(point.review.incident, Kind.NOTE, f"Læringspunkt lukket: {point.text}. {note}", by=by, not_cpr=not_cpr)


def close_review(review: Review, *, by: By) -> None:
    """The incident is closed; open learning points live on with their owners."""
    if review.incident.status is IncidentStatus.CLOSED:
        return
    review.incident.status = IncidentStatus.CLOSED
    db.session.flush()
    log.write(review.incident, Kind.DECISION, "Evalueringen er afsluttet, og hændelsen er lukket.", by=by)
    log.changed(review.incident, "state")
