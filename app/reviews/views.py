"""The first review page: the course from the log, the debrief's questions, learning points, and the end."""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from app.accounts.guard import Permission, requires
from app.incidents.access import Seen, seen_or_404
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.forms import IncidentForm
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.pages import FormPage, Shown, form_page
from app.incidents.ruling import demand
from app.lib.i18n import _
from app.plans.tracks import Ruling, may_add_learning, may_answer_debrief, may_close_learning, may_close_review
from app.reviews import operations, queries
from app.reviews.forms import CloseLearningForm, LearningForm, answers_form
from app.reviews.models import LearningPoint, Review
from app.reviews.page import ReviewPage
from app.reviews.timeline import timeline

blueprint = Blueprint("reviews", __name__, url_prefix="/incidents/<public_id>/review")


@blueprint.get("")
@requires(Permission.READ_ROOM)
def show(public_id: str) -> str:
    """Everything on one page; the course in pages of a hundred."""
    seen = seen_or_404(public_id)
    course = timeline(seen, request.args.get("after", 0, type=int))
    page = ReviewPage(seen, queries.review_of(seen.incident))
    return render_template("reviews/show.html", page=page, incident=seen.incident, course=course)


@blueprint.route("/answers", methods=["GET", "POST"])
@requires(Permission.ACT)
def answer(public_id: str) -> Shown:
    """The reader's party answers; what it has answered before can be changed."""
    seen, review = _reached(public_id)
    actor, questions = seen.reader.actor, document_of(seen.incident).debrief_questions
    form = answers_form(questions, _given(seen, review))

    def act() -> str:
        _held(seen, may_answer_debrief)
        operations.answer(review, actor, form.texts, by=seen.reader.by, not_cpr=bool(form.not_cpr.data))
        return _address(seen.incident, "debrief")

    page = FormPage(
        _("Hvordan gik det for %(actor)s?", actor=actor.name), _("Gem svar"), _address(seen.incident),
        intro=_("De andre parter kan læse jeres svar. Skriv ikke navne på dem, det handler om."),
        world=lambda: _digest(*_given(seen, review).items()),
        changed=lambda: _("En kollega har svaret imens. Genindlæs siden for at se, hvad der står nu."),
    )  # fmt: skip
    return form_page(seen, form, page, act)


@blueprint.route("/learning/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add_learning(public_id: str) -> Shown:
    """One thing to change."""
    seen, review = _reached(public_id)
    form, owners = LearningForm(), {actor.public_id: actor for actor in operations.owners(seen.incident)}
    form.owner.choices = [("", _("Vælg ansvarlig")), *((key, actor.name) for key, actor in owners.items())]

    def act() -> str:
        _held(seen, may_add_learning)
        owner, due_on = owners[form.owner.data or ""], form.due_on.data
        assert due_on is not None  # the form asks for it
        operations.add_learning_point(
            review, form.text.data or "", owner, due_on, by=seen.reader.by, not_cpr=bool(form.not_cpr.data)
        )
        return _address(seen.incident, "learning")

    page = FormPage(_("Nyt læringspunkt"), _("Gem"), _address(seen.incident), world=_never_changes)
    return form_page(seen, form, page, act)


@blueprint.route("/learning/<point_id>", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def close_learning(public_id: str, point_id: str) -> Shown:
    """It is done."""
    seen, review = _reached(public_id)
    point = queries.learning_point(review, point_id) or abort(404)
    form = CloseLearningForm()

    def act() -> str:
        _held(seen, may_close_learning, point.owner.key)
        operations.close_learning_point(point, form.note.data or "", by=seen.reader.by, not_cpr=bool(form.not_cpr.data))
        return _address(seen.incident, "learning")

    page = FormPage(
        _("Luk læringspunktet"), _("Luk"), _address(seen.incident), intro=point.text,
        world=lambda: _digest(point.closed_at), changed=lambda: _closed(point),
    )  # fmt: skip
    return form_page(seen, form, page, act)


@blueprint.route("/closure", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def close(public_id: str) -> Shown:
    """The end of the incident."""
    seen, review = _reached(public_id)
    found = ReviewPage(seen, review)

    def act() -> str:
        _held(seen, may_close_review)
        operations.lock(review, by=seen.reader.by)
        return _address(seen.incident)

    page = FormPage(
        _("Afslut evalueringen"), _("Afslut evalueringen"), _address(seen.incident), world=_never_changes,
        happens=tuple(found.what_closing_does),
    )  # fmt: skip
    return form_page(seen, IncidentForm(), page, act)


def _reached(public_id: str) -> tuple[Seen, Review]:
    seen = seen_or_404(public_id)
    return seen, queries.review_of(seen.incident) or abort(404)


def _held(seen: Seen, rule: Callable[..., Ruling], *more: Any) -> None:
    incident = locked(seen.incident)
    demand(rule(document_of(incident), seen.reader.who, facts_of(incident), *more), incident.area)


def _given(seen: Seen, review: Review) -> dict[str, str]:
    own = seen.reader.actor.id
    return {a.question_key: a.text for a in queries.answers_of(review) if a.actor_id == own}


def _address(incident: Incident, anchor: str | None = None) -> str:
    return url_for("reviews.show", public_id=incident.public_id, _anchor=anchor)


def _digest(*what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:20]


def _never_changes() -> str:
    # What others write meanwhile takes nothing from this form; whether it may still be sent, the rule says.
    return "review"


def _closed(point: LearningPoint) -> str:
    return _("Punktet er allerede lukket: %(note)s", note=point.closed_note or "")
