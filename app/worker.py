"""`flask worker`: the scheduler's jobs and the dispatcher, in one process that ends cleanly."""

import asyncio
import fcntl
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import scheduler
from app.extensions import db
from app.messaging import heartbeats, jobs
from app.messaging.dispatcher import Dispatcher

log = logging.getLogger(__name__)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Send what is queued and do what is due, until told to stop (SIGTERM or Ctrl-C)."""
    # The outer context stays open all day, so it must hold no session.
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    with alone(app):
        heartbeats.keep_only([job.name for job in scheduler.JOBS])
        db.session.commit()
        db.session.remove()
        clock_work = scheduler.start(app)
        try:
            asyncio.run(_send_until_told(Dispatcher(app)))
        finally:
            clock_work.shutdown()
    log.info("the worker has stopped")


async def _send_until_told(dispatcher: Dispatcher) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, dispatcher.stop)
    log.info("the worker is running as %s", dispatcher.worker)
    await dispatcher.run()


@contextmanager
def alone(app: Flask) -> Iterator[None]:
    """On SQLite: be the only worker of this database, or refuse. On PostgreSQL any number may run."""
    if db.engine.dialect.name != "sqlite":
        yield
        return
    with open(f"{db.engine.url.database}.worker", "w") as file:
        _lock(file)
        jobs.sweep_orphaned()  # nobody else sends, so what is claimed was left by a worker that died
        yield


def _lock(file: IO[str]) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # goes with the process, also when it is killed
    except BlockingIOError:
        raise click.ClickException(
            "A worker is already running on this SQLite database. One is enough; PostgreSQL allows more."
        ) from None
