"""Opens the review at stand-down, tells the parties, and reminds those who are silent."""

from datetime import timedelta

from app.areas.models import Actor
from app.extensions import db
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock
from app.notices.operations import notify
from app.plans.vocabulary import Track
from app.reviews import queries
from app.reviews.models import Review
from app.reviews.operations.debrief import first_without_login, send_link
from app.reviews.rules import DEBRIEF_DAYS, workdays_after

DEBRIEF_WITHIN = timedelta(days=2)


def open_review(incident: Incident) -> Review:
    """The incident's review; after a reopening the one there is, unless that was locked: then a further one."""
    review, now = queries.review_of(incident), clock.now()
    if review is None or review.is_locked:
        review = Review(incident=incident, opened_at=now, number=review.number + 1 if review else 1)
        db.session.add(review)
    review.debrief_due_at = workdays_after(now, DEBRIEF_DAYS)
    db.session.flush()
    for participation in (p for p in incident.participations if p.ended_at is None):
        _tell(review, participation.actor, "debrief", f"Fortæl, hvordan det gik: {incident.what[:200]}", send=False)
    return review


def remind_of_debrief(review: Review, actor: Actor, which: str) -> None:
    """A silent party hears of it once more: in the app, or where nobody of it has a login by a link to answer on."""
    if not queries.has_login(actor) and (contact := first_without_login(review, actor)) is not None:
        # The notice is the key: a second worker finds it and sends nothing.
        if _tell(review, actor, f"debrief-{which}", "Debriefen venter på svar.", send=False):
            send_link(review, actor, contact, by=None)
        return
    words = "Debriefen venter stadig på jeres svar" if which == "late" else "Debriefen venter på jeres svar"
    _tell(review, actor, f"debrief-{which}", f"{words}: {review.incident.what[:200]}", send=True)


def _tell(review: Review, actor: Actor, kind: str, text: str, *, send: bool) -> bool:
    incident = review.incident
    due = "" if kind == "debrief" else f":{review.debrief_due_at:%Y%m%d}"
    return notify(
        actor, marked(incident, text), about=f"incident:{incident.public_id}",
        key=f"{kind}:{review.id}:{actor.id}{due}", without_police=incident.track is Track.NON_POLICE, send=send,
        is_exercise=incident.is_exercise, group=f"debrief:{review.id}",
    ) is not None  # fmt: skip
