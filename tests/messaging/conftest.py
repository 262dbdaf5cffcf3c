"""The application with SMS and calls switched on, and the provider it talks to."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

import config
from tests.fakes.twilio import TwilioServer, Within, twilio_server


@pytest.fixture
def twilio(app: Flask) -> Iterator[TwilioServer]:
    with twilio_server(Within(app)) as twilio, switched_on(app, twilio):
        yield twilio


class switched_on:  # reads as a sentence
    """Within it the application sends by this provider."""

    def __init__(self, app: Flask, twilio: TwilioServer, **more: str) -> None:
        self.app, self.before = app, app.config["BEREDSKAB"]
        environment = twilio.environment | {"PUBLIC_URL": twilio.public_url} | more
        faults: list[str] = []
        known = config._twilio(environment, twilio.public_url, faults)
        assert faults == []
        self.during = replace(self.before, twilio=known, public_url=twilio.public_url)

    def __enter__(self) -> None:
        self.app.config["BEREDSKAB"] = self.during

    def __exit__(self, *error: object) -> None:
        self.app.config["BEREDSKAB"] = self.before
