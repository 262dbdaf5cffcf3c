"""A scene with a worker beside it: `worker.pass_time(minutes=3)` moves the clock and does what is due on the way."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.callout import jobs, queries
from app.callout.models import Callout
from app.extensions import db
from app.messaging import inbox
from app.messaging.channels.base import Outgoing
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import InboundMessage
from app.tasks import jobs as reminders
from tests.conftest import Clock
from tests.fakes.provider import Provider
from tests.room.conftest import at as at
from tests.room.conftest import scene as scene

CODE = re.compile(r"Svar (\d{4})")
LINK = re.compile(r"/k/(\S+)")
STEP = timedelta(seconds=30)
CALM, CALM_STEP = timedelta(minutes=15), timedelta(minutes=3)  # after a while nothing hurries so much


class Worker:
    """The jobs and the dispatcher on the driven clock; `heard` is every text that a phone got."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        self.clock, self.provider = clock, Provider()
        self.dispatcher = Dispatcher(app, {"log": self.provider})
        self.replies = 0

    @property
    def heard(self) -> list[Outgoing]:
        return self.provider.accepted

    def work(self) -> None:
        db.session.commit()
        jobs.take_due_steps()
        reminders.remind_overdue()
        self.dispatcher.drain()
        db.session.rollback()
        db.session.expire_all()

    def pass_time(self, **span: float) -> None:
        calm, until = self.clock.now + CALM, self.clock.now + timedelta(**span)
        self.work()
        while self.clock.now < until:
            self.clock.set(min(self.clock.now + (STEP if self.clock.now < calm else CALM_STEP), until))
            self.work()

    def names(self) -> list[str]:
        """Whom the texts so far went to, in order."""
        return [one.name for one in self.heard]

    def calls_to(self, name: str) -> list[str]:
        """Texts with a code to this person."""
        return [one.text for one in self.heard if one.name == name and CODE.search(one.text)]

    def code_of(self, name: str) -> str:
        return CODE.search(self.calls_to(name)[-1])[1]

    def link_of(self, name: str) -> str:
        return "/k/" + LINK.search(self.calls_to(name)[-1])[1]

    def reply(self, address: str, text: str) -> InboundMessage:
        """A text comes in from this phone."""
        self.replies += 1
        message = inbox.receive("log", f"reply-{self.replies}", address, "beredskab", text)
        db.session.commit()
        return message


@pytest.fixture
def worker(app: Flask, clock: Clock) -> Worker:
    return Worker(app, clock)


def round_of(incident: object, key: str) -> Callout:
    """The party's newest round, as the database has it."""
    db.session.expire_all()
    return next(c for c in queries.latest_of(incident) if c.actor.key == key)


def mobile(contact: object) -> str:
    return contact.points[0].address


def count(model: object, *where: object) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where))
