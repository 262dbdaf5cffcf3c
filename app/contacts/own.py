"""*Mine oplysninger*: how the beredskab reaches me, tried out by a message to each number and address."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app.accounts.guard import Permission, requires
from app.areas import acting
from app.contacts import confirming
from app.contacts.models import ContactPoint
from app.extensions import db
from app.lib.i18n import _, lazy

blueprint = Blueprint("own_contact", __name__, url_prefix="/contacts/own")


class CodeForm(FlaskForm):
    """The code of the test message."""

    code = StringField(
        lazy("Koden i beskeden"),
        [DataRequired(lazy("Skriv koden, seks cifre.")), Length(max=20, message=lazy("Koden er seks cifre."))],
    )


@blueprint.get("")
@requires(Permission.READ_ROOM)
def show() -> str:
    """Every own number and address, and when it was confirmed."""
    return _page(CodeForm())


@blueprint.post("/<public_id>/<int:place>/test")
@requires(Permission.READ_ROOM)
def test(public_id: str, place: int) -> Response:
    """A test message leaves."""
    point = _own(public_id, place)
    sent = confirming.send_test(point) if confirming.can_be_tested(point) else abort(404)
    db.session.commit()
    said = _("Prøvebeskeden er på vej. Skriv koden her, når den kommer.")
    flash(said) if sent else flash(_("Der er lige sendt en prøve. Vent et par minutter."), "info")
    return redirect(url_for("own_contact.show"), 303)


@blueprint.post("/<public_id>/<int:place>/confirmation")
@requires(Permission.READ_ROOM)
def confirm(public_id: str, place: int) -> Response | tuple[str, int]:
    """The code has come."""
    point, form = _own(public_id, place), CodeForm()
    if form.validate() and confirming.confirm(point, form.code.data or ""):
        db.session.commit()
        flash(_("Tak. Vi kan nå dig her."))
        return redirect(url_for("own_contact.show"), 303)
    if not form.errors:
        form.code.errors = [_("Det er ikke koden. Se efter igen, eller send en ny prøve.")]
    db.session.commit()  # a wrong guess counts
    return _page(form, point), 422


def _own(public_id: str, place: int) -> ContactPoint:
    """One's own, or none at all."""
    user = (acting.current() or abort(404)).user
    points = [p for contact in confirming.own_contacts(user) if contact.public_id == public_id for p in contact.points]
    return points[place] if place < len(points) else abort(404)


def _page(form: CodeForm, at: ContactPoint | None = None) -> str:
    user = (acting.current() or abort(404)).user
    return render_template(
        "contacts/own.html", contacts=confirming.own_contacts(user), form=form, at=at,
        can_be_tested=confirming.can_be_tested, check_of=confirming.check_of,
    )  # fmt: skip
