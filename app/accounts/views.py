"""The pages of accounts, gathered."""

from flask import Flask
from flask_wtf.csrf import CSRFError

from app.accounts import own_page, sessions, sign_in

__all__ = ["init_app", "own_page"]


def init_app(app: Flask) -> None:
    """Attach sign-in, sessions and the own page to the application."""
    sessions.init_app(app)
    app.register_blueprint(sign_in.blueprint)
    app.register_error_handler(CSRFError, sign_in.csrf_failed)
