"""Nul-tolerance over HTTP: the overview with its clock, a report, and the area's promise."""

from flask import Blueprint, abort, render_template, url_for

from app.accounts.guard import Permission, requires
from app.lib import clock
from app.lib.i18n import _
from app.measures.area_forms import AreaPage, Shown, area_form, by_of, coordinates, reader
from app.measures.clearing import operations, queries, rules
from app.measures.clearing.forms import DroppedForm, RemovedForm, ReportForm, TargetForm
from app.measures.clearing.models import Report
from app.measures.clearing.vocabulary import DAMAGE_KIND_LABELS, REPORT_STATE_LABELS

blueprint = Blueprint("clearing", __name__, url_prefix="/clearing")


@blueprint.get("")
@requires(Permission.READ_ROOM)
def index() -> str:
    """What stands, what is gone, and how long it took."""
    area, now = reader().area, clock.now()
    figures = rules.figures((report.as_fact() for report in queries.of_a_year(area, now)), now)
    return render_template(
        "measures/clearing/index.html", standing=queries.standing_in(area), gone=queries.gone_in(area),
        figures=figures, target=queries.target_of(area), smallest=rules.SMALLEST_SHARE, **_words(),
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.ACT)
def new() -> Shown:
    """Report what was seen."""
    here = reader()
    form = ReportForm(here.area, queries.target_of(here.area))
    page = AreaPage(
        _("Meld graffiti, hærværk eller affald"), _("Meld det"), url_for(".index"),
        template="measures/clearing/new.html",
    )  # fmt: skip
    return area_form(form, page, lambda: _address(operations.report(here.area, form.sighting, by=by_of(here))))


@blueprint.route("/target", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def target() -> Shown:
    """What the area promises from now on."""
    here = reader()
    form = TargetForm(here.area, queries.target_of(here.area))

    def act() -> str:
        responsible = next((a for a in here.area.actors if a.public_id == form.responsible.data), None)
        operations.set_target(here.area, form.hours.data or 1, responsible, by=by_of(here))
        return url_for(".index")

    page = AreaPage(
        _("Mål for nul-tolerance"), _("Gem målet"), url_for(".index"),
        intro=_("Området sætter selv sit mål. Det, der allerede er meldt, beholder det mål, det kom ind med."),
    )  # fmt: skip
    return area_form(form, page, act)


@blueprint.get("/<report_id>")
@requires(Permission.READ_ROOM)
def show(report_id: str) -> str:
    """One report with its clock."""
    return render_template("measures/clearing/show.html", report=_report_or_404(report_id), **_words())


@blueprint.route("/<report_id>/removal", methods=["GET", "POST"])
@requires(Permission.ACT)
def remove(report_id: str) -> Shown:
    """It is gone."""
    report = _report_or_404(report_id)
    form = RemovedForm(report.seen_at)

    def act() -> str:
        removed_at = form.removed_at.data
        assert removed_at is not None  # the form asks for it
        # The field shows whole minutes: what was gone in the minute it was seen took no time, not less than none.
        operations.remove(report, max(removed_at, report.seen_at), form.words.data or "")
        return _address(report)

    return area_form(form, _page_of(report, _("Det er fjernet"), _("Gem")), act)


@blueprint.route("/<report_id>/dropping", methods=["GET", "POST"])
@requires(Permission.ACT)
def drop(report_id: str) -> Shown:
    """There is nothing to remove."""
    report, form = _report_or_404(report_id), DroppedForm()

    def act() -> str:
        operations.drop(report, form.reason.data or "")
        return _address(report)

    page = _page_of(report, _("Luk uden at fjerne"), _("Luk meldingen"), _("Den tæller så ikke med i tallene."))
    return area_form(form, page, act)


def _report_or_404(report_id: str) -> Report:
    return queries.report_in(reader().area, report_id) or abort(404)


def _page_of(report: Report, title: str, submit: str, intro: str = "") -> AreaPage:
    return AreaPage(
        title, submit, _address(report), intro=intro, world=lambda: str(report.version),
        changed=lambda: _("En anden har lukket meldingen, siden du åbnede siden."),
    )  # fmt: skip


def _words() -> dict[str, object]:
    here = reader()
    return {
        "kinds": DAMAGE_KIND_LABELS, "states": REPORT_STATE_LABELS, "reader": here, "coordinates": coordinates(here),
        "acts": here.may(Permission.ACT), "moment_now": clock.now(), "hours": _hours,
    }  # fmt: skip


def _hours(took: object) -> str:
    """`under en time`, `7 timer`, `3 døgn`: as long as anybody needs to know."""
    seconds = getattr(took, "total_seconds", lambda: 0)()
    whole = round(seconds / 3600)
    if whole < 1:
        return _("under en time")
    if whole == 1:
        return _("1 time")
    return _("%(n)s timer", n=whole) if whole < 72 else _("%(n)s døgn", n=round(whole / 24))


def _address(report: Report) -> str:
    return url_for("clearing.show", report_id=report.public_id)
