"""Taking figures in, for the area's coordinators: the template, the upload, how far it is, the yes and the way back."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.guard import Permission, requires
from app.areas import acting
from app.areas.acting import Acting
from app.areas.by import By
from app.errors import Refused
from app.extensions import db
from app.importing.files import LARGEST
from app.indicators import operations, queries, template_file
from app.indicators.forms import UploadForm
from app.indicators.models import IndicatorImport
from app.indicators.vocabulary import IMPORT_KIND_LABELS, IMPORT_STATE_LABELS, WAITING, ImportKind, ImportState
from app.live.queries import versions
from app.live.views import poll_response, quiet

blueprint = Blueprint("indicators", __name__, url_prefix="/indicators/imports")
CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BESIDE = 64 * 1024  # what a form weighs beside its file


@blueprint.url_value_preprocessor
def _takes_files(endpoint: str | None, _values: object) -> None:
    # Set here, since the form is read (for its token) before the view is.
    if endpoint == "indicators.upload":
        request.max_content_length = LARGEST + BESIDE


@blueprint.get("")
@requires(Permission.COORDINATE)
def imports() -> str:
    """What has been taken in, and the ways to take in more."""
    area = _reader().area
    return render_template("indicators/imports.html", area=area, imports=queries.imports_of(area), **_words())


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def upload() -> AnyResponse | tuple[str, int]:
    """A file is left to the worker; nothing is saved before somebody has seen what it says."""
    form, reader = UploadForm(), _reader()
    if request.method == "GET":
        return render_template("indicators/upload.html", form=form), 200
    if not form.validate():
        return render_template("indicators/upload.html", form=form), 422
    once = f"{reader.user.id}:{form.once.data}"
    kind = ImportKind(form.kind.data)
    imported = operations.submit(reader.area, kind, form.name, form.content, once, by=_by(reader))
    db.session.commit()
    return redirect(url_for(".show", public_id=imported.public_id), 303)


@blueprint.post("/template.csv")
@requires(Permission.COORDINATE)
def csv_template() -> Response:
    """For a survey of one's own."""
    return _file(template_file.as_csv(), CSV, "tryghed-skabelon.csv")


@blueprint.post("/template.xlsx")
@requires(Permission.COORDINATE)
def xlsx_template() -> Response:
    """The same for Excel."""
    return _file(template_file.as_xlsx(), XLSX, "tryghed-skabelon.xlsx")


@blueprint.get("/<public_id>")
@requires(Permission.COORDINATE)
def show(public_id: str) -> str:
    """How far it is, what is wrong with it, and what it says. The counter is read before the data."""
    imported = _own_or_404(public_id)
    standing = {"import": versions([imported.topic])[imported.topic]}
    db.session.refresh(imported)
    return render_template("indicators/import.html", versions=standing, **_context(imported))


@blueprint.get("/<public_id>/state")
@quiet
@requires(Permission.COORDINATE)
def state(public_id: str) -> str:
    """The panel anew."""
    return render_template("indicators/_import.html", **_context(_own_or_404(public_id)))


@blueprint.get("/<public_id>/live")
@quiet
@requires(Permission.COORDINATE)
def live(public_id: str) -> Response:
    """Whether it has come further."""
    return poll_response({"import": _own_or_404(public_id).topic})


@blueprint.post("/<public_id>/saving")
@requires(Permission.COORDINATE)
def save(public_id: str) -> AnyResponse | tuple[str, int]:
    """All of it counts from now on; a second tap changes nothing."""
    imported = _own_or_404(public_id)
    try:
        operations.save(imported, by=_by(_reader()))
    except Refused as refused:
        db.session.rollback()
        return render_template("indicators/import.html", versions={}, refused=refused, **_context(imported)), 422
    db.session.commit()
    return redirect(url_for(".show", public_id=public_id), 303)


@blueprint.route("/<public_id>/taking-back", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def take_back(public_id: str) -> AnyResponse | str:
    """Nothing of it counts any more."""
    imported = _own_or_404(public_id)
    if request.method == "GET":
        return render_template("indicators/take_back.html", imported=imported)
    operations.take_back(imported, by=_by(_reader()))
    db.session.commit()
    return redirect(url_for(".imports"), 303)


def _reader() -> Acting:
    return acting.current() or abort(404)


def _by(reader: Acting) -> By:
    return By(reader.user, reader.actor)


def _own_or_404(public_id: str) -> IndicatorImport:
    return queries.import_in(_reader().area, public_id) or abort(404)


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _context(imported: IndicatorImport) -> dict[str, object]:
    waits = imported.state in WAITING
    rounds = queries.rounds_of_import(imported) if imported.kind is ImportKind.SURVEY and not waits else []
    return {"imported": imported, "waits": waits, "rounds": rounds, **_words()}


def _words() -> dict[str, object]:
    return {"kinds": IMPORT_KIND_LABELS, "states": IMPORT_STATE_LABELS, "state_of": ImportState}
