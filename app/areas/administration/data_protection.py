"""What an area says of its personal data, written by the administrator."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.areas import operations, queries
from app.areas.administration.forms import DataProtectionForm
from app.areas.administration.people import me
from app.areas.administration.views import blueprint, form_page, row_or_404
from app.areas.models import Area
from app.errors import Refused
from app.extensions import db
from app.lib.i18n import _


@blueprint.route("/areas/<public_id>/data-protection", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def data_protection(public_id: str) -> Response | tuple[str, int]:
    """Write it, or rewrite it."""
    area = row_or_404(Area, public_id)
    newest = queries.data_protection_of(area)
    form = DataProtectionForm(obj=newest, over=newest.number if newest else 0)
    if form.validate_on_submit() and _saved(area, form):
        flash(_("Gemt. Siden kan læses af alle."))
        return redirect(url_for(".area", public_id=area.public_id), 303)
    title = _("Databeskyttelse i %(area)s", area=area.name)
    return form_page(form, title, _("Gem"), (area.name, url_for(".area", public_id=area.public_id)), _(
        "Beboere og brugere kan læse det. Først når det er skrevet, kan der sendes beskeder til beboere. "
        "Tilkald og beskeder til parter, bestyrelser og institutioner venter ikke på det."
    ))  # fmt: skip


def _saved(area: Area, form: DataProtectionForm) -> bool:
    try:
        operations.write_data_protection(area, form.words(), over=form.shown, by=me())
    except Refused as refused:
        form.controller.errors = [*form.controller.errors, str(refused.reason)]
        return False
    db.session.commit()
    return True
