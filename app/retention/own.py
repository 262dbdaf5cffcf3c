"""`/me/data`: what is kept about me, as a page and as a file, and a way to have it corrected or erased."""

import json
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.accounts.guard import Permission, requires
from app.accounts.models import User
from app.accounts.operations import record
from app.accounts.queries import administrators
from app.areas.administration.forms import no_cpr
from app.extensions import db
from app.incidents.fields import radio
from app.lib import clock
from app.lib.i18n import N_, Reason, _, lazy
from app.lib.types import new_public_id
from app.notices.operations import notify_user
from app.retention.about_me import about

blueprint = Blueprint("own_data", __name__, url_prefix="/me/data")


class Wish(StrEnum):
    """What one may ask for."""

    CORRECT = "correct"
    ERASE = "erase"


WISHES = {Wish.CORRECT: N_("Ret noget"), Wish.ERASE: N_("Slet mig, eller noget om mig")}
TOLD = {Wish.CORRECT: N_("%(who)s beder om at få rettet egne data: %(what)s"),
        Wish.ERASE: N_("%(who)s beder om at få egne data slettet: %(what)s")}  # fmt: skip


class WishForm(FlaskForm):
    """Goes to the administrators."""

    wish = radio(N_("Hvad beder du om?"), N_("Vælg, hvad du beder om."), WISHES)
    what = TextAreaField(
        lazy("Hvad skal rettes eller slettes?"),
        [DataRequired(lazy("Skriv, hvad det er.")), Length(max=300, message=lazy("Højst 300 tegn.")), no_cpr],
        filters=[lambda text: (text or "").strip()],
    )


@blueprint.get("")
@requires(Permission.SELF)
def show() -> str:
    """Everything on one page."""
    return render_template("retention/own.html", mine=about(_me()))


@blueprint.post("/file")
@requires(Permission.SELF)
def file() -> Response:
    """The same as JSON, to take along."""
    said = {"made_at": clock.now(), **asdict(about(_me()))}
    text = json.dumps(said, ensure_ascii=False, indent=2, default=_plain)
    answer = Response(text, mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename="mine-data.json")
    return answer


@blueprint.route("/wish", methods=["GET", "POST"])
@requires(Permission.SELF)
def wish() -> AnyResponse | tuple[str, int]:
    """Ask for a correction or an erasure; every administrator is told."""
    form = WishForm()
    if not form.validate_on_submit():
        return render_template("retention/wish.html", form=form), 422 if form.is_submitted() else 200
    user, asked = _me(), Wish(form.wish.data)
    said = Reason(TOLD[asked], {"who": user.name, "what": form.what.data or ""}).in_danish()[:500]
    key = new_public_id()
    for one in administrators():
        notify_user(one.id, said, about=f"wish:{user.public_id}", key=f"wish:{key}:{one.id}")
    record("data_wish", f"{user.name} bad om at få rettet eller slettet egne data.", by=user)
    db.session.commit()
    flash(_("Dit ønske er sendt til administratoren. Du får svar fra en person."))
    return redirect(url_for(".show"), 303)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a person's file")
