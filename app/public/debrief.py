"""`/d/<token>`: a party's contact without login answers the debrief's questions, until the review is locked."""

import hashlib

from flask import Blueprint, render_template, request

from app.accounts.guard import public
from app.extensions import csrf, db
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.reviews import operations, queries
from app.reviews.forms import AnswersForm, answers_form
from app.reviews.models import DebriefLink
from app.reviews.operations.debrief import is_outside

blueprint = Blueprint("debrief", __name__)


# The token is the secret, and nothing of a session is used: the form works where cookies are refused.
@blueprint.route("/d/<token>", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]  # flask_wtf has no types
@public
def answer(token: str) -> tuple[str, int]:
    """Opening it changes nothing. It says no more than the text did, and nothing of what others answered."""
    link = _open_link(token)
    if link is None:
        return render_template("public/link_gone.html"), 404
    given = _given(link)
    form = answers_form(document_of(link.review.incident).debrief_questions, given, meta={"csrf": False})
    if request.method == "GET":
        form.digest.data = _digest(given)
        return _page(link, form, 200)
    if not form.validate():
        return _page(link, form, 422)
    locked(link.review.incident)
    db.session.expire_all()  # somebody may have locked the review, or answered, while this waited
    if (link := _open_link(token)) is None:
        return render_template("public/link_gone.html"), 404
    if form.digest.data != (now := _digest(_given(link))) and form.texts != _given(link):
        form.digest.data = now
        return _page(link, form, 409)
    operations.answer_by_link(link, form.texts)
    page = render_template("public/debrief_thanks.html", link=link, incident=link.review.incident)
    db.session.commit()
    return page, 200


def _open_link(token: str) -> DebriefLink | None:
    link = queries.link_by_token(token)
    return None if link is None or is_outside(link.review, link.contact, link.address) else link


def _given(link: DebriefLink) -> dict[str, str]:
    found = {a.question_key: a.text for a in queries.answers_of(link.review) if a.actor_id == link.actor_id}
    asked = document_of(link.review.incident).debrief_questions
    return {f"q{number}": found.get(f"q{number}", "") for number in range(len(asked))}


def _digest(given: dict[str, str]) -> str:
    return hashlib.sha256(repr(sorted(given.items())).encode()).hexdigest()[:20]


def _page(link: DebriefLink, form: AnswersForm, status: int) -> tuple[str, int]:
    incident = link.review.incident
    return render_template("public/debrief.html", link=link, form=form, incident=incident, status=status), status
