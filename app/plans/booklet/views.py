"""*Plan → Filer*: what can be taken along, made by the worker; and what has been made, when and by whom."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.accounts.operations import record
from app.areas import acting
from app.areas.acting import Acting
from app.areas.by import By
from app.documents import operations as documents
from app.documents.models import Document
from app.extensions import db
from app.lib.i18n import kept
from app.plans.booklet import taken
from app.plans.booklet.papers import PAPERS, offered, wanted
from app.plans.booklet.standing import Standing, standing_of, taken_by

blueprint = Blueprint("plan_files", __name__, url_prefix="/plan/files")


@blueprint.get("")
@requires(Permission.READ_AREA)
def show() -> str:
    """The papers this reader may take, and the newest that were made."""
    who = acting.current() or abort(404)
    standing = standing_of(who.area)
    return render_template(
        "plans/files.html", area=who.area, standing=standing, papers=offered(who), taken=taken.newest(who),
        parties=[line for line in standing.document.parties if _has_card(standing, line.actor_key)],
    )  # fmt: skip


@blueprint.post("")
@requires(Permission.READ_AREA)
def make() -> Response:
    """Leaves one to the worker. Who may not take it is told so without a word of what is in it."""
    who = acting.current() or abort(404)
    paper, party = PAPERS.get(request.form.get("file", "")) or abort(404), request.form.get("party", "")
    if paper not in offered(who):
        abort(403)
    if party and (paper.name != "plan_card" or not _has_card(standing_of(who.area), party)):
        abort(404)
    document = documents.ask(wanted(paper, who, url_for(".show"), party), by=By(who.user, who.actor))
    _keep_a_note(who, document)
    db.session.commit()
    return redirect(url_for("documents.show", public_id=document.public_id), 303)


def _has_card(standing: Standing, party: str) -> bool:
    return any(card.party == party for card in standing.document.cards)


def _keep_a_note(who: Acting, document: Document) -> None:
    """Two taps are one file and one line."""
    if taken.is_noted(document):
        return
    text = kept("%(who)s hentede %(what)s.", who=who.user.name, what=document.title)
    record(
        taken.KIND, text, by=who.user, area_id=who.area.id, title=document.title, who=taken_by(who),
        document=document.public_id, asked=document.asked_at.isoformat(),
    )  # fmt: skip
