"""Taking contacts in from a file: the template, the upload, what the file will do, the yes, and the whole report."""

import csv
import io

import sqlalchemy as sa
from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.guard import Permission, requires
from app.areas import acting
from app.areas.acting import Acting
from app.areas.by import By
from app.areas.models import Actor
from app.contacts import access
from app.contacts.importing import operations, template_file
from app.contacts.importing.forms import UploadForm
from app.contacts.models import ContactImport, ImportFault, ImportRow, Outcome
from app.documents.tables import CSV, XLSX, plain
from app.errors import Refused
from app.extensions import db
from app.importing.files import LARGEST
from app.importing.states import IMPORT_STATE_LABELS, ImportState
from app.lib.i18n import _
from app.live.queries import versions
from app.live.views import poll_response, quiet

blueprint = Blueprint("contact_imports", __name__, url_prefix="/contacts/imports")
BESIDE = 64 * 1024  # what a form weighs beside its file
SHOWN, CHUNK = 50, 1000
Answer = AnyResponse | str | tuple[str, int]


@blueprint.url_value_preprocessor
def _takes_files(endpoint: str | None, _values: object) -> None:
    # Set here, since the form is read (for its token) before the view is.
    if endpoint == "contact_imports.upload":
        request.max_content_length = LARGEST + BESIDE


@blueprint.get("")
@requires(Permission.COORDINATE)
def imports() -> str:
    """What has been taken in, and the template."""
    reader = _reader()
    query = sa.select(ContactImport).where(_theirs(reader)).order_by(ContactImport.id.desc()).limit(30)
    found = list(db.session.scalars(query))
    guide = template_file.guide(reader.area)
    return render_template("contacts/imports.html", imports=found, states=IMPORT_STATE_LABELS, guide=guide)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def upload() -> Answer:
    """A file is left to the worker; nothing is saved before somebody has seen what it does."""
    reader = _reader()
    form = UploadForm(reader.area, keeps_audiences=access.reader_of(reader).keeps_audiences)
    if request.method == "GET":
        return render_template("contacts/upload.html", form=form), 200
    if not form.validate():
        return render_template("contacts/upload.html", form=form), 422
    once = f"{reader.user.id}:{form.once.data}"
    imported = operations.submit(reader.area, form.name, form.content, once, by=_by(reader), **form.chosen)
    db.session.commit()
    return redirect(url_for(".show", public_id=imported.public_id), 303)


@blueprint.post("/template.csv")
@requires(Permission.COORDINATE)
def csv_template() -> Response:
    """The columns."""
    return _file(template_file.as_csv(), CSV, "kontakter-skabelon.csv")


@blueprint.post("/template.xlsx")
@requires(Permission.COORDINATE)
def xlsx_template() -> Response:
    """The same for Excel, with what goes in them."""
    return _file(template_file.as_xlsx(_reader().area), XLSX, "kontakter-skabelon.xlsx")


@blueprint.get("/<public_id>")
@requires(Permission.COORDINATE)
def show(public_id: str) -> str:
    """How far it is, what is wrong with it, and what it will do. The counter is read before the data."""
    imported = _own_or_404(public_id)
    standing = {"import": versions([imported.topic])[imported.topic]}
    db.session.refresh(imported)
    return render_template("contacts/import.html", versions=standing, **_context(imported))


@blueprint.get("/<public_id>/state")
@quiet
@requires(Permission.COORDINATE)
def state(public_id: str) -> str:
    """The panel anew."""
    return render_template("contacts/_import.html", **_context(_own_or_404(public_id)))


@blueprint.get("/<public_id>/live")
@quiet
@requires(Permission.COORDINATE)
def live(public_id: str) -> Response:
    """Whether it has come further."""
    return poll_response({"import": _own_or_404(public_id).topic})


@blueprint.post("/<public_id>/saving")
@requires(Permission.COORDINATE)
def save(public_id: str) -> Answer:
    """All of it, as it was shown; a second tap changes nothing."""
    imported = _own_or_404(public_id)
    try:
        operations.say_yes(imported, by=_by(_reader()))
    except Refused as refused:
        return _refused(imported, refused)
    db.session.commit()
    return redirect(url_for(".show", public_id=public_id), 303)


@blueprint.post("/<public_id>/calling-off")
@requires(Permission.COORDINATE)
def call_off(public_id: str) -> Answer:
    """Nothing of it."""
    imported = _own_or_404(public_id)
    try:
        operations.call_off(imported, by=_by(_reader()))
    except Refused as refused:
        return _refused(imported, refused)
    db.session.commit()
    flash(_("Intet er gemt. Filen er slettet."))
    return redirect(url_for(".imports"), 303)


@blueprint.post("/<public_id>/report.csv")
@requires(Permission.COORDINATE)
def report(public_id: str) -> AnyResponse:
    """Every fault, however many."""
    imported = _own_or_404(public_id)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_("række"), _("kolonne"), _("hvad er der galt")])
    after = 0
    while chunk := _faults(imported, after, CHUNK):
        writer.writerows([fault.line or "", plain(fault.column), plain(fault.text)] for fault in chunk)
        after = chunk[-1].id
    return _file(file.getvalue().encode("utf-8-sig"), CSV, "fejl-i-kontakter.csv")


def _faults(imported: ContactImport, after: int, most: int) -> list[ImportFault]:
    query = sa.select(ImportFault).where(ImportFault.import_id == imported.id, ImportFault.id > after)
    return list(db.session.scalars(query.order_by(ImportFault.id).limit(most)))


def _reader() -> Acting:
    return acting.current() or abort(404)


def _by(reader: Acting) -> By:
    return By(reader.user, reader.actor)


def _theirs(reader: Acting) -> sa.ColumnElement[bool]:
    """The organisation's own files: they show whom it will change."""
    actors = sa.select(Actor.id).where(Actor.organisation_id == reader.actor.organisation_id)
    return sa.and_(ContactImport.area_id == reader.area.id, ContactImport.by_actor_id.in_(actors))


def _own_or_404(public_id: str) -> ContactImport:
    query = sa.select(ContactImport).where(_theirs(_reader()), ContactImport.public_id == public_id)
    return db.session.scalar(query) or abort(404)


def _refused(imported: ContactImport, refused: Refused) -> tuple[str, int]:
    db.session.rollback()
    return render_template("contacts/import.html", versions={}, refused=refused, **_context(imported)), 422


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _context(imported: ContactImport) -> dict[str, object]:
    is_ready = imported.state is ImportState.CHECKED and not imported.is_saving
    faults = _faults(imported, 0, 1) if imported.error_count else []
    return {
        "imported": imported, "waits": imported.waits or imported.is_saving, "states": IMPORT_STATE_LABELS,
        "changed": _rows(imported, Outcome.CHANGED) if is_ready else [], "has_report": bool(faults),
        "new": _rows(imported, Outcome.NEW) if is_ready else [], "shown": SHOWN,
    }  # fmt: skip


def _rows(imported: ContactImport, outcome: Outcome) -> list[ImportRow]:
    query = sa.select(ImportRow).where(ImportRow.import_id == imported.id, ImportRow.outcome == outcome)
    return list(db.session.scalars(query.order_by(ImportRow.line).limit(SHOWN)))
