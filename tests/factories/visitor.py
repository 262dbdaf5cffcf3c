"""A browser without a screen that is signed in as somebody and carries its CSRF token."""

import secrets
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.lib import clock


class Visitor:
    """`Visitor(app, cast.ssp).get("/")`; without a user it is signed out."""

    def __init__(self, app: Flask, user: User | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        with self.client.session_transaction() as session:
            session["csrf_token"] = secrets.token_hex(20)
            if user:
                session.update(_user_id=user.get_id(), _fresh=True, seen=clock.now().isoformat())

    @property
    def token(self) -> str:
        """A right CSRF token for the session as it now is."""
        with self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        return str(URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw))

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """With a right CSRF token, unless `data` brings its own."""
        return self.client.post(path, data={"csrf_token": self.token} | (data or {}), **options)

    def text(self, path: str) -> str:
        """The page's text, or an AssertionError naming its status."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status}"
        return answer.text
