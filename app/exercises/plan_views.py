"""Planned exercises over HTTP: plan, change, call off, start, tell the next bit of the story."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.areas.roles import Role
from app.errors import Refused
from app.exercises import operations, queries
from app.exercises.models import Drill
from app.exercises.plan_forms import DrillForm, shown
from app.exercises.responses import in_short, report_of
from app.exercises.vocabulary import DRILL_KIND_LABELS, DRILL_STATE_LABELS, DrillKind, DrillState
from app.extensions import db
from app.incidents.access import Reader, reader
from app.incidents.forms import IncidentForm
from app.lib.i18n import _
from app.measures.area_forms import AreaPage, Shown, area_form, area_tap
from app.plans.queries import plan_for
from app.plans.tracks import may_start_exercise

blueprint = Blueprint("drills", __name__, url_prefix="/exercises")
TEMPLATE = "exercises/plan.html"


@blueprint.route("/plan", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def plan() -> Shown:
    """A new one, for a day to come."""
    here = reader()
    form = DrillForm(here, plan_for(here.area).document)
    page = AreaPage(
        _("Planlæg en øvelse"), _("Gem, og sig det til parterne"), url_for("exercises.door"), template=TEMPLATE
    )
    return area_form(form, page, lambda: _address(operations.plan(here.area, form.planned, reader=here)))


@blueprint.get("/<drill_id>")
@requires(Permission.READ_ROOM)
def drill(drill_id: str) -> str:
    """One of them: what is meant, how it goes, and what can be done."""
    one, here = drill_or_404(drill_id)
    report = report_of(one.incident) if one.incident else None
    category = plan_for(one.area).document.category(one.category_key)
    return render_template(
        "exercises/drill.html", drill=one, state=one.state, kinds=DRILL_KIND_LABELS, states=DRILL_STATE_LABELS,
        category=category.label if category else one.category_key, may_change=_may_change(here, one),
        parties=queries.actors_of(one), short=in_short(report) if report else "", tells=_tells(here, one),
        once=IncidentForm().once.data,
    )  # fmt: skip


@blueprint.route("/<drill_id>/edit", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def edit(drill_id: str) -> Shown:
    """Another day, another story."""
    one, here = drill_or_404(drill_id)
    document = plan_for(one.area).document
    form = DrillForm(here, document, data=shown(one) if _tells(here, one) else shown(one) | {"told": ""})

    def act() -> str:
        planned = form.planned
        if not _tells(here, one):  # who does not know the story keeps it as it is
            planned = replace(planned, story=[(told.after_minutes, told.text) for told in one.injects])
        operations.change(one, planned, reader=here)
        return _address(one)

    page = AreaPage(
        _("Ret øvelsen"), _("Gem, og sig det til parterne"), _address(one), template=TEMPLATE,
        world=lambda: str(one.version),
    )  # fmt: skip
    return area_form(form, page, act)


@blueprint.route("/<drill_id>/cancellation", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def call_off(drill_id: str) -> Shown:
    """It comes to nothing."""
    one, here = drill_or_404(drill_id)

    def act() -> str:
        operations.call_off(one, reader=here)
        return _address(one)

    page = AreaPage(
        _("Aflys øvelsen?"), _("Aflys øvelsen"), _address(one), is_dangerous=True, world=lambda: str(one.version),
        intro=_("De, der vidste besked om den, får at vide, at den er aflyst."),
    )  # fmt: skip
    return area_form(IncidentForm(), page, act)


@blueprint.route("/<drill_id>/start", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def start_planned(drill_id: str) -> Shown:
    """Says what happens, then begins it."""
    one, here = drill_or_404(drill_id)

    def act() -> str:
        incident = operations.start_planned(one, reader=here)
        if one.kind is DrillKind.CALLOUT:
            return _address(one)
        return url_for("incident.show", public_id=incident.public_id)

    calls = {
        DrillKind.CALLOUT: _("Parterne kaldes nu, med ØVELSE først i hver tekst. De skal kun svare."),
        DrillKind.TABLETOP: _("Ingen ringes op. Rummet åbner, og du fortæller historien bid for bid."),
        DrillKind.FULL: _("Parterne kaldes nu, med ØVELSE først i hver tekst, og rummet åbner."),
    }[one.kind]
    page = AreaPage(
        _("Start øvelsen?"), _("Start øvelsen"), _address(one), intro=calls, template="exercises/start_planned.html",
        world=lambda: f"{one.version}.{one.state}",
    )  # fmt: skip
    return area_form(IncidentForm(), page, act)


@blueprint.route("/<drill_id>/end", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def end(drill_id: str) -> Shown:
    """One tap ends a drill of the call-out; another exercise is stood down like the real thing."""
    one, here = drill_or_404(drill_id)

    def act() -> str:
        operations.end_callout(one, reader=here)
        return _address(one)

    page = AreaPage(
        _("Afslut øvelsen?"), _("Afslut øvelsen"), _address(one), template="exercises/start_planned.html",
        intro=_("Ingen flere kaldes. De, der blev kaldt, får at vide, at den er slut, og evalueringen åbner."),
        world=lambda: one.state.value,
    )  # fmt: skip
    return area_form(IncidentForm(), page, act)


@blueprint.post("/<drill_id>/story")
@requires(Permission.COORDINATE)
def tell(drill_id: str) -> Response:
    """The next bit of the story."""
    one, here = drill_or_404(drill_id)
    if not _tells(here, one):
        abort(403)

    def act() -> str:
        operations.tell_next(one, by=here.by)
        return _address(one)

    try:
        return area_tap(act, _address(one))
    except Refused:
        db.session.rollback()
        return redirect(_address(one), 303)


def drill_or_404(public_id: str) -> tuple[Drill, Reader]:
    """Reached through the reader; what is out of reach does not exist."""
    here, one = reader(), queries.drill_by_public_id(public_id)
    if one is None or not queries.may_see(here, one):
        abort(404)
    return one, here


def _may_change(here: Reader, one: Drill) -> bool:
    is_planned = one.state is DrillState.PLANNED
    return is_planned and bool(may_start_exercise(plan_for(one.area).document, here.who, one.track))


def _tells(here: Reader, one: Drill) -> bool:
    """Whoever planned it knows the story; for the others it is still to come."""
    return here.role is Role.COORDINATOR and here.actor.id == one.planned_as_id


def _address(one: Drill) -> str:
    return url_for("drills.drill", drill_id=one.public_id)
