"""The situation report on screen: the newest, any version with what it changed, and the next one."""

from functools import partial

from flask import abort, render_template, url_for

from app.accounts.guard import Permission, requires
from app.documents import operations as documents
from app.incidents.forms import new_once
from app.incidents.next_update import after, choice_near
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.lib.i18n import _
from app.narrative import operations, queries, report_paper
from app.narrative.editing import Editing
from app.narrative.forms import ReportForm
from app.narrative.models import FACT_STATUS_LABELS, SituationReport
from app.narrative.page import CHIPS, Narrative, blueprint, inside_or_404, report_sections
from app.narrative.rules import what_changed
from app.narrative.standing import first_report_due
from app.plans.tracks import may_write_report


@blueprint.get("/situation")
@requires(Permission.READ_ROOM)
def report(public_id: str) -> str:
    """The newest version, or what to do before the first."""
    page = inside_or_404(public_id)
    return _show(page, queries.latest_report(page.incident))


@blueprint.get("/situation/<int:number>")
@requires(Permission.READ_ROOM)
def report_version(public_id: str, number: int) -> str:
    """Any version, as it stood."""
    page = inside_or_404(public_id)
    return _show(page, queries.report(page.incident, number) or abort(404))


def _show(page: Narrative, version: SituationReport | None) -> str:
    before = queries.report(page.incident, version.number - 1) if version else None
    changed = what_changed(report_sections(before), report_sections(version)) if version and before else None
    return render_template(
        "narrative/report.html", page=page, incident=page.incident, version=version, changed=changed,
        sections=report_sections(version) if version else [], versions=queries.reports_of(page.incident),
        may_write=page.may(may_write_report), due=first_report_due(page.incident, page.document),
        minutes=page.document.first_report_minutes, labels=FACT_STATUS_LABELS, chips=CHIPS, new_once=new_once,
    )  # fmt: skip


@blueprint.post("/situation/<int:number>/pdf")
@requires(Permission.READ_ROOM)
def report_pdf(public_id: str, number: int) -> Shown:
    """Asks for the version as one page to print or send on; the worker makes it."""
    page = inside_or_404(public_id)
    version = queries.report(page.incident, number) or abort(404)

    def act() -> str:
        document = documents.ask(report_paper.wanted(page, version), by=page.reader.by)
        return url_for("documents.show", public_id=document.public_id)

    return one_tap(page.seen, act)


@blueprint.route("/situation/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def write_report(public_id: str) -> Shown:
    """The next version, begun from the newest."""
    page = inside_or_404(public_id)
    newest = partial(queries.latest_report, page.incident)
    form = ReportForm(obj=newest(), minutes=choice_near(page.document.update_every_minutes))
    editing = Editing(page, form, newest, partial(queries.facts_of, page.incident))

    def act() -> str:
        made = SituationReport(**{name: getattr(form, name).data or "" for name in SituationReport.WORDS})
        made.next_update_at = after(int(form.minutes.data))
        incident = page.held(may_write_report)
        operations.save_report(incident, made, base=editing.base, by=page.reader.by, not_cpr=form.not_cpr.data)
        return page.url("report")

    shown = FormPage(
        _("Situationsbillede"), _("Gem ny version"), page.url("report"), template="narrative/report_form.html",
        world=editing.world, changed=editing.changed,
    )  # fmt: skip
    return form_page(
        page.seen, form, shown, act, narrative=page, editing=editing, labels=FACT_STATUS_LABELS, chips=CHIPS
    )
