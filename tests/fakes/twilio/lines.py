"""How the provider reaches us: through the application in the test's own thread, or over HTTP as in the world."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Protocol

from flask import Flask
from twilio.request_validator import RequestValidator

PUBLIC = "https://beredskab.example"


@dataclass(frozen=True)
class Answer:
    """What we said to the provider."""

    status: int
    body: str


class Line(Protocol):
    """Posts a form to one of our addresses."""

    def post(self, url: str, form: dict[str, str], headers: dict[str, str]) -> Answer: ...


@dataclass
class Within:
    """Straight into the application: the test decides when."""

    app: Flask

    def post(self, url: str, form: dict[str, str], headers: dict[str, str]) -> Answer:
        path = urllib.parse.urlsplit(url)._replace(scheme="", netloc="").geturl()
        answer = self.app.test_client().post(path, data=form, headers=headers)
        return Answer(answer.status_code, answer.text)


class OverHttp:
    """To a server that listens at the address we gave."""

    def post(self, url: str, form: dict[str, str], headers: dict[str, str]) -> Answer:
        data = urllib.parse.urlencode(form).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
                return Answer(answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode())


def signature(token: str, url: str, form: dict[str, str]) -> dict[str, str]:
    """The header that says who sent it."""
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(url, form)}
