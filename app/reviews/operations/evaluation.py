"""What the parties say of each criterion, the conclusion, each party's word to it, the lock, and what comes after."""

from datetime import datetime

import sqlalchemy as sa

from app.areas.by import By
from app.areas.models import Actor
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.course import predecessors_of
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.notices.operations import forget, notify
from app.plans.vocabulary import IncidentStatus, Track
from app.reviews import queries
from app.reviews.evidence import figures_of
from app.reviews.models import (
    DebriefLink,
    Review,
    ReviewAddendum,
    ReviewComment,
    ReviewConclusion,
    ReviewFigures,
    SignOff,
    Word,
)
from app.reviews.rules import CRITERION_LABELS, SILENCE_AFTER, Criterion
from app.templating import moment


def comment(
    review: Review, criterion: Criterion, text: str, *, disagrees: bool, by: By, not_cpr: bool = False
) -> ReviewComment:
    """A party's words on one criterion, beside what the others have said of it."""
    made = ReviewComment(
        review_id=review.id, criterion=criterion, actor=by.actor, by=by.user, text=text, disagrees=disagrees,
        at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    stand = "uenig" if disagrees else "kommentar"
    said = f"Evaluering, {CRITERION_LABELS[criterion]} ({stand}): {text}"
    log.write(review.incident, Kind.NOTE, said, by=by, not_cpr=not_cpr)
    return made


def conclude(review: Review, text: str, *, by: By, not_cpr: bool = False) -> ReviewConclusion:
    """The next version of the conclusion. The parties are asked for their word; the leader's own stands with it."""
    newest = queries.conclusion_of(review)
    made = ReviewConclusion(
        review_id=review.id, number=newest.number + 1 if newest else 1, text=text, at=clock.now(), by=by.user,
        by_actor=by.actor,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    said = f"Evalueringens konklusion v{made.number}: {text[:1500]}"
    log.write(review.incident, Kind.DECISION, said, by=by, not_cpr=not_cpr)
    _say(review, made, by.actor, Word.SIGNED, "", by)
    _ask_for_words(review, made)
    return made


def _ask_for_words(review: Review, made: ReviewConclusion) -> None:
    incident = review.incident
    for actor in waits_for(review):
        notify(
            actor, marked(incident, f"Sig, om I godkender evalueringens konklusion: {incident.what[:200]}"),
            about=f"incident:{incident.public_id}", key=f"conclusion:{made.id}:{actor.id}",
            without_police=incident.track is Track.NON_POLICE,
        )  # fmt: skip


def sign_off(review: Review, *, signs: bool, reason: str, by: By, not_cpr: bool = False) -> None:
    """The party approves the conclusion, or will not and says why. A later word counts, the earlier one stays."""
    conclusion = queries.conclusion_of(review)
    if conclusion is None:
        raise Refused(Reason(N_("Der er ingen konklusion endnu.")))
    if not signs and not reason.strip():
        raise Refused(Reason(N_("Skriv, hvorfor I ikke vil godkende.")))
    _say(review, conclusion, by.actor, Word.SIGNED if signs else Word.REFUSED, reason.strip(), by)
    words = "godkender" if signs else "vil ikke godkende"
    text = f"{by.actor.name} {words} evalueringens konklusion v{conclusion.number}"
    rest = f": {reason.strip()}" if reason.strip() else ""
    log.write(review.incident, Kind.AGREEMENT, text + rest, by=by, not_cpr=not_cpr)


def _say(
    review: Review, conclusion: ReviewConclusion, actor: Actor, word: Word, reason: str, by: By | None
) -> None:
    db.session.add(
        SignOff(
            review_id=review.id, conclusion_id=conclusion.id, actor=actor, word=word, reason=reason, at=clock.now(),
            by_id=by.user.id if by else None,
        )
    )  # fmt: skip
    db.session.flush()


def waits_for(review: Review) -> list[Actor]:
    """Parties that have said nothing to the newest conclusion."""
    said = {one.actor_id for one in queries.words_of(review)}
    return [p.actor for p in review.incident.participations if p.ended_at is None and p.actor_id not in said]


def may_be_locked_at(conclusion: ReviewConclusion) -> datetime:
    """From when silence holds nothing back."""
    return conclusion.at + SILENCE_AFTER


def lock(review: Review, *, by: By) -> None:
    """Nothing of it changes any more, and the incident is closed. Parties silent for 14 days are noted as that."""
    if review.is_locked:
        return
    conclusion = queries.conclusion_of(review)
    if conclusion is None:
        raise Refused(Reason(N_("Skriv konklusionen først.")))
    silent = waits_for(review)
    if silent and clock.now() < may_be_locked_at(conclusion):
        names = ", ".join(actor.name for actor in silent)
        when = moment(may_be_locked_at(conclusion))
        text = N_("Disse parter har ikke svaret på konklusionen: %(who)s. Uden deres svar kan den låses %(when)s.")
        raise Refused(Reason(text, {"who": names, "when": when}))
    for actor in silent:
        _say(review, conclusion, actor, Word.SILENT, "", None)
    _freeze(review)
    _end_links(review)
    review.incident.status = IncidentStatus.CLOSED
    review.locked_by_id, review.locked_as = by.user.id, by.actor
    review.locked_at = clock.now()
    db.session.flush()
    rest = f" Uden svar i 14 dage: {', '.join(actor.name for actor in silent)}." if silent else ""
    log.write(
        review.incident, Kind.DECISION, f"Evalueringen er låst, og hændelsen er lukket.{rest}", by=by, not_cpr=True
    )
    log.changed(review.incident, "state")
    forget(f"incident:{review.incident.public_id}")


def _freeze(review: Review) -> None:
    """What the page has shown of the figures is what it will show, of every incident of the course."""
    for incident in (review.incident, *predecessors_of(review.incident)):
        kept = [figure.to_json() for figure in figures_of(incident)]
        db.session.add(ReviewFigures(review_id=review.id, incident_id=incident.id, figures=kept))
    db.session.flush()


def _end_links(review: Review) -> None:
    open_ones = sa.update(DebriefLink).where(DebriefLink.review_id == review.id, DebriefLink.ended_at.is_(None))
    db.session.execute(open_ones.values(ended_at=clock.now()))


def add_addendum(review: Review, text: str, *, by: By, not_cpr: bool = False) -> None:
    """What came to light after the lock; the locked page stays as it is above it."""
    if not review.is_locked:
        raise Refused(Reason(N_("Evalueringen er ikke låst. Skriv det i den.")))
    db.session.add(ReviewAddendum(review_id=review.id, text=text, at=clock.now(), by=by.user, by_actor=by.actor))
    db.session.flush()
    log.write(review.incident, Kind.NOTE, f"Tilføjelse til evalueringen: {text}", by=by, not_cpr=not_cpr)
