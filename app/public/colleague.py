"""`/colleague/<pass>`: somebody let in to one incident types the code from the text, once."""

from math import ceil

from flask import Blueprint, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.accounts import delays, limits, sessions
from app.accounts.guard import public
from app.extensions import db
from app.incidents.access import pass_of
from app.lib.i18n import _, lazy
from app.transitions import colleague

blueprint = Blueprint("colleague", __name__)


class CodeForm(FlaskForm):
    """The six digits."""

    code = StringField(
        lazy("Kode"),
        [InputRequired(lazy("Skriv koden fra sms'en.")), Length(max=20, message=lazy("Koden har 6 cifre."))],
    )


@blueprint.route("/colleague/<pass_id>", methods=["GET", "POST"])
@public
def show(pass_id: str) -> Response | tuple[str, int]:
    """The form reads the same for every pass, also for one that never was."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    free = {colleague.limit_key(pass_id): colleague.FREE_TRIES}
    if place := delays.address_prefix(request.remote_addr):
        free[limits.key("pass-address", place)] = delays.FREE_FOR_ADDRESS
    wait = limits.try_once(free)
    db.session.commit()  # counted before the code is looked at
    if wait:
        seconds = ceil(wait.total_seconds())
        form.code.errors = [_("Vent %(seconds)s sekunder, og prøv igen.", seconds=seconds)]
        return _page(form, 429)
    guest = colleague.redeem(pass_id, form.code.data or "")
    if guest is None:
        form.code.errors = [_("Koden passer ikke, eller den er brugt. Bed den, der lukkede dig ind, om en ny.")]
        return _page(form, 422)
    limits.forgive(free)
    db.session.commit()
    sessions.start(guest)
    held = pass_of(guest)
    return redirect(url_for("incident.show", public_id=held.incident.public_id) if held else "/", 303)


def _page(form: CodeForm, status: int) -> tuple[str, int]:
    return render_template("public/colleague.html", form=form), status
