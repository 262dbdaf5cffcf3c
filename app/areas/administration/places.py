"""Areas with their places and actors, and the organisations behind them."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.areas import operations, queries
from app.areas.administration.forms import (
    ActorForm,
    AreaForm,
    NewActorForm,
    NewOrganisationForm,
    OrganisationForm,
    PlaceForm,
)
from app.areas.administration.people import me
from app.areas.administration.views import blueprint, form_page, row_or_404
from app.areas.models import Actor, Area, Organisation, Place
from app.extensions import db
from app.lib.i18n import _


@blueprint.get("/areas")
@requires(Permission.ADMINISTER)
def areas() -> str:
    """Every area."""
    return render_template("areas/administration/areas.html", areas=queries.all_areas())


@blueprint.route("/areas/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_area() -> Response | tuple[str, int]:
    """Create an area."""
    form = AreaForm()
    if not form.validate_on_submit():
        return form_page(form, _("Nyt område"), _("Opret"), (_("Områder"), url_for(".areas")))
    area = operations.create_area(form.name.data or "", form.municipality.data or "", by=me())
    return _done(area, _("Området er oprettet. Tilføj afdelinger og aktører."))


@blueprint.get("/areas/<public_id>")
@requires(Permission.ADMINISTER)
def area(public_id: str) -> str:
    """One area: places, actors, people."""
    this = row_or_404(Area, public_id)
    return render_template(
        "areas/administration/area.html", area=this, members=queries.members_of(this),
        is_written=queries.data_protection_of(this) is not None,
    )  # fmt: skip


@blueprint.route("/areas/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def edit_area(public_id: str) -> Response | tuple[str, int]:
    """Rename."""
    this = row_or_404(Area, public_id)
    form = AreaForm(obj=this)
    if not form.validate_on_submit():
        return form_page(form, this.name, _("Gem"), (this.name, _address(this)))
    operations.edit_area(this, form.name.data or "", form.municipality.data or "", by=me())
    return _done(this, _("Gemt."))


@blueprint.route("/areas/<public_id>/places/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_place(public_id: str) -> Response | tuple[str, int]:
    """Add a section or a place."""
    this = row_or_404(Area, public_id)
    form = PlaceForm(this)
    if not form.validate_on_submit():
        return form_page(form, _("Nyt sted i %(area)s", area=this.name), _("Tilføj"), (this.name, _address(this)))
    operations.add_place(this, form.name.data or "", form.kind.data, by=me())
    return _done(this, _("Tilføjet."))


@blueprint.route("/places/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def edit_place(public_id: str) -> Response | tuple[str, int]:
    """Name and kind."""
    place = row_or_404(Place, public_id)
    form = PlaceForm(place.area, place)
    if not form.validate_on_submit():
        return form_page(form, place.name, _("Gem"), (place.area.name, _address(place.area)))
    operations.edit_place(place, form.name.data or "", form.kind.data, by=me())
    return _done(place.area, _("Gemt."))


@blueprint.route("/areas/<public_id>/actors/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_actor(public_id: str) -> Response | tuple[str, int]:
    """An organisation becomes an actor in the area."""
    this = row_or_404(Area, public_id)
    form = NewActorForm(this, queries.all_organisations())
    if not form.validate_on_submit():
        return form_page(form, _("Ny aktør i %(area)s", area=this.name), _("Opret"), (this.name, _address(this)))
    organisation = row_or_404(Organisation, form.organisation.data)
    operations.create_actor(
        this, organisation, form.name.data or "", form.phone.data, key=form.key.data or None, by=me()
    )
    return _done(this, _("Aktøren er oprettet."))


@blueprint.route("/actors/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def edit_actor(public_id: str) -> Response | tuple[str, int]:
    """Name and the function's number."""
    actor = row_or_404(Actor, public_id)
    form = ActorForm(obj=actor)
    if not form.validate_on_submit():
        return form_page(form, actor.name, _("Gem"), (actor.area.name, _address(actor.area)))
    operations.edit_actor(actor, form.name.data or "", form.phone.data, by=me())
    return _done(actor.area, _("Gemt."))


@blueprint.get("/organisations")
@requires(Permission.ADMINISTER)
def organisations() -> str:
    """Every organisation."""
    return render_template("areas/administration/organisations.html", organisations=queries.all_organisations())


@blueprint.route("/organisations/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_organisation() -> Response | tuple[str, int]:
    """Create an organisation."""
    form = NewOrganisationForm()
    if not form.validate_on_submit():
        return form_page(form, _("Ny organisation"), _("Opret"), (_("Organisationer"), url_for(".organisations")))
    operations.create_organisation(form.name.data or "", form.kind.data, by=me())
    return _done(None, _("Organisationen er oprettet."))


@blueprint.route("/organisations/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def edit_organisation(public_id: str) -> Response | tuple[str, int]:
    """Rename."""
    organisation = row_or_404(Organisation, public_id)
    form = OrganisationForm(obj=organisation)
    if not form.validate_on_submit():
        return form_page(form, organisation.name, _("Gem"), (_("Organisationer"), url_for(".organisations")))
    operations.edit_organisation(organisation, form.name.data or "", by=me())
    return _done(None, _("Gemt."))


def _done(area: Area | None, text: str) -> Response:
    db.session.commit()
    flash(text)
    return redirect(_address(area) if area else url_for(".organisations"), 303)


def _address(area: Area) -> str:
    return url_for(".area", public_id=area.public_id)
