"""How fast a broadcast leaves the house, side by side in one run with what else one would do.

`python -m bench.dispatcher [recipients]`. The provider is the same for all: a process that takes 50 ms a request.
Its rounds take turns, for the machine may be busier in one minute than in the next; the middle one counts.
The row of Celery needs `redis-server` and an interpreter with celery, redis and twilio in BENCH_CELERY_PYTHON.
"""

import asyncio
import multiprocessing
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from flask import Flask

import config
from app import create_app, schema
from app.extensions import db
from app.lib import clock
from app.messaging import outbox, queries
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery, DeliveryState, Priority, ReceiverKind
from app.messaging.outbox import NewDelivery
from bench import results
from bench._official import NUMBER, async_client, client
from bench._provider import SECONDS, began, environment, provider, seen
from tests.fakes import postgres

RECIPIENTS = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdecimal() else 10_000
NAIVE, CALLOUTS, IN_FLIGHT, CELERY_THREADS, ROUNDS = 150, 20, 128, 128, 3
SIZES = (1_000, 10_000, 100_000)
QUICK = 0.005  # seconds: for the memory a slow provider only takes longer
BARE = "bare limit: async client, no database"
T = TypeVar("T")
BROADCASTS_SHARE = IN_FLIGHT - IN_FLIGHT // 4  # a quarter is kept for call-outs
BACK = "https://beredskab.example/webhooks/twilio/status/WyJ4eHh4eHh4eHh4eHh4eHh4eHh4eHh4IiwxXQ"
TEXT = "Næste besked kommer kl. 21.30."
ROOT = Path(__file__).parent.parent
_number = count(20_000_000)


# ---- the application ---------------------------------------------------------------------------------------------


@contextmanager
def application(engine: str, url: str, per_second: int = 0) -> Iterator[Flask]:
    """The application on a new database that waits for the disk, as in use; `per_second` 0 is no limit."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"BEREDSKAB_DATA": folder, "TWILIO_PER_SECOND": str(per_second)} | environment(url)
        if engine == "sqlite":
            yield make(settings | {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"})
        else:
            postgres.CARELESS, postgres.quick_folder = "", _on_disk
            with postgres.server() as server:
                yield make(settings | {"DATABASE_URL": server})


@contextmanager
def _on_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Path(folder)


def make(settings: dict[str, str], *, is_new: bool = True) -> Flask:
    app = create_app(config.load({"BEREDSKAB_MODE": "test", "PORT": "5000"} | settings))
    app.config["SETTINGS"] = settings
    if is_new:
        with app.app_context():
            schema.upgrade()
    return app


def queue(many: int, group: str, priority: Priority = Priority.RESIDENT) -> list[str]:
    """Put them in the outbox; answers the addresses."""
    kind = ReceiverKind.PARTY if priority is Priority.CALLOUT else ReceiverKind.RESIDENT
    new = [
        NewDelivery(
            "Beboer", f"+45{next(_number):08}", "twilio_sms", TEXT, kind, priority, group, group,
            f"{group}:{next(_number)}", clock.now() + timedelta(hours=3),
        )
        for _ in range(many)
    ]  # fmt: skip
    outbox.queue_crowd(new)
    db.session.commit()
    return [one.address for one in new]


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


# ---- what is compared --------------------------------------------------------------------------------------------


class Measured(NamedTuple):
    """Recipients a second, and the process's work for each of them in millionths of a second."""

    rate: float
    work: float


def ours(app: Flask) -> Measured:
    """One worker."""
    queue(RECIPIENTS, "broadcast")
    start, worked = time.monotonic(), time.process_time()
    with working(Dispatcher(app, in_flight=IN_FLIGHT)):
        wait_until_sent("broadcast", RECIPIENTS)
        return _measured(start, worked)


def _measured(start: float, worked: float) -> Measured:
    took, work = time.monotonic() - start, time.process_time() - worked
    return Measured(RECIPIENTS / took, work / RECIPIENTS * 1e6)


def bare(url: str) -> Measured:
    """The limit: the official async client with the same number in flight and the same fields, and no database."""
    left = iter(range(RECIPIENTS))

    async def one_after_the_other(twilio: Any) -> None:
        for _ in left:
            await twilio.messages.create_async(
                to=f"+45{next(_number):08}", from_=NUMBER, body=TEXT, status_callback=BACK, validity_period=10_800
            )

    async def run() -> Measured:
        twilio, http = async_client(url)
        await twilio.messages.create_async(to="+4520000000", from_=NUMBER, body=TEXT)  # it imports at its first use
        start, worked = time.monotonic(), time.process_time()
        await asyncio.gather(*(one_after_the_other(twilio) for _ in range(BROADCASTS_SHARE)))
        measured = _measured(start, worked)
        await http.close()
        return measured

    return asyncio.run(run())


def naive(url: str) -> float:
    """The plain loop: take a row, ask the provider with the official client, write it down, commit."""
    twilio, _ = client(url), queue(NAIVE, "naive")
    start = time.monotonic()
    ids = list(db.session.scalars(sa.select(Delivery.id).filter_by(group="naive")))
    db.session.commit()
    for id in ids:
        delivery = db.session.get_one(Delivery, id)
        address, text = delivery.address, delivery.text
        db.session.commit()  # no request inside a transaction, not even here
        message = twilio.messages.create(to=address, from_=NUMBER, body=text)
        delivery.state, delivery.sent_at, delivery.provider_id = DeliveryState.SENT, clock.now(), message.sid
        db.session.commit()
    return NAIVE / (time.monotonic() - start)


def celery(url: str) -> float | None:
    """Celery on Redis; None where it is not installed."""
    python = os.environ.get("BENCH_CELERY_PYTHON")
    if not (python and shutil.which("redis-server")):
        return None
    with tempfile.TemporaryDirectory() as folder, socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
        trial.close()
        redis = ["redis-server", "--port", str(port), "--save", "", "--dir", folder, "--loglevel", "warning"]
        env = os.environ | {
            "BENCH_REDIS": f"redis://127.0.0.1:{port}/0", "BENCH_PROVIDER": url, "BENCH_MANY": str(RECIPIENTS),
        }  # fmt: skip
        worker = [
            python, "-m", "celery", "-A", "bench._celery_app", "worker", "--pool", "threads",
            "--concurrency", str(CELERY_THREADS), "--loglevel", "error", "--without-gossip", "--without-mingle",
        ]  # fmt: skip
        quiet = {"stdout": subprocess.DEVNULL, "cwd": ROOT, "env": env}
        with _running(redis, **quiet):
            time.sleep(1)
            subprocess.run([python, "-m", "bench._celery_app"], check=True, **quiet)
            began(url)
            with _running(worker, **quiet):
                while seen(url) == 0:
                    time.sleep(0.01)
                start = time.monotonic()  # its start-up is not counted
                while seen(url) < RECIPIENTS:
                    time.sleep(0.1)
                return RECIPIENTS / (time.monotonic() - start)


@contextmanager
def _running(command: list[str], **options: Any) -> Iterator[None]:
    process = subprocess.Popen(command, **options)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


# ---- what must not get in each other's way -----------------------------------------------------------------------


def waits(app: Flask, url: str) -> list[float]:
    """How long (ms, sorted) call-outs wait from commit to the provider's door; a broadcast may be under way."""
    found = []
    for turn in range(CALLOUTS):
        time.sleep(0.15)
        began(url)
        (address,) = queue(1, f"callout{turn}{next(_number)}", Priority.CALLOUT)
        committed = time.monotonic()
        while (at := began(url).get(address)) is None:
            time.sleep(0.02)
        found.append((at - committed) * 1000)
    return sorted(found)


def limited(engine: str, url: str) -> tuple[list[float], list[float]]:
    """The same with the provider's limit on (50 a second): idle, and while 10,000 residents are being told."""
    with application(engine, url, per_second=50) as app, app.app_context(), working(Dispatcher(app)):
        idle = waits(app, url)
        queue(RECIPIENTS, "limited")
        time.sleep(1)
        busy = waits(app, url)
        outbox.cancel(group="limited", reason="bench")
        db.session.commit()
        _let_go()
    return idle, busy


def stop_ms() -> float:
    """How long it takes to stop a broadcast of which nothing has left."""
    queue(RECIPIENTS, "stopped")
    start = time.monotonic()
    stopped = outbox.cancel(group="stopped", reason="bench")
    db.session.commit()
    assert stopped.cancelled == RECIPIENTS
    return (time.monotonic() - start) * 1000


def memory(many: int, url: str) -> float:
    """Most memory (MB) of a worker that sends this many, on SQLite, in a process of its own."""
    with application("sqlite", url) as app:
        with app.app_context():
            for start in range(0, many, 10_000):
                queue(min(10_000, many - start), f"memory{start}")
            _let_go()
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=_drain, args=(app.config["SETTINGS"], there))
        process.start()
        peak, left = here.recv()
        process.join()
        assert not left, f"{left} were not sent"
        return float(peak)


def _drain(settings: dict[str, str], there: Any) -> None:
    app = make(settings, is_new=False)
    with app.app_context(), working(Dispatcher(app, in_flight=IN_FLIGHT)):
        while left := db.session.scalar(sa.select(sa.func.count()).where(Delivery.state != DeliveryState.SENT)):
            db.session.rollback()
            time.sleep(1)
        _let_go()
    there.send((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, left))


def _let_go() -> None:
    db.session.remove()
    db.engine.dispose()


# ---- the table ---------------------------------------------------------------------------------------------------


def rate_of(engine: str, url: str, measured: Callable[[Flask], T]) -> T:
    with application(engine, url) as app, app.app_context():
        rate = measured(app)
        _let_go()
    return rate


def main() -> None:
    """Measure, print, and write the section of RESULTS.md."""
    said = [
        f"{results.machine()}.",
        f"{RECIPIENTS:,} recipients, a provider over HTTP that takes {SECONDS * 1000:.0f} ms, {BROADCASTS_SHARE} in",
        "flight, one worker. Celery writes nothing down; the plain loop commits once for each recipient.\n",
    ]
    with provider() as url:
        for measured in (lambda: side_by_side(url), lambda: limits(url), memories):
            part = measured()
            print(part, flush=True)
            said.append(part + "\n")
    results.write("Sending a broadcast (`python -m bench.dispatcher`)", "\n".join(said))


def side_by_side(url: str) -> str:
    found: dict[str, list[Measured]] = {}
    for _ in range(ROUNDS):
        found.setdefault(BARE, []).append(bare(url))
        for engine in ("sqlite", "postgresql"):
            found.setdefault(f"ours, {engine}", []).append(rate_of(engine, url, ours))
    middle = {name: sorted(each)[len(each) // 2] for name, each in found.items()}
    limit, loop = middle[BARE].rate, rate_of("sqlite", url, lambda app: naive(url))
    others = {"naive loop, sqlite": loop}
    picked = celery(url)
    others |= {f"Celery + Redis, {CELERY_THREADS} threads": picked} if picked else {}
    rows = [_row(name, one.rate, f"{one.work:.0f}", limit, loop) for name, one in middle.items()]
    rows += [_row(name, rate, "", limit, loop) for name, rate in others.items()]
    head = "| | recipients/s | processor time each, µs | of the bare limit | times the naive loop |"
    return "\n".join([head, "|---|---|---|---|---|", *rows])


def _row(name: str, rate: float, work: str, limit: float, loop: float) -> str:
    return f"| {name} | {rate:,.0f} | {work} | {rate / limit:.0%} | {rate / loop:.0f}x |"


def limits(url: str) -> str:
    head = "| provider's limit 50/s | call-out alone, median / longest | amid a broadcast | stop of all |"
    rows = [head, "|---|---|---|---|"]
    for engine in ("sqlite", "postgresql"):
        idle, busy = limited(engine, url)
        stop = rate_of(engine, url, lambda app: stop_ms())
        rows.append(f"| {engine} | {_spread(idle)} | {_spread(busy)} | {stop:,.0f} ms |")
    return "\n".join(rows)


def memories() -> str:
    with provider(QUICK) as url:
        rows = [f"| {many:,} | {memory(many, url):.0f} MB |" for many in SIZES]
    told = f"A provider that takes {QUICK * 1000:.0f} ms, SQLite.\n"
    return "\n".join([told, "| recipients | most memory of the worker |", "|---|---|", *rows])


def _spread(found: list[float]) -> str:
    return f"{found[len(found) // 2]:.0f} / {found[-1]:.0f} ms"


if __name__ == "__main__":
    main()
