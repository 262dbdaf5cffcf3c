"""A worker that dies as by a power cut: `python -m tests.messaging.mortal_worker STEP NTH`.

It is the real one (dispatcher, sweeper, the lock on SQLite) but for two things: its lease is short, and around the real
channel stands one that kills the process at the given step of its nth text. Step `never` lives until all is settled.
"""

import asyncio
import os
import signal
import sys
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

import config
from app import create_app, scheduler
from app.extensions import db
from app.messaging import jobs
from app.messaging.channels.base import Accepted, Outgoing
from app.messaging.channels.twilio_sms import TwilioSms
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from app.worker import alone

STEPS = ("before", "during", "after", "recording")
LEASE = timedelta(seconds=6)  # on a busy machine a turn at the database alone takes a second or two


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Mortal:
    """The channel, and the end of the world at one step of it."""

    name, in_flight, timeout, rate, per_number = "twilio_sms", 64, 1.5, None, None

    def __init__(self, inner: TwilioSms, step: str, nth: int) -> None:
        self.inner, self.step, self.left, self.is_recording = inner, step, nth, False

    async def send(self, outgoing: Outgoing) -> Accepted:
        self.left -= 1
        if self.left:
            return await self.inner.send(outgoing)
        if self.step == "before":
            die()
        if self.step == "during":  # the provider has it, and takes its time to say so
            asyncio.get_running_loop().call_later(0.03, die)
        accepted = await self.inner.send(outgoing)
        if self.step == "after":
            die()
        self.is_recording = self.step == "recording"
        return accepted

    def die_in_the_middle(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        """Between the writing and the commit of what became of the text."""
        if self.is_recording and statement.startswith("UPDATE delivery_attempts"):
            die()

    async def look_up(self, *_: object) -> list[str]:
        return []  # "not found" proves nothing

    async def close(self) -> None:
        await self.inner.close()


def run(app: Flask, step: str, nth: int) -> None:
    """Until it dies or everything is settled."""
    channel = Mortal(TwilioSms.from_config(app.config["BEREDSKAB"]), step, nth)
    sa.event.listen(db.engine, "before_cursor_execute", channel.die_in_the_middle)
    dispatcher = Dispatcher(app, {channel.name: channel}, in_flight=8, lease=LEASE)
    clock_work = scheduler.start(app, [scheduler.Job("sweep_stuck", jobs.sweep_stuck, 1)])
    try:
        asyncio.run(_both(app, dispatcher))
    finally:
        clock_work.shutdown()


async def _both(app: Flask, dispatcher: Dispatcher) -> None:
    sending = asyncio.create_task(dispatcher.run())
    while not await asyncio.to_thread(_is_settled, app):
        await asyncio.sleep(0.2)
    dispatcher.stop()
    await sending


def _is_settled(app: Flask) -> bool:
    with app.app_context():
        open_ = Delivery.state.in_([DeliveryState.QUEUED, DeliveryState.SENDING])
        return not db.session.scalar(sa.select(sa.exists().where(open_)))


def main() -> None:
    step, nth = sys.argv[1], int(sys.argv[2])
    app = create_app(config.load())
    with app.app_context(), alone(app):
        db.session.remove()
        run(app, step, nth)


if __name__ == "__main__":
    main()
