"""The administrator's pages: what the rules would delete, in numbers alone, and erasing one person who asks for it."""

from typing import Any

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, Field, HiddenField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.accounts.guard import Permission, requires
from app.areas.administration.people import me
from app.areas.administration.views import row_or_404
from app.errors import Refused
from app.extensions import db
from app.lib import phone
from app.lib.i18n import _, lazy
from app.retention import people
from app.retention.models import PersonErasure
from app.retention.planning import plan
from app.retention.rules import STANDING_LABELS, Standing

blueprint = Blueprint("retention_plan", __name__, url_prefix="/administration/retention")
SHOWN = (Standing.DUE, Standing.WAITS, Standing.HELD)


class FindForm(FlaskForm):
    """By the number or mail that the person wrote from."""

    address = StringField(
        lazy("Personens telefonnummer eller mail"),
        [DataRequired(lazy("Skriv et nummer eller en mail.")), Length(max=254, message=lazy("Højst 254 tegn."))],
        filters=[lambda text: (text or "").strip()],
    )

    def validate_address(self, field: Field) -> None:
        try:
            field.data = people.normalised(field.data)
        except phone.InvalidNumber as invalid:
            raise ValidationError(str(invalid.reason)) from None


class EraseForm(FlaskForm):
    """Which of what was found; the number goes along in the form and stands in no address."""

    address = HiddenField(validators=[DataRequired(), Length(max=254)])
    contacts = SelectMultipleField(lazy("Slet disse kontakter"), choices=[])
    with_login = BooleanField(lazy("Slet også login og roller"))

    def __init__(self, found: people.Found, **more: Any) -> None:
        super().__init__(**more)
        self.contacts.choices = [(c.public_id, _called(c)) for c in found.contacts]
        if found.user is None:
            del self.with_login


@blueprint.get("")
@requires(Permission.ADMINISTER)
def show() -> str:
    """What is due, by kind. Of incidents no more than how many: an administrator has none."""
    found = plan()
    counts = [(_(STANDING_LABELS[which]), len(found.standing(which))) for which in SHOWN]
    erased = db.session.query(PersonErasure).order_by(PersonErasure.id.desc()).limit(20).all()
    return render_template("retention/plan.html", plan=found, counts=counts, erased=erased)


@blueprint.route("/person", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def find() -> str | tuple[str, int]:
    """Who is it? The search is a POST, so that a number stands in no log."""
    form = FindForm()
    if not form.validate_on_submit():
        return render_template("retention/find.html", form=form), 422 if form.is_submitted() else 200
    found = people.find(form.address.data or "")
    asked = EraseForm(found, formdata=None, contacts=[c.public_id for c in found.contacts])
    asked.address.data = found.address
    return render_template("retention/person.html", found=found, form=asked)


@blueprint.post("/person/erasure")
@requires(Permission.ADMINISTER)
def erase() -> Response | tuple[str, int]:
    """What was ticked goes."""
    address = FindForm()
    if not address.validate():
        abort(404)
    found = people.find(address.address.data or "")
    form = EraseForm(found)
    chosen = [c for c in found.contacts if c.public_id in (form.contacts.data or [])]
    with_login = found.user is not None and bool(form.with_login.data)
    try:
        made = people.erase(found, chosen, with_login=with_login, by=me())
    except Refused as refused:
        db.session.rollback()
        return render_template("retention/person.html", found=found, form=form, refused=str(refused.reason)), 422
    db.session.commit()
    flash(_("Slettet. Gem siden, hvis personen skal have svar."))
    return redirect(url_for(".report", public_id=made.public_id), 303)


@blueprint.get("/erasures/<public_id>")
@requires(Permission.ADMINISTER)
def report(public_id: str) -> str:
    """What went, what stays and why: to answer the person with. It names nobody."""
    return render_template("retention/report.html", made=row_or_404(PersonErasure, public_id))


def _called(contact: Any) -> str:
    where = contact.actor.name if contact.actor else _("i målgrupper")
    ended = f" ({_('afsluttet')})" if contact.ended_at else ""
    return f"{contact.name}, {where}{ended}"


def init_app(app: Flask) -> None:
    """Attach the pages and the tab that leads to them."""
    app.register_blueprint(blueprint)


