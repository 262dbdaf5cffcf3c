"""Lindevangen, a resident at a browser, and what came to their phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.extensions import db
from app.messaging.models import Delivery
from tests.scene import Scene

PAGE = "/area/lindevangen"
ANNA = "30 00 11 22"


@pytest.fixture
def scene(app: object, clock: object) -> Scene:
    """The cast, on a driven clock."""
    return Scene()


class Resident:
    """Somebody with a phone and a mailbox, without cookies. `from_address` is where they come from."""

    def __init__(self, app: Flask, from_address: str = "87.48.1.2") -> None:
        self.app, self.from_address = app, from_address

    def _open(self, method: str, path: str, **options: Any) -> TestResponse:
        browser = self.app.test_client(use_cookies=False)
        place = path if path.startswith("/") else f"{PAGE}/{path}"
        return browser.open(place, method=method, environ_overrides={"REMOTE_ADDR": self.from_address}, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._open("GET", path, **options)

    def post(self, path: str, **data: str) -> TestResponse:
        return self._open("POST", path, data=data)

    def ask(self, number: str = ANNA, language: str = "da") -> TestResponse:
        """For a code, by text or by mail."""
        typed = {"by": "mail", "mail": number} if "@" in number else {"by": "sms", "number": number}
        return self.post(f"sign-up?language={language}", **typed)

    def enter(self, number: str = ANNA, language: str = "da") -> str:
        """The address of one's own page: asked for, the code read and typed."""
        page = self.ask(number, language).headers["Location"]
        return self.post(page, code=newest_code()).headers["Location"]


def newest_code() -> str:
    """As it stands in the last text that left us."""
    last = db.session.query(Delivery).filter(Delivery.about.startswith("sign-up:")).order_by(Delivery.id.desc()).first()
    code = re.search(r"\b\d{6}\b", last.text)[0]
    db.session.rollback()
    return code


@pytest.fixture
def anna(app: Flask, scene: Scene) -> Resident:
    return Resident(app)


@pytest.fixture
def resident(app: Flask, scene: Scene) -> Callable[..., Resident]:
    return lambda from_address="87.48.1.2": Resident(app, from_address)
