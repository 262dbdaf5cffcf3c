"""Walks over HTTP: the list, one walk, and the phone's page where findings are noted outdoors."""

from flask import Blueprint, abort, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.incidents.forms import IncidentForm
from app.indicators.dimensions import DIMENSION_LABELS
from app.lib import clock
from app.lib.i18n import _
from app.measures.area_forms import AreaPage, Shown, area_form, by_of, coordinates, reader
from app.measures.walks import operations, queries
from app.measures.walks.forms import CompanyForm, FindingForm, WalkForm
from app.measures.walks.models import Walk
from app.measures.walks.vocabulary import (
    FINDING_KIND_LABELS,
    FINDING_STATE_LABELS,
    PARTICIPANT_LABELS,
    VERDICT_LABELS,
    WALK_STATE_LABELS,
    Participant,
    WalkState,
)

blueprint = Blueprint("walks", __name__, url_prefix="/walks")
WORDS = {
    "kinds": FINDING_KIND_LABELS, "states": FINDING_STATE_LABELS, "verdicts": VERDICT_LABELS,
    "walk_states": WALK_STATE_LABELS, "participants": PARTICIPANT_LABELS, "dimensions": DIMENSION_LABELS,
}  # fmt: skip


def words() -> dict[str, object]:
    """What every page of walks says and asks: labels, the day, what this reader may do."""
    here = reader()
    return {
        **WORDS, "reader": here, "coordinates": coordinates(here), "acts": here.may(Permission.ACT),
        "today": clock.local(clock.now()).date(),
    }  # fmt: skip


@blueprint.get("")
@requires(Permission.READ_ROOM)
def index() -> str:
    """The area's walks, and what still waits for an answer."""
    area = reader().area
    walks, waiting = queries.walks_of(area), queries.open_in(area)
    return render_template("measures/walks/index.html", walks=walks, waiting=waiting, **words())


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def new() -> Shown:
    """Plan a walk."""
    here, form = reader(), WalkForm()
    page = AreaPage(
        _("Ny tryghedsvandring"), _("Gem vandringen"), url_for(".index"), template="measures/walks/plan.html"
    )
    return area_form(form, page, lambda: _address(operations.plan(here.area, form.planned, by=by_of(here))))


@blueprint.get("/<walk_id>")
@requires(Permission.READ_ROOM)
def show(walk_id: str) -> str:
    """One walk: who, where, and what was found."""
    return render_template("measures/walks/show.html", walk=walk_or_404(walk_id), **words())


@blueprint.route("/<walk_id>/edit", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def edit(walk_id: str) -> Shown:
    """Another time, route or company."""
    walk = walk_or_404(walk_id)
    given = {name: getattr(walk, name) for name in ("title", "purpose", "starts_at", "route", "decides")}
    form = WalkForm(data=given | {"dimension": walk.dimension.value} | _numbers(walk))

    def act() -> str:
        operations.change(walk, form.planned)
        return _address(walk)

    return area_form(form, _page_of(walk, _("Ret vandringen"), _("Gem"), "measures/walks/plan.html"), act)


@blueprint.route("/<walk_id>/closure", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def close(walk_id: str) -> Shown:
    """The walk is over: who came."""
    walk = walk_or_404(walk_id)
    form = CompanyForm(data={"decides": walk.decides} | _numbers(walk))

    def act() -> str:
        operations.hold(walk, form.participants, decides=bool(form.decides.data))
        return _address(walk)

    page = _page_of(walk, _("Afslut vandringen"), _("Afslut vandringen"), "measures/walks/close.html")
    return area_form(form, page, act, walk=walk)


@blueprint.route("/<walk_id>/cancellation", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def call_off(walk_id: str) -> Shown:
    """It comes to nothing."""
    walk = walk_or_404(walk_id)

    def act() -> str:
        operations.call_off(walk)
        return url_for(".index")

    stays = _("Vandringen bliver stående på listen som aflyst. Sig det selv til dem, der skulle med.")
    page = AreaPage(
        _("Aflys vandringen?"), _("Aflys vandringen"), _address(walk), intro=stays, is_dangerous=True,
        world=lambda: str(walk.version), changed=_has_changed,
    )  # fmt: skip
    return area_form(IncidentForm(), page, act)


@blueprint.route("/<walk_id>/findings", methods=["GET", "POST"])
@requires(Permission.ACT)
def note(walk_id: str) -> Shown:
    """Outdoors: note a finding, and the next. A phone's script asks for JSON, so that it knows what has arrived."""
    walk, here = walk_or_404(walk_id), reader()
    if walk.state is WalkState.CALLED_OFF and request.method == "GET":
        abort(404)
    form = FindingForm(here.area)

    def act() -> str:
        operations.note(walk, form.noted, by=by_of(here))
        return url_for(".note", walk_id=walk.public_id)

    page = AreaPage(_("Notér et fund"), _("Gem fundet"), _address(walk), template="measures/walks/note.html")
    shown = area_form(form, page, act, walk=walk, **words())
    if request.method == "POST" and request.accept_mimetypes.best == "application/json":
        return _arrived(form, shown)
    return shown


@blueprint.get("/<walk_id>/findings/list")
@requires(Permission.READ_ROOM)
def noted(walk_id: str) -> str:
    """What has been noted, alone: fetched when a finding has arrived."""
    return render_template("measures/walks/_noted.html", walk=walk_or_404(walk_id), **words())


def walk_or_404(walk_id: str) -> Walk:
    """A walk of the area that the reader acts in."""
    return queries.walk_in(reader().area, walk_id) or abort(404)


def _arrived(form: FindingForm, shown: Shown) -> Shown:
    if isinstance(shown, Response):
        return jsonify(saved=form.once.data)
    said = [str(text) for texts in form.errors.values() for text in texts] or [str(operations.CALLED_OFF)]
    answer = jsonify(errors=said)
    answer.status_code = 422
    return answer


def _page_of(walk: Walk, title: str, submit: str, template: str) -> AreaPage:
    return AreaPage(
        title, submit, _address(walk), template=template, world=lambda: str(walk.version), changed=_has_changed
    )


def _has_changed() -> str:
    return _("En anden har rettet vandringen, siden du åbnede siden.")


def _numbers(walk: Walk) -> dict[str, int]:
    return {f"n_{kind}": walk.participants.get(kind.value, 0) for kind in Participant}


def _address(walk: Walk) -> str:
    return url_for("walks.show", walk_id=walk.public_id)
