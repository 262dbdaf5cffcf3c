"""How fast a broadcast leaves the house, against a loop of one request and one commit per row.

`python -m bench.dispatcher`. The provider is the same for both: it takes 50 ms for each request.
"""

import asyncio
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import sqlalchemy as sa
from flask import Flask

import config
from app import create_app, schema
from app.extensions import db
from app.lib import clock
from app.messaging import outbox, queries
from app.messaging.channels.base import Accepted, Outgoing
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery, DeliveryState, Priority, ReceiverKind
from app.messaging.outbox import NewDelivery
from tests.fakes import postgres

RECIPIENTS, NAIVE, CALLOUTS, SECONDS = 10_000, 100, 20, 0.05
_number = count(1)


class Provider:
    """Takes 50 ms, then says yes."""

    name, in_flight, timeout, rate = "log", 1024, 5.0, None

    def __init__(self) -> None:
        self.began_at: dict[str, float] = {}

    async def send(self, outgoing: Outgoing) -> Accepted:
        self.began_at[outgoing.address] = time.monotonic()
        await asyncio.sleep(SECONDS)
        return Accepted(outgoing.id)


@contextmanager
def application(engine: str) -> Iterator[Flask]:
    """The application on a new database that waits for the disk, as in use."""
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            yield make(folder, f"sqlite:///{folder}/bench.sqlite3")
        else:
            postgres.CARELESS = ""
            with postgres.server() as server:
                yield make(folder, server)


def make(folder: str, url: str) -> Flask:
    app = create_app(config.load({"BEREDSKAB_MODE": "test", "BEREDSKAB_DATA": folder, "DATABASE_URL": url}))
    with app.app_context():
        schema.upgrade()
    return app


def queue(many: int, group: str, priority: Priority = Priority.RESIDENT) -> list[str]:
    """Put them in the outbox; answers the addresses."""
    new = [
        NewDelivery(
            "Beboer", f"+45{next(_number):08}", "log", "Næste besked kommer kl. 21.30.", ReceiverKind.RESIDENT,
            priority, group, group, f"{group}:{next(_number)}", clock.now() + timedelta(hours=3),
        )
        for _ in range(many)
    ]  # fmt: skip
    outbox.queue(new)
    db.session.commit()
    return [one.address for one in new]


def naive(many: int) -> float:
    """Rows a second of the plain loop: take one, ask the provider, write it down, commit."""
    queue(many, "naive")
    began = time.monotonic()
    ids = list(db.session.scalars(sa.select(Delivery.id).filter_by(group="naive")))
    db.session.commit()
    for id in ids:
        delivery = db.session.get_one(Delivery, id)
        db.session.commit()  # no request inside a transaction, not even here
        time.sleep(SECONDS)
        delivery.state, delivery.sent_at, delivery.provider_id = DeliveryState.SENT, clock.now(), delivery.public_id
        db.session.commit()
    return many / (time.monotonic() - began)


@contextmanager
def working(dispatcher: Dispatcher) -> Iterator[None]:
    """The dispatcher in a thread, as in a worker."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(dispatcher.run(),))
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(dispatcher.stop)
        thread.join()
        loop.close()


def wait_until_sent(group: str, many: int) -> None:
    while queries.progress(group=group).get(DeliveryState.SENT, 0) < many:
        db.session.rollback()
        time.sleep(0.1)
    db.session.rollback()


def ours(app: Flask) -> tuple[float, float, float]:
    """Rows a second; and the median and longest wait (ms) of call-outs queued in the middle of it."""
    provider, waits = Provider(), []
    queue(RECIPIENTS, "broadcast")
    began = time.monotonic()
    with working(Dispatcher(app, {"log": provider})):
        for turn in range(CALLOUTS):
            time.sleep(0.15)
            (address,) = queue(1, f"callout{turn}", Priority.CALLOUT)
            committed = time.monotonic()
            while address not in provider.began_at:
                time.sleep(0.002)
            waits.append((provider.began_at[address] - committed) * 1000)
        wait_until_sent("broadcast", RECIPIENTS)
        took = time.monotonic() - began
    assert len(provider.began_at) == RECIPIENTS + CALLOUTS
    waits.sort()
    return RECIPIENTS / took, waits[len(waits) // 2], waits[-1]


def stop_ms() -> float:
    """How long it takes to stop a broadcast of which nothing has left."""
    queue(RECIPIENTS, "stopped")
    began = time.monotonic()
    stopped = outbox.cancel(group="stopped", reason="bench")
    db.session.commit()
    assert stopped.cancelled == RECIPIENTS
    return (time.monotonic() - began) * 1000


def measure(engine: str) -> str:
    """One row of the table."""
    with application(engine) as app, app.app_context():
        loop = naive(NAIVE)
        rate, middle, longest = ours(app)
        stop = stop_ms()
        db.session.remove()
        db.engine.dispose()
    return (
        f"| {engine} | {loop:,.0f} | {rate:,.0f} | {rate / loop:.0f}x | {middle:.0f} / {longest:.0f} ms "
        f"| {stop:,.0f} ms |"
    )


def main() -> None:
    """Print the table for RESULTS.md."""
    print(f"{RECIPIENTS:,} residents, provider {SECONDS * 1000:.0f} ms, one worker, {os.cpu_count()} cores\n")
    print("| | naive loop/s | ours/s | ratio | call-out's wait meanwhile, median / longest | stop of 10,000 queued |")
    print("|---|---|---|---|---|---|")
    for engine in ("sqlite", "postgresql"):
        print(measure(engine), flush=True)


if __name__ == "__main__":
    main()
