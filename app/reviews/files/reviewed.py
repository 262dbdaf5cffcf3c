"""What the review says: figures, answers, comments, learning points, conclusion and each party's word to it."""

from datetime import datetime
from typing import Any

from app.lib.i18n import _
from app.reviews.criteria import Evaluated
from app.reviews.files.names import said_by
from app.reviews.models import WORD_LABELS, LearningPoint, Review
from app.reviews.page import PartyAnswers, ReviewPage
from app.reviews.rules import PLAN_PART_LABELS

Told = dict[str, Any]


def reviewed(page: ReviewPage, review: Review) -> Told:
    """One review, as its page shows it to this reader."""
    return {
        "of": page.incident.what, "number": review.number, "locked_at": _iso(review.locked_at),
        "locked_by": review.locked_as.name if review.locked_as else "",
        "criteria": [_criterion(one, page) for one in page.evaluated],
        "debrief": [_answers(party) for party in page.parties],
        "learning": [_point(point) for point in page.points],
        "conclusion": _conclusion(page),
        "addenda": [
            {"by": said_by(one.by_actor, one.by.name), "at": one.at.isoformat(), "text": one.text}
            for one in page.addenda
        ],
        "summary": _summary(page),
    }  # fmt: skip


def _criterion(one: Evaluated, page: ReviewPage) -> Told:
    return {
        "key": one.criterion.value, "label": one.label, "question": one.question,
        "parts": [
            {
                "title": part.title,
                "figures": [{"label": f.label, "value": f.value, "state": f.state.value} for f in part.figures],
            }
            for part in one.parts
        ],
        "comments": [
            {"by": said_by(said.actor, said.by.name), "at": said.at.isoformat(), "text": said.text,
             "disagrees": said.disagrees}
            for said in page.comments[one.criterion]
        ],
    }  # fmt: skip


def _answers(party: PartyAnswers) -> Told:
    # Not who typed them: it may have been a contact of the party without login, who can be a volunteer.
    newest = party.newest
    return {
        "party": party.actor.name, "at": _iso(newest.answered_at) if newest else None, "late": party.was_late,
        "answers": [{"question": question, "text": text} for question, text in party.rows],
    }  # fmt: skip


def _point(point: LearningPoint) -> Told:
    return {
        "text": point.text, "owner": point.owner.name, "due_on": point.due_on.isoformat(),
        "plan_part": _(PLAN_PART_LABELS[point.plan_part]) if point.plan_part else "", "plan_text": point.plan_text,
        "closed_at": _iso(point.closed_at), "closed_note": point.closed_note or "",
    }  # fmt: skip


def _conclusion(page: ReviewPage) -> Told | None:
    one = page.conclusion
    if one is None:
        return None
    return {
        "version": one.number, "text": one.text, "by": said_by(one.by_actor, one.by.name), "at": one.at.isoformat(),
        "words": [
            {"party": said.actor.name, "word": said.word.value, "label": _(WORD_LABELS[said.word]),
             "reason": said.reason, "at": said.at.isoformat()}
            for said in [*page.words, *page.earlier_refusals]
        ],
    }  # fmt: skip


def _summary(page: ReviewPage) -> Told | None:
    one = page.summary
    if one is None:
        return None
    return {"version": one.number, "text": one.text, "by": one.written_as.name, "approved_at": _iso(one.approved_at)}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
