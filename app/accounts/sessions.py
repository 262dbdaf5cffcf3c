"""Sessions: who the request is from, how long it stays so, and the phone that stays known longer.

The session is a signed cookie. Its worth ends with the user's epoch, and 12 hours after the last
thing the person did; a page that asks by itself for news (`g.is_poll`) does nothing.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_login import login_user, logout_user

from app.accounts import queries
from app.accounts.models import User
from app.accounts.operations import PHONE_KEPT
from app.extensions import db, login_manager
from app.lib import clock

IDLE = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=5)
SEEN = "seen"
PHONE_COOKIE = "beredskab_phone"

# Filled in areas: the person of a session by id, together with what every page asks next.
find_user: Callable[[int], User | None] = lambda user_id: db.session.get(User, user_id)  # noqa: E731


def set_slots(find_user_: Callable[[int], User | None]) -> None:
    """Called once, from wiring.py."""
    global find_user
    find_user = find_user_


def init_app(app: Flask) -> None:
    """Attach to the application."""
    # Else each poll would send the cookie anew, and one under way at sign-out would bring the session back.
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    login_manager.session_protection = None  # a phone changes its address while walking
    login_manager.user_loader(_by_session)
    login_manager.request_loader(_by_phone)
    app.after_request(_note_activity)


def start(user: User) -> None:
    """Sign the person in, in a new session: nothing of the old one remains, its CSRF token neither."""
    session.clear()
    g.pop("csrf_token", None)  # Flask-WTF keeps the old session's for the rest of the request
    session.permanent = True
    login_user(user, force=True)
    session[SEEN] = clock.now().isoformat()
    g.pop("signed_in_by_phone", None)


def end() -> None:
    """Sign out here. The registered phone stays."""
    logout_user()
    session.clear()


def keep_phone(response: Response, token: str) -> None:
    """Let this browser be known for 30 days."""
    response.set_cookie(PHONE_COOKIE, token, max_age=PHONE_KEPT, **_cookie_settings())


def drop_phone(response: Response) -> None:
    """This browser forgets that it was known."""
    response.delete_cookie(PHONE_COOKIE, **_cookie_settings())


def phone_token() -> str:
    """The registered phone's token that came with the request, or nothing."""
    return request.cookies.get(PHONE_COOKIE, "")


def _cookie_settings() -> dict[str, Any]:
    return {"httponly": True, "samesite": "Lax", "secure": current_app.config["SESSION_COOKIE_SECURE"]}


def _by_session(session_id: str) -> User | None:
    number, _, epoch = session_id.partition(":")
    if not (number.isascii() and number.isdigit()) or _is_idle():
        return None
    user = find_user(int(number))
    if user is None or str(user.session_epoch) != epoch or not user.may_sign_in(clock.now()):
        return None
    g.session_is_alive = True
    return user


def _by_phone(_request: object) -> User | None:
    phone = queries.phone_by_token(phone_token())
    if phone is None or not phone.user.may_sign_in(clock.now()):
        return None
    g.signed_in_by_phone = True
    return phone.user


def _is_idle() -> bool:
    seen = session.get(SEEN)
    return seen is None or clock.now() - datetime.fromisoformat(seen) > IDLE


def _note_activity(response: Response) -> Response:
    if g.get("session_is_alive") and not g.get("is_poll") and "_user_id" in session and _not_noted_lately():
        session[SEEN] = clock.now().isoformat()
    return response


def _not_noted_lately() -> bool:
    return clock.now() - datetime.fromisoformat(session[SEEN]) > NOTED_EVERY
