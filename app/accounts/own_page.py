"""A person's own page: name, roles, phones, password; the declaration; the link on which a password is chosen."""

from collections.abc import Callable
from math import ceil

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import language, operations, queries, sessions
from app.accounts.forms import ChangePasswordForm, NewPasswordForm
from app.accounts.guard import Permission, public, requires
from app.accounts.models import User
from app.accounts.paths import local_path
from app.accounts.sign_in import blueprint, check
from app.extensions import db
from app.lib.i18n import _

# Filled in wiring.py: what the person is where, in words; this shelf knows no areas.
roles_of: Callable[[User], list[str]] = lambda user: []  # noqa: E731


def set_slots(roles_of_: Callable[[User], list[str]]) -> None:
    """Called once, from wiring.py."""
    global roles_of
    roles_of = roles_of_


@blueprint.get("/me")
@requires(Permission.SELF)
def me() -> str:
    """The own page."""
    this = queries.phone_by_token(sessions.phone_token())
    phones = queries.phones_of(current_user)
    return render_template(
        "accounts/me.html", roles=roles_of(current_user), phones=phones, this_phone=this, spoken=language.SPOKEN,
        speaks=language.of_reader(),
    )  # fmt: skip


@blueprint.post("/me/language")
@requires(Permission.SELF)
def choose_language() -> Response:
    """The screen speaks another language from now on."""
    if request.form.get("language") not in language.SPOKEN:
        abort(400)
    language.choose(current_user, request.form["language"])
    db.session.commit()
    return redirect(url_for("accounts.me"), 303)


@blueprint.post("/me/phones/<public_id>/removal")
@requires(Permission.SELF)
def remove_phone(public_id: str) -> Response:
    """Forget one of the own phones."""
    phone = next((p for p in queries.phones_of(current_user) if p.public_id == public_id), None) or abort(404)
    response = make_response(redirect(url_for("accounts.me"), 303))
    if phone is queries.phone_by_token(sessions.phone_token()):
        sessions.drop_phone(response)
    operations.remove_phone(phone)
    db.session.commit()
    flash(_("Telefonen er glemt. Den skal logge ind næste gang."))
    return response


@blueprint.route("/me/password", methods=["GET", "POST"])
@requires(Permission.SELF)
def password() -> Response | tuple[str, int]:
    """Change the own password; every other session ends."""
    user: User = current_user._get_current_object()
    form = ChangePasswordForm(user)
    if form.validate_on_submit() and _is_present_password(form, user):
        operations.change_password(user, form.new_password.data or "")
        db.session.commit()
        sessions.start(user)
        flash(_("Kodeordet er skiftet. Andre steder, hvor du var logget ind, er logget ud."))
        return redirect(url_for("accounts.me"), 303)
    return render_template("accounts/password.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/declaration", methods=["GET", "POST"])
@requires(Permission.SELF)
def declaration() -> Response | str:
    """What everybody promises before reading: silence, and what is never written here."""
    target = local_path(request.values.get("next")) or "/"
    if request.method == "POST":
        operations.accept_declaration(current_user)
        db.session.commit()
        return redirect(target, 303)
    return render_template("accounts/declaration.html", next=target)


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
@public
def welcome(token: str) -> Response | tuple[str, int]:
    """Choose a password with the one-time link, and be signed in."""
    link = queries.password_link(token)
    if link is None:
        return render_template("accounts/link_gone.html"), 404
    form = NewPasswordForm(link.user)
    if not form.validate_on_submit():
        return render_template("accounts/welcome.html", form=form, user=link.user), 422 if form.is_submitted() else 200
    user = operations.use_password_link(link, form.new_password.data or "")
    db.session.commit()
    sessions.start(user)
    return redirect("/", 303)


def _is_present_password(form: ChangePasswordForm, user: User) -> bool:
    wait, known = check(user.email, form.old_password.data or "", request.remote_addr)
    if known:
        return True
    seconds = ceil(wait.total_seconds())
    fault = (
        _("Vent %(seconds)s sek., og prøv igen.", seconds=seconds) if wait else _("Det er ikke dit nuværende kodeord.")
    )
    form.old_password.errors = [fault]
    return False
