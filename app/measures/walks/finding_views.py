"""One finding over HTTP: what became of it, a measure from it, and its words on the public page."""

import hashlib

from flask import Blueprint, abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.incidents.forms import new_once
from app.lib.i18n import _
from app.measures.area_forms import AreaPage, Shown, area_form, area_tap, by_of, reader
from app.measures.walks import operations, queries
from app.measures.walks.forms import AnswerForm, PublishForm
from app.measures.walks.models import Finding
from app.measures.walks.views import words
from app.measures.walks.vocabulary import FINDING_KIND_LABELS, FindingState

blueprint = Blueprint("findings", __name__, url_prefix="/findings")


@blueprint.get("/<finding_id>")
@requires(Permission.READ_ROOM)
def show(finding_id: str) -> str:
    """Everything about one finding."""
    finding = _finding_or_404(finding_id)
    return render_template("measures/walks/finding.html", finding=finding, new_once=new_once, **words())


@blueprint.route("/<finding_id>/answer", methods=["GET", "POST"])
@requires(Permission.ACT)
def answer(finding_id: str) -> Shown:
    """Done, not possible, or open with somebody who sees to it. A good place is only noted: nothing to answer."""
    finding, here = _finding_or_404(finding_id), reader()
    if not finding.is_bad:
        abort(404)
    form = AnswerForm(finding, here.area, data={
        "state": finding.state.value, "words": finding.answer, "due_on": finding.due_on,
        "responsible": finding.responsible.public_id if finding.responsible else "",
    })  # fmt: skip

    def act() -> str:
        operations.answer(finding, form.answer, by=by_of(here))
        return _address(finding)

    return area_form(form, _page_of(finding, _("Svar på fundet"), _("Gem svaret")), act)


@blueprint.route("/<finding_id>/publication", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def publish(finding_id: str) -> Shown:
    """First the words, then the same words as they will stand; only then do they go out."""
    finding, here = _finding_or_404(finding_id), reader()
    form = PublishForm(data=_first_words(finding))
    page = _page_of(finding, _("Offentliggør fundet"), _("Vis, hvordan det kommer til at stå"))
    page_again = _page_of(finding, _("Sådan kommer det til at stå"), _("Offentliggør"))
    if request.method == "POST" and form.validate():
        shown_before, form.previewed.data = form.previewed.data, _mark(form)
        if shown_before != form.previewed.data:
            form.previewed.raw_data = None
            return render_template(page_again.template, form=form, page=page_again, preview=True)

    def act() -> str:
        operations.publish(finding, form.said.data or "", form.did.data or "", by=by_of(here))
        flash(_("Fundet kan nu læses af alle."))
        return _address(finding)

    return area_form(form, page, act, preview=False)


@blueprint.post("/<finding_id>/publication/withdrawal")
@requires(Permission.COORDINATE)
def take_back(finding_id: str) -> Response:
    """No longer on the public page."""
    finding = _finding_or_404(finding_id)

    def act() -> str:
        operations.take_back(finding, by=by_of(reader()))
        flash(_("Fundet er taget af den offentlige side."))
        return _address(finding)

    return area_tap(act, _address(finding))


def _finding_or_404(finding_id: str) -> Finding:
    return queries.finding_in(reader().area, finding_id) or abort(404)


def _first_words(finding: Finding) -> dict[str, str]:
    """What is out already; else a beginning made of what was noted, to be read and mended."""
    if finding.published_said is not None:
        return {"said": finding.published_said, "did": finding.published_did}
    said = f"{_(FINDING_KIND_LABELS[finding.kind]).capitalize()}, {finding.at}: {finding.note}".rstrip(": ")
    open_ = _("Vi ser på det.") if finding.state is FindingState.OPEN else ""
    return {"said": said[:500], "did": (finding.answer or open_)[:500]}


def _mark(form: PublishForm) -> str:
    """What the words are, so that none go out but those that were shown."""
    return hashlib.sha256(f"{form.said.data}\0{form.did.data}".encode()).hexdigest()


def _page_of(finding: Finding, title: str, submit: str) -> AreaPage:
    template = "measures/walks/publish.html" if request.endpoint == "findings.publish" else "measures/area_form.html"
    return AreaPage(
        title, submit, _address(finding), template=template, world=lambda: str(finding.version),
        changed=lambda: _("En anden har skrevet på fundet, siden du åbnede siden."),
    )  # fmt: skip


def _address(finding: Finding) -> str:
    return url_for("findings.show", finding_id=finding.public_id)
