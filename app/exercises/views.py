"""The violet door: exercises are explained, started and broken off here, never on a page of the real thing."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.errors import Refused
from app.exercises import operations
from app.exercises.forms import ExerciseForm
from app.exercises.queries import drills_for
from app.exercises.vocabulary import DRILL_KIND_LABELS, DRILL_STATE_LABELS, DrillState
from app.extensions import db
from app.incidents.access import Reader, reachable, reader_or_none, seen_or_404
from app.incidents.forms import IncidentForm
from app.incidents.models import Incident
from app.incidents.pages import FormPage, Shown, form_page
from app.incidents.queries import by_once_key
from app.lib.i18n import _
from app.logbook.operations import LooksLikeCpr
from app.plans.queries import plan_for
from app.plans.vocabulary import IncidentStatus

blueprint = Blueprint("exercises", __name__)
Answer = Response | str | tuple[str, int]


@blueprint.get("/exercises")
@requires(Permission.READ_ROOM)
def door() -> str:
    """What an exercise is, those that run, and the way to a new one."""
    reader = reader_or_none() or abort(404)
    form = ExerciseForm(reader, plan_for(reader.area).document)
    drills = [drill for drill in drills_for(reader) if drill.state is not DrillState.RUNNING]
    return render_template(
        "exercises/door.html", running=_running(reader, is_exercise=True), may_start=bool(form.tracks),
        planned=[drill for drill in reversed(drills) if drill.state is DrillState.PLANNED],
        before=[drill for drill in drills if drill.state is not DrillState.PLANNED],
        kinds=DRILL_KIND_LABELS, states=DRILL_STATE_LABELS,
    )  # fmt: skip


@blueprint.route("/exercises/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def start() -> Answer:
    """The exercise's form; one tap starts it and leads to its room."""
    reader = reader_or_none() or abort(404)
    form = ExerciseForm(reader, plan_for(reader.area).document)
    if request.method == "GET":
        return _show(form, 200)
    if (begun := by_once_key(form.key)) is not None:
        return redirect(_address(begun), 303)
    if not form.validate():
        return _show(form, 422)
    try:
        location = _address(operations.start(form.activation()))
        db.session.commit()
        return redirect(location, 303)
    except LooksLikeCpr as refused:
        db.session.rollback()
        form.what.errors = [str(refused.reason)]
        return _show(form, 422)
    except Refused as refused:
        db.session.rollback()
        return _show(form, 422, refused=refused)


@blueprint.route("/incidents/<public_id>/break-off", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def break_off(public_id: str) -> Shown:
    """*Afbryd øvelsen*: says what happens, then does it."""
    seen = seen_or_404(public_id)
    if not seen.incident.is_exercise:
        abort(404)

    def act() -> str:
        operations.break_off(seen.incident, seen.reader)
        return _address(seen.incident)

    page = FormPage(
        _("Afbryd øvelsen"), _("Afbryd øvelsen"), _address(seen.incident), is_dangerous=True,
        happens=(
            _("Alle tilkald og tekster i øvelsen stoppes."),
            _("Alle, der har fået en besked i øvelsen, får at vide, at den er slut."),
            _("En afbrudt øvelse evalueres ikke. Vil I evaluere, så afslut øvelsen i stedet."),
        ),
    )  # fmt: skip
    return form_page(seen, IncidentForm(), page, act)


def _show(form: ExerciseForm, status: int, **more: object) -> tuple[str, int]:
    category = form.plan.category(form.category.data or "")
    chosen = form.chosen_track
    preview = form.preview(chosen, category.key) if chosen and category else None
    real = _running(form.reader, is_exercise=False)
    return render_template("exercises/start.html", form=form, preview=preview, real=real, **more), status


def _running(reader: Reader, *, is_exercise: bool) -> list[Incident]:
    mine = reachable(reader).where(Incident.is_exercise.is_(is_exercise), Incident.status == IncidentStatus.ACTIVE)
    return list(db.session.scalars(mine))


def _address(incident: Incident) -> str:
    return url_for("incident.show", public_id=incident.public_id)
