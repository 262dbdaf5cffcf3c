"""Learning points: what is to change, whose it is, by when, until it is done."""

from dataclasses import dataclass
from datetime import date

from app.areas.by import By
from app.areas.models import Actor
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.notices.operations import notify
from app.plans.vocabulary import Track
from app.reviews.models import LearningPoint, Review
from app.reviews.rules import PLAN_PART_LABELS, PlanPart


@dataclass(frozen=True)
class Proposal:
    """A change to the plan that the learning point asks for."""

    part: PlanPart
    text: str


def owners(incident: Incident) -> list[Actor]:
    """Who may own a learning point: those who take part, so that nobody is told of an incident through its learning."""
    return [p.actor for p in incident.participations if p.ended_at is None]


def add_learning_point(
    review: Review, text: str, owner: Actor, due_on: date, *, by: By, not_cpr: bool = False,
    proposal: Proposal | None = None,
) -> LearningPoint:  # fmt: skip
    """What is to change, who does it, by when. Raises Refused for a date that has passed."""
    if due_on < clock.local(clock.now()).date():
        raise Refused(Reason(N_("Fristen skal være i dag eller senere.")))
    if owner not in owners(review.incident):
        raise Refused(Reason(N_("Den ansvarlige skal være med i hændelsen.")))
    point = LearningPoint(review=review, text=text, owner=owner, due_on=due_on, created_at=clock.now())
    if proposal is not None:
        point.plan_part, point.plan_text = proposal.part, proposal.text
    db.session.add(point)
    db.session.flush()
    change = f" Forslag til planen ({PLAN_PART_LABELS[proposal.part]}): {proposal.text}" if proposal else ""
    said = f"Læringspunkt: {text}. Ansvarlig: {owner.name}, frist {due_on:%d.%m.%Y}.{change}"
    log.write(review.incident, Kind.DECISION, said, by=by, not_cpr=not_cpr)
    return point


def close_learning_point(point: LearningPoint, note: str, *, by: By, not_cpr: bool = False) -> None:
    """Done, with a word on how."""
    if point.closed_at is not None:
        return
    point.closed_at, point.closed_note = clock.now(), note
    db.session.flush()
    log.write(point.review.incident, Kind.NOTE, f"Læringspunkt lukket: {point.text}. {note}", by=by, not_cpr=not_cpr)


def carried_out(point: LearningPoint, version: int) -> None:
    """What it proposed stands in an approved plan. Written by the system: who approved may be no part of the incident.

    The caller holds the incident's row.
    """
    if point.closed_at is None:
        point.closed_at, point.closed_note = clock.now(), f"Gennemført i planens version {version}."
        db.session.flush()
        said = f"Læringspunkt lukket: {point.text}. {point.closed_note}"
        log.write(point.review.incident, Kind.NOTE, said, by=None, not_cpr=True)


def remind_of_point(point: LearningPoint, which: str) -> bool:
    """The owner hears once more, for each turn once."""
    incident = point.review.incident
    words = "har overskredet fristen" if which.startswith("late") else "skal snart være færdigt"
    text = f"Et læringspunkt {words} ({point.due_on:%d.%m.%Y}): {point.text[:200]}"
    told = notify(
        point.owner, marked(incident, text), about=f"learning:{point.public_id}",
        key=f"learning:{point.id}:{point.due_on}:{which}", without_police=incident.track is Track.NON_POLICE,
        send=True, is_exercise=incident.is_exercise, group=f"learning:{point.id}",
    )  # fmt: skip
    return told is not None
