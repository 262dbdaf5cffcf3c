"""A night: the scene, the provider with people at their phones, and a worker on the driven clock."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.callout import jobs as callouts
from app.callout import queries
from app.callout.models import Callout
from app.extensions import db
from app.incidents.models import Incident
from app.messaging import jobs as messaging
from app.messaging.dispatcher import Dispatcher
from tests.conftest import Clock
from tests.fakes.twilio import Phone, TwilioServer, Within, twilio_server
from tests.messaging.conftest import switched_on
from tests.scene import PARTIES, Scene

STEP = timedelta(seconds=15)


class Night:
    """`night.pass_time(minutes=3)` lets the worker do what is due on the way; phones stand in `night.club` etc."""

    def __init__(self, app: Flask, clock: Clock, scene: Scene, twilio: TwilioServer) -> None:
        self.app, self.clock, self.scene, self.twilio = app, clock, scene, twilio
        self.dispatcher = Dispatcher(app)
        self.club = [self.phone_of("youth_club", place) for place in range(3)]
        others = [key for key in PARTIES if key != "youth_club"]
        self.twilio.ignore(*(self.phone_of(key, place).number for key in others for place in range(3)))

    def phone_of(self, key: str, place: int) -> Phone:
        """The phone of a party's contact, in call order."""
        return self.twilio.phone(self.scene.contacts[key][place].points[0].address)

    def activate(self, what: str = "Rygte om drab") -> Incident:
        """SSP activates; of those who are called the story is about the youth club."""
        incident = self.scene.activate(self.scene.cast.ssp, what=what)
        self.work()
        return incident

    def work(self) -> None:
        """Everything of the call-out that is due now; reminders of tasks are another story."""
        db.session.commit()
        for job in (callouts.take_due_steps, messaging.sweep_stuck, messaging.apply_receipts):
            job()
        self.dispatcher.drain()
        db.session.rollback()
        db.session.expire_all()

    def pass_time(self, **span: float) -> None:
        """Let the time go by."""
        until = self.clock.now + timedelta(**span)
        while self.clock.now < until:
            self.clock.set(min(self.clock.now + STEP, until))
            self.work()

    def round_of(self, incident: Incident, key: str = "youth_club") -> Callout:
        """The party's newest round, as the database has it."""
        db.session.expire_all()
        return next(c for c in queries.latest_of(incident) if c.actor.key == key)


@pytest.fixture
def night(app: Flask, clock: Clock) -> Iterator[Night]:
    scene = Scene()
    with twilio_server(Within(app)) as twilio, switched_on(app, twilio):
        yield Night(app, clock, scene, twilio)
