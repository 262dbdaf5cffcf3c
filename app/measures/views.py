"""Measures over HTTP: the area's overview, one measure, and the forms that change it."""

from typing import TypeVar

from flask import Blueprint, render_template, request, url_for

from app.accounts.guard import Permission, requires
from app.contacts.seeing import may_read
from app.incidents.access import reader
from app.incidents.forms import IncidentForm, new_once
from app.incidents.ruling import demand
from app.indicators.dimensions import DIMENSION_LABELS, Dimension
from app.lib.i18n import _
from app.measures import operations, origins, queries, rules
from app.measures.access import SeenMeasure, facts, measure_or_404
from app.measures.forms import CloseForm, MeasureForm, PublishForm
from app.measures.history import history
from app.measures.models import Measure
from app.measures.origins import Start
from app.measures.pages import MeasurePage, Shown, take
from app.measures.practices import CATALOGUE, practice
from app.measures.vocabulary import HORIZON_LABELS, ORIGIN_LABELS, STATUS_LABELS, Status
from app.plans.tracks.facts import ROOM_ROLES

Word = TypeVar("Word", Dimension, Status)
blueprint = Blueprint("measures", __name__, url_prefix="/measures")
WORDS = {"dimensions": DIMENSION_LABELS, "horizons": HORIZON_LABELS, "statuses": STATUS_LABELS, "new_once": new_once}


@blueprint.get("")
@requires(Permission.READ_AREA)
def index() -> str:
    """The area's: open ones by deadline, or one side of tryghed, or one status."""
    who, dimension, status = reader(), _picked(Dimension, "dimension"), _picked(Status, "status")
    found = queries.page_of(who, dimension, status, request.args.get("after", ""))
    page = found[: queries.PAGE]
    more = len(found) > queries.PAGE
    older = url_for(".index", after=page[-1].public_id, dimension=dimension, status=status) if more else None
    newest = url_for(".index", dimension=dimension, status=status) if "after" in request.args else None
    return render_template(
        "measures/index.html", reader=who, measures=page, dimension=dimension, status=status, older=older,
        newest=newest, **WORDS,
    )  # fmt: skip


@blueprint.get("/<measure_id>")
@requires(Permission.READ_AREA)
def show(measure_id: str) -> str:
    """One measure with its history."""
    seen = measure_or_404(measure_id)
    return render_template("measures/show.html", seen=seen, measure=seen.measure, history=history(seen),
                           origins=ORIGIN_LABELS, reads_names=_reads_contact(seen), **WORDS)  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def new() -> Shown:
    """By hand, or from the catalogue."""
    return _new(origins.by_hand())


@blueprint.route("/new/<kind>/<origin_id>", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def new_from(kind: str, origin_id: str) -> Shown:
    """From an incident, a learning point, a finding."""
    return _new(origins.start_or_404(kind, origin_id))


@blueprint.route("/<measure_id>/edit", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def edit(measure_id: str) -> Shown:
    """Other words, another owner, another deadline."""
    seen = measure_or_404(measure_id)
    measure = seen.measure
    possible = operations.possible_owners(measure)
    form = MeasureForm(possible, seen.reader, kept=measure.due_on, obj=None, data=_as_typed(measure))

    def act() -> str:
        _demand(seen)
        operations.change(measure, form.words, by=seen.reader.by)
        return _address(measure)

    page = MeasurePage(_("Ret tiltaget"), _("Gem"), _address(measure))
    return take(form, page, act, measure)


@blueprint.route("/<measure_id>/publication", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def publish(measure_id: str) -> Shown:
    """The exact words that everybody will read."""
    seen = measure_or_404(measure_id)
    measure, form = seen.measure, PublishForm(data=_as_typed(seen.measure))
    if not measure.result:
        del form.result

    def act() -> str:
        _demand(seen)
        operations.publish(measure, form.words, by=seen.reader.by, not_cpr=bool(form.not_cpr.data))
        return _address(measure)

    page = MeasurePage(
        _("Vis tiltaget for alle"), _("Vis for alle i området"), _address(measure),
        intro=_("Læs teksten, som om du intet ved om hændelsen. Ret det, der peger på den."),
        happens=(
            _("Alle med en rolle i området kan læse tiltaget: parter, bestyrelser og politi."),
            _("De ser ikke, hvilken hændelse det kommer af, og ikke det, der er skrevet før."),
            _("De ser ansvarlig, frist, status og det, der bliver skrevet fra nu af."),
            _("Det kan ikke gøres om."),
        ),
        template="measures/publish.html",
    )  # fmt: skip
    return take(form, page, act, measure, shown=measure, **WORDS)


@blueprint.route("/<measure_id>/closure", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def close(measure_id: str) -> Shown:
    """Done or given up, with a result."""
    seen = measure_or_404(measure_id)
    measure, form = seen.measure, CloseForm()

    def act() -> str:
        _demand(seen)
        operations.close(measure, Status(form.status.data), form.result.data or "", by=seen.reader.by)
        return _address(measure)

    everybody = _("Alle i området kan læse det, du skriver.") if measure.is_published else ""
    page = MeasurePage(_("Afslut tiltaget"), _("Afslut tiltaget"), _address(measure), intro=everybody)
    return take(form, page, act, measure)


@blueprint.route("/<measure_id>/reopening", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def reopen(measure_id: str) -> Shown:
    """It goes on."""
    seen = measure_or_404(measure_id)

    def act() -> str:
        _demand(seen)
        operations.reopen(seen.measure, by=seen.reader.by)
        return _address(seen.measure)

    page = MeasurePage(
        _("Genåbn tiltaget"), _("Genåbn"), _address(seen.measure), intro=seen.measure.title,
        happens=(_("Tiltaget er i gang igen."), _("Det, der blev skrevet om resultatet, står i historikken.")),
    )  # fmt: skip
    return take(IncidentForm(), page, act, seen.measure)


def _new(start: Start) -> Shown:
    area, from_practice = start.reader.area, practice(request.args.get("practice", ""))
    form = MeasureForm(operations.owners(area, start.origin.incident), start.reader, data=_given(start))

    def act() -> str:
        start.check()
        made = operations.create(area, form.words, start.origin, by=start.reader.by, not_cpr=bool(form.not_cpr.data))
        return _address(made)

    words = (_("Nyt tiltag"), _("Opret tiltaget"))
    page = MeasurePage(*words, start.back, intro=start.label, template="measures/new.html")
    secret = start.origin.incident is not None
    return take(form, page, act, None, catalogue=CATALOGUE, picked=from_practice, secret=secret, **WORDS)


def _given(start: Start) -> dict[str, object]:
    """What is filled in: of a practice, and of where it begins; that knows best."""
    found = practice(request.args.get("practice", ""))
    given: dict[str, object] = {"status": Status.PROPOSED.value, "owner": start.reader.actor.public_id}
    if found is not None:
        given |= {
            "title": _(found.title), "what": _(found.what), "expected": _(found.expected),
            "dimension": found.dimension.value, "horizon": found.horizon.value,
        }  # fmt: skip
    return given | start.given


def _as_typed(measure: Measure) -> dict[str, object]:
    return {
        "title": measure.title, "what": measure.what, "expected": measure.expected, "result": measure.result,
        "dimension": measure.dimension.value, "horizon": measure.horizon.value, "status": measure.status.value,
        "owner": measure.owner.public_id, "contact": measure.contact.public_id if measure.contact else "",
        "due_on": measure.due_on,
    }  # fmt: skip


def _demand(seen: SeenMeasure) -> None:
    demand(rules.may_change(seen.reader.who, *facts(seen.measure)), seen.measure.area)


def _reads_contact(seen: SeenMeasure) -> bool:
    """Boards read which party has it; volunteers do not learn each other's names."""
    contact, who = seen.measure.contact, seen.reader
    if contact is None or who.role not in ROOM_ROLES:
        return False
    return may_read(who, contact)


def _address(measure: Measure) -> str:
    return url_for("measures.show", measure_id=measure.public_id)


def _picked(words: type[Word], name: str) -> Word | None:
    value = request.args.get(name, "")
    return words(value) if value in set(words) else None
