"""The administrator writes which of the three lists called *udsat* an area is on, and in which years."""

import re

from flask import Blueprint, flash, redirect, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import Field, StringField
from wtforms.validators import Length, ValidationError

from app.accounts.guard import Permission, requires
from app.areas.administration.views import form_page, row_or_404
from app.areas.models import Area
from app.extensions import db
from app.indicators.area_lists import THREE, TITLE, put_on_lists, years_on
from app.indicators.vocabulary import AREA_LIST_LABELS, AreaList
from app.indicators.words import begun
from app.lib import clock
from app.lib.i18n import N_, _, lazy

blueprint = Blueprint("area_lists", __name__, url_prefix="/administration/areas/<public_id>/lists")
OLDEST = 2000
YEARS = N_("Årstal med komma imellem, fx 2024, 2025. Tomt felt: ikke på listen.")


def _years() -> StringField:
    return StringField(validators=[Length(max=200, message=lazy("Højst 200 tegn."))], description=lazy(YEARS))


class ListsForm(FlaskForm):
    """A field of years for each list; `years` is what they hold once the form is valid."""

    project_funded, almenboligloven_61a, police_sub = _years(), _years(), _years()

    def __init__(self, area: Area) -> None:
        super().__init__(data={on.value: ", ".join(map(str, years_on(area, on))) for on in AreaList})
        self.years: dict[AreaList, list[int]] = {}
        for on in AreaList:
            self[on.value].label.text = begun(_(AREA_LIST_LABELS[on]))

    def _read(self, field: Field) -> None:
        newest = clock.local(clock.now()).year
        found = [word for word in re.split(r"[\s,;]+", field.data or "") if word]
        if any(not re.fullmatch(r"[0-9]{4}", word) or not OLDEST <= int(word) <= newest for word in found):
            text = _("Skriv kun årstal mellem %(oldest)s og %(newest)s.", oldest=OLDEST, newest=newest)
            raise ValidationError(text)
        self.years[AreaList(field.short_name)] = [int(word) for word in found]

    validate_project_funded = validate_almenboligloven_61a = validate_police_sub = _read


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def edit(public_id: str) -> Response | tuple[str, int]:
    """All three at once, so that nobody takes one for another."""
    area = row_or_404(Area, public_id)
    form, address = ListsForm(area), url_for("administration.area", public_id=public_id)
    if not form.validate_on_submit():
        note = _(THREE) + " " + _("De vises nederst på områdets side om tryghed.")
        return form_page(form, _(TITLE), _("Gem"), (area.name, address), note)
    put_on_lists(area, form.years, by=current_user._get_current_object())
    db.session.commit()
    flash(_("Gemt."))
    return redirect(address, 303)
