"""The page that waits for a file with its asker, the file, and "Prøv igen". For everybody else none of it exists."""

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.guard import Permission, requires
from app.documents import operations, queries
from app.documents.kinds import kind_of
from app.documents.models import FAULT_LABELS, Document, DocumentState
from app.extensions import db
from app.live.queries import versions
from app.live.views import poll_response, quiet

blueprint = Blueprint("documents", __name__, url_prefix="/documents/<public_id>")


@blueprint.get("")
@requires(Permission.READ_AREA)
def show(public_id: str) -> str:
    """How far it is. The counter is read before the data it stands for."""
    document = _own_or_404(public_id)
    standing = {"document": versions([document.topic])[document.topic]}
    db.session.refresh(document)
    return render_template("documents/show.html", versions=standing, **_context(document))


@blueprint.get("/state")
@quiet
@requires(Permission.READ_AREA)
def state(public_id: str) -> str:
    """The panel anew."""
    return render_template("documents/_state.html", **_context(_own_or_404(public_id)))


@blueprint.get("/live")
@quiet
@requires(Permission.READ_AREA)
def live(public_id: str) -> Response:
    """Whether it is made by now."""
    return poll_response({"document": _own_or_404(public_id).topic})


@blueprint.get("/file")
@requires(Permission.READ_AREA)
def file(public_id: str) -> Response:
    """The bytes, as they were made."""
    document = _own_or_404(public_id)
    kind = kind_of(document)
    if kind is None or document.state is not DocumentState.MADE or document.content is None:
        abort(404)
    answer = Response(document.content, mimetype=kind.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=document.filename)
    return answer


@blueprint.post("/again")
@requires(Permission.READ_AREA)
def again(public_id: str) -> AnyResponse:
    """Once more what failed; a second tap finds it already asked for."""
    document = _own_or_404(public_id)
    operations.try_again(document)
    db.session.commit()
    return redirect(url_for(".show", public_id=public_id), 303)


def _own_or_404(public_id: str) -> Document:
    document = queries.own(current_user, public_id)
    kind = kind_of(document) if document else None
    if document is None or kind is None or not kind.may_read(document):
        abort(404)
    return document


def _context(document: Document) -> dict[str, object]:
    kind = kind_of(document)
    return {
        "document": document, "fault": FAULT_LABELS[document.fault] if document.fault else "",
        "in_steps": kind is not None and kind.in_steps,
    }  # fmt: skip
