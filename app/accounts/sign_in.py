"""Sign in, sign out, and what a request meets whose session is gone."""

from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import NamedTuple

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from app.accounts import delays, kept, limits, operations, passwords, queries, sessions
from app.accounts.forms import SignInForm
from app.accounts.guard import by_phone, public
from app.accounts.kept import Kept
from app.accounts.models import User
from app.accounts.paths import local_path
from app.extensions import db
from app.lib.i18n import _

blueprint = Blueprint("accounts", __name__)
KEPT_FOR = "kept_for"  # whose dead session the kept form comes from, where it is known: nobody else is shown it


class Number(NamedTuple):
    """Whom to ring when the screen says wait: `area`, the function's name, E.164."""

    area: str
    name: str
    phone: str


def _no_numbers() -> list[Number]:
    return []


# Filled in wiring.py: the numbers of those who may activate.
activator_numbers: Callable[[], list[Number]] = _no_numbers


def set_slots(activator_numbers_: Callable[[], list[Number]]) -> None:
    """Called once, from wiring.py."""
    global activator_numbers
    activator_numbers = activator_numbers_


@blueprint.get("/sign-in")
@public
def sign_in() -> AnyResponse:
    """The form; whoever has a session goes on at once."""
    target = local_path(request.args.get("next")) or "/"
    if current_user.is_authenticated and not by_phone():
        return redirect(target)
    return _page(SignInForm(next=target))


@blueprint.post("/sign-in")
@public
def sign_in_now() -> AnyResponse:
    """Check, with the delay that earlier wrong tries earned. Every refusal reads the same."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    wait, user = check(form.email.data or "", form.password.data or "", request.remote_addr)
    if wait:
        return _wait(form, wait)
    if user is None:
        form.form_errors.append(
            _("Mail eller kodeord passer ikke. Prøv igen, eller bed din administrator om et nyt link.")
        )
        return _page(form, status=422)
    return _welcome(form, user)


@blueprint.post("/sign-out")
@public
def sign_out() -> AnyResponse:
    """Sign out here. The registered phone stays known unless the person asked for the opposite."""
    sessions.end()
    response = make_response(redirect(url_for("accounts.sign_in"), 303))
    if "forget_phone" in request.form:
        phone = queries.phone_by_token(sessions.phone_token())
        if phone:
            operations.remove_phone(phone)
            db.session.commit()
        sessions.drop_phone(response)
    return response


def check(email: str, password: str, address: str | None) -> tuple[timedelta, User | None]:
    """The person with this mail and password; or how long to wait before it is looked at.

    Commits twice: no other writer waits while the password is hashed, and the try is counted before it is checked.
    """
    account, place = limits.key("account", email.strip().lower()), delays.address_prefix(address)
    free = {account: delays.FREE_FOR_ACCOUNT}
    if place:
        free[limits.key("address", place)] = delays.FREE_FOR_ADDRESS
    wait = limits.try_once(free)
    user = queries.user_by_email(email)
    known, password_hash = (user.id, user.password_hash) if user else (None, None)
    db.session.commit()
    if wait or not passwords.matches(password_hash, password):
        return wait, None
    limits.forgive([account])
    for key in free.keys() - {account}:
        limits.take_back(key)
    db.session.commit()
    return wait, queries.user_who_may_sign_in(known)


def ask_to_sign_in() -> AnyResponse:
    """Answers a request without a session. A posted form is kept on the page and can be sent after signing in."""
    if request.method in ("GET", "HEAD"):
        if _wants_fragment():
            return make_response(_("Du er logget ud."), 401, {"HX-Reswap": "none"})
        here = local_path(request.full_path.rstrip("?"))
        return redirect(url_for("accounts.sign_in", next=here if here != "/" else None))
    typed = kept.of_this_request()
    session[KEPT_FOR] = session.get("_user_id", "").partition(":")[0]
    form = SignInForm(formdata=None, next="/", kept=typed.as_text() if typed else "")
    return _page(form, status=401, lost=typed is None)


def csrf_failed(_error: CSRFError) -> AnyResponse:
    """The form's token is older than the session. Our own forms can be sent again with everything in them."""
    typed = kept.of_this_request()
    if request.endpoint == "accounts.sign_in_now":
        form = SignInForm()
        form.form_errors = [_("Siden havde stået åben for længe. Skriv dit kodeord igen.")]
        return _page(form, status=400)
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "_guard", None) != "public" and not _may_go_on(view):
        return ask_to_sign_in()
    return _send_again(typed, status=400)


def _may_go_on(view: object) -> bool:
    return bool(current_user.is_authenticated and (not by_phone() or getattr(view, "_urgent", False)))


def _welcome(form: SignInForm, user: User) -> AnyResponse:
    token = operations.register_phone(user, _phone_label()) if form.remember_phone.data else None
    db.session.commit()
    whose = session.get(KEPT_FOR)
    sessions.start(user)
    typed = kept.from_text(form.kept.data or "") if whose in (None, "", str(user.id)) else None
    response = _send_again(typed) if typed else make_response(redirect(local_path(form.next.data) or "/", 303))
    if token:
        sessions.keep_phone(response, token)
    return response


def _page(form: SignInForm, status: int = 200, lost: bool = False) -> Response:
    typed = kept.from_text(form.kept.data or "")
    return make_response(render_template("accounts/sign_in.html", form=form, typed=typed, lost=lost), status)


def _wait(form: SignInForm, wait: timedelta) -> Response:
    seconds = ceil(wait.total_seconds())
    page = render_template("accounts/wait.html", form=form, seconds=seconds, numbers=activator_numbers())
    return make_response(page, 429, {"Retry-After": str(seconds)})


def _send_again(typed: Kept | None, status: int = 200) -> Response:
    return make_response(render_template("accounts/send_again.html", typed=typed), status)


def _wants_fragment() -> bool:
    return "HX-Request" in request.headers or request.headers.get("Sec-Fetch-Dest") == "empty"


def _phone_label() -> str:
    agent = request.user_agent.string
    known = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    return next((name for name in known if name in agent), "")
