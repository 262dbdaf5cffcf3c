"""The page of an incident's files: four to ask for, and those that were made, with who and when."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.documents import queries as documents
from app.documents.models import DocumentState
from app.errors import Refused
from app.extensions import db
from app.incidents.access import Seen, seen_or_404
from app.incidents.documents import document_of
from app.incidents.forms import IncidentForm, new_once
from app.incidents.locks import locked
from app.incidents.names import are_hidden
from app.incidents.pages import already_done, do_once
from app.incidents.ruling import demand
from app.plans.tracks.files import may_take_files
from app.reviews.files import filling, operations, queries
from app.reviews.files.models import FILE_LABELS, FileKind, ReviewFile
from app.reviews.reaching import address, blueprint


@blueprint.get("/files")
@requires(Permission.COORDINATE)
def files(public_id: str) -> str:
    """What can be taken, what is in it, and what was taken before."""
    seen = seen_or_404(public_id)
    _demand(seen)
    return render_template(
        "reviews/files.html", incident=seen.incident, parts=queries.parts_to_take(seen), labels=FILE_LABELS,
        rows=[(one, _who(seen, one), _file(seen, one)) for one in queries.files_of(seen)], once=new_once(),
    )  # fmt: skip


@blueprint.post("/files")
@requires(Permission.COORDINATE)
def take_files(public_id: str) -> str | tuple[str, int] | Response:
    """Says in each log that it was taken; then gathers it with nothing held, and leaves the file to the worker."""
    seen, kind, form = seen_or_404(public_id), request.values.get("as"), IncidentForm()
    if kind not in set(FileKind):
        abort(404)
    if (done := already_done(form)) is not None:
        return redirect(done, 303)
    if not form.validate():
        return redirect(address(seen.incident, endpoint="reviews.files"), 303)
    seen = _held(seen)
    taken: list[str] = []
    try:
        location = do_once(form, lambda: _take(seen, FileKind(kind), taken))
    except Refused as refused:
        db.session.rollback()
        back = address(seen.incident)
        return render_template("incidents/refused.html", incident=seen.incident, refused=refused, back=back), 422
    for document_id in taken:
        filling.fill(public_id, document_id)
    return redirect(location, 303)


def _held(seen: Seen) -> Seen:
    """Every incident of the course held, the oldest first as everywhere, and judged by what stands now."""
    for one in sorted(queries.parts_to_take(seen), key=lambda one: one.incident.id):
        locked(one.incident)
    public_id = seen.incident.public_id
    db.session.expire_all()
    return seen_or_404(public_id)


def _take(seen: Seen, kind: FileKind, taken: list[str]) -> str:
    _demand(seen)
    back = address(seen.incident, endpoint="reviews.files")
    made = operations.take(seen, queries.parts_to_take(seen), kind, back)
    taken.append(made.public_id)
    return url_for("documents.show", public_id=made.public_id)


def _demand(seen: Seen) -> None:
    demand(may_take_files(document_of(seen.incident), seen.reader.who, seen.facts), seen.incident.area)


def _who(seen: Seen, one: ReviewFile) -> str:
    hidden = are_hidden(seen.reader.actor, one.asked_as)
    return one.asked_as.name if hidden else f"{one.asked_by.name}, {one.asked_as.name}"


def _file(seen: Seen, one: ReviewFile) -> str | None:
    """The way to one's own while it is kept."""
    found = documents.own(seen.reader.user, one.document_id)
    there = found is not None and found.state is not DocumentState.FAILED
    return url_for("documents.show", public_id=one.document_id) if there else None
