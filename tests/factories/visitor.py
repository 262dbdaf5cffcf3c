"""A browser without a screen: signed in as somebody, carrying its CSRF token, apart from the test's own context."""

from contextvars import Context
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.extensions import db

CSRF = "f" * 40


class Visitor:
    """`Visitor(app, user).get("/")`. Commits the test's own work first, as SQLite has one writer at a time."""

    def __init__(self, app: Flask, user: User | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        self._start_session(user.get_id() if user else None)

    def _start_session(self, session_id: str | None) -> None:
        def fill() -> None:
            with self.client.session_transaction() as session:
                session["csrf_token"] = CSRF
                if session_id:
                    session["_user_id"], session["_fresh"] = session_id, True

        # An empty context: no `g`, user or read-only mark leaks between the test and its visits.
        Context().run(fill)

    @property
    def token(self) -> str:
        return str(URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(self._session_token()))

    def _session_token(self) -> str:
        def read() -> str:
            with self.client.session_transaction() as session:
                return str(session.setdefault("csrf_token", CSRF))

        return Context().run(read)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._visit("GET", path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """With a right CSRF token, unless `data` brings its own."""
        return self._visit("POST", path, data={"csrf_token": self.token} | (data or {}), **options)

    def _visit(self, method: str, path: str, **options: Any) -> TestResponse:
        db.session.commit()
        return Context().run(self.client.open, path, method=method, **options)

    def text(self, path: str) -> str:
        """The page's text, or an AssertionError naming its status."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status}"
        return answer.text
