"""Every view carries exactly one of @requires, @public, @signed_by_provider; what says nothing is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission as Permission

View = Callable[..., Any]

# Filled in wiring.py: does this user hold the permission anywhere? The area is checked where it is known.
grants: Callable[[Any, Permission], bool] = lambda user, permission: False  # noqa: E731
# Filled in wiring.py: answers a request whose session is gone, keeping what was typed.
ask_to_sign_in: Callable[[], Any] = lambda: abort(401)  # noqa: E731


def set_slots(grants_: Callable[[Any, Permission], bool], ask_to_sign_in_: Callable[[], Any]) -> None:
    """Called once, from wiring.py."""
    global grants, ask_to_sign_in
    grants, ask_to_sign_in = grants_, ask_to_sign_in_


def requires(permission: Permission, *, urgent: bool = False) -> Callable[[View], View]:
    """Only for signed-in people who hold the permission somewhere.

    `urgent` views (activation, acknowledgement) also answer a registered phone without a
    session, and never wait for a declaration: nothing stands between a known user and them.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated or (by_phone() and not urgent):
                return ask_to_sign_in()
            g.permission = permission
            if not grants(current_user, permission):
                abort(403)
            if not urgent and permission is not Permission.SELF and not current_user.has_declared:
                return _ask_for_declaration()
            return view(*args, **kwargs)

        guarded._guard = permission  # type: ignore[attr-defined]
        guarded._urgent = urgent  # type: ignore[attr-defined]
        return guarded

    return mark


def public(view: View) -> View:
    """Answers everybody."""
    view._guard = "public"  # type: ignore[attr-defined]
    return view


def signed_by_provider(view: View) -> View:
    """Answers a provider whose signature the view itself checks."""
    view._guard = "signed_by_provider"  # type: ignore[attr-defined]
    return view


def by_phone() -> bool:
    """True when the person is known only by the registered phone, not by a session."""
    return bool(g.get("signed_in_by_phone", False))


def _ask_for_declaration() -> Response:
    back = request.full_path if request.method == "GET" else "/"
    return redirect(url_for("accounts.declaration", next=back))
