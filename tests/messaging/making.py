"""Short words for the tests of this folder."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

from app.extensions import db
from app.lib import clock
from app.messaging import outbox
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery, Priority, ReceiverKind
from app.messaging.outbox import NewDelivery

_number = count(1)


def new(**fields: Any) -> NewDelivery:
    """A notice to a party by the log channel, valid for an hour."""
    number = next(_number)
    usual: dict[str, Any] = {
        "name": "Sara Holm",
        "address": f"+4520{number:06}",
        "channel": "log",
        "text": "Beredskabet er aktiveret.",
        "receiver_kind": ReceiverKind.PARTY,
        "priority": Priority.NOTICE,
        "about": "test:1",
        "group": "group:1",
        "unique_key": f"key-{number}",
        "valid_until": clock.now() + timedelta(hours=1),
    }
    return NewDelivery(**usual | fields)


def resident(**fields: Any) -> NewDelivery:
    return new(**{"receiver_kind": ReceiverKind.RESIDENT, "priority": Priority.RESIDENT} | fields)


def callout(**fields: Any) -> NewDelivery:
    return new(**{"priority": Priority.CALLOUT, "about": "callout:1"} | fields)


def queued(*wanted: NewDelivery) -> list[Delivery]:
    """Put in the outbox and committed."""
    rows = outbox.queue(wanted)
    db.session.commit()
    return rows


def states(*rows: Delivery) -> list[str]:
    """As the database has them now."""
    db.session.expire_all()
    found = [str(row.state) for row in rows]
    db.session.commit()
    return found


@contextmanager
def running(dispatcher: Dispatcher) -> Iterator[None]:
    """The dispatcher at work in a thread of its own, as in a worker, until the block ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(dispatcher.run(),), daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(dispatcher.stop)
        thread.join(20)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


def soon(true: Callable[[], bool], within: float = 10.0) -> None:
    """Wait until it is so; fail when it takes too long."""
    until = time.monotonic() + within
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        db.session.rollback()  # before sleeping: on SQLite we would keep the one place to write
        time.sleep(0.02)
    db.session.rollback()
