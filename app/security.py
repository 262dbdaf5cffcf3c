"""Response headers, read-only GETs, and the guard that refuses a view without a declared permission."""

from flask import Flask, Response, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.lib.database import set_read_only

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Attach to the application."""
    if proxies := app.config["BEREDSKAB"].proxies:  # else every visitor would seem to be the proxy
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.before_request(_read_only_for_reading)
    app.before_request(_deny_undeclared)
    app.after_request(_headers)


def _read_only_for_reading() -> None:
    set_read_only(request.method in READING)


def _deny_undeclared() -> None:
    """Deny by default: a view that says neither @requires, @public nor @signed_by_provider does not answer."""
    if request.endpoint is None or request.endpoint == "static":
        return
    from flask import current_app

    view = current_app.view_functions[request.endpoint]
    if not hasattr(view, "_guard"):
        abort(403)


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        kept = "max-age=31536000, immutable" if "v" in request.args else "max-age=3600"
        response.headers["Cache-Control"] = f"public, {kept}"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
