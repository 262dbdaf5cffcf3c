"""How fast fifty people write in one log, against the same rows without a chain. `python -m bench.log`."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import sqlalchemy as sa
from flask import Flask

import config
from app import create_app, schema
from app.extensions import db
from app.lib import clock
from app.live.operations import raise_topics
from app.live.queries import versions
from app.logbook.kinds import Kind
from app.logbook.models import LogChain, LogEntry
from app.logbook.operations import Author, append, open_chain
from app.logbook.verify import verify_chain
from app.plans.vocabulary import SharingLevel
from tests.fakes import postgres

CLIENTS, EACH, ROUNDS = 50, 20, 5
TEXT = "Flere unge samles ved torvet. Opsøgende team er på vej og ringer kl. 23.15."
PLAIN = sa.Table(
    "plain",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    *(sa.Column(column.name, column.type) for column in sa.inspect(LogEntry).local_table.columns),
)
BY = Author(7, "ssp", "kommunen", "Signe (SSP)")


@contextmanager
def application(engine: str) -> Iterator[Flask]:
    """The application on a new database that waits for the disk, as in use."""
    with disk_folder() as folder:
        if engine == "sqlite":
            yield make(folder, f"sqlite:///{folder}/bench.sqlite3")
            return
        postgres.CARELESS, postgres.quick_folder = "-c max_connections=100", disk_folder
        with postgres.server() as server:
            yield make(folder, server)


@contextmanager
def disk_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def make(folder: Path, url: str) -> Flask:
    app = create_app(config.load({"BEREDSKAB_MODE": "test", "BEREDSKAB_DATA": str(folder), "DATABASE_URL": url}))
    with app.app_context():
        schema.upgrade()
        PLAIN.create(db.engine)
        open_chain(None)
        db.session.commit()
    return app


def plain() -> None:
    """The same row, without a chain, a guard, a lock or a topic."""
    hashes = dict.fromkeys(("content_hash", "previous_hash", "entry_hash"), "0" * 64)
    who = {"author_user_id": 7, "author_actor_key": "ssp", "author_organisation_key": "kommunen"}
    when = {"at": clock.now(), "recorded_at": clock.now(), "is_late": False}
    what = {"kind": Kind.FACT, "sharing": SharingLevel.PARTIES, "salt": b"0" * 16, "content": TEXT}
    row = {"chain_id": 1, "seq": 1, "corrects_seq": None} | hashes | who | when | what
    db.session.execute(sa.insert(PLAIN).values(row))
    db.session.commit()


def chained() -> None:
    """An entry as the room writes it, its live topics included."""
    chain = db.session.get_one(LogChain, 1)
    append(chain, kind=Kind.FACT, text=TEXT, by=BY, sharing=SharingLevel.PARTIES)
    raise_topics("incident:1:log", "front:1:b")
    db.session.commit()


def per_second(app: Flask, write: Callable[[], None], clients: int = CLIENTS) -> float:
    """Writes a second, every client writing as fast as it is answered."""
    start, each = Barrier(clients + 1), EACH * CLIENTS // clients

    def client(_: int) -> None:
        start.wait()
        for _turn in range(each):
            with app.app_context():
                write()

    with ThreadPoolExecutor(clients) as pool:
        done = pool.map(client, range(clients))
        start.wait()
        began = time.perf_counter()
        list(done)
        return clients * each / (time.perf_counter() - began)


def poll_ms(app: Flask) -> float:
    """Median of reading four counters, which is all that a poll asks the database."""
    took = []
    with app.app_context():
        for _ in range(300):
            began = time.perf_counter()
            versions([f"incident:1:{name}" for name in ("state", "parties", "tasks", "log")])
            took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def measure(engine: str) -> str:
    """One row of the table."""
    with application(engine) as app:
        pairs = [(per_second(app, plain), per_second(app, chained)) for _ in range(ROUNDS)]
        alone = per_second(app, chained, clients=1)
        with app.app_context():
            began = time.perf_counter()
            verdict = verify_chain(1)
            verifying = verdict.entries / (time.perf_counter() - began)
            assert verdict.is_whole, verdict.sentence()
            assert verdict.entries == (ROUNDS + 1) * CLIENTS * EACH
        poll = poll_ms(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    without, with_chain = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours / theirs for theirs, ours in pairs)
    return (
        f"| {engine} | {without:,.0f} | {with_chain:,.0f} | {ratio:.2f} | {alone:,.0f} "
        f"| {verifying:,.0f} | {poll:.2f} ms |"
    )


def main() -> None:
    """Print the table for RESULTS.md."""
    print(f"{CLIENTS} threads in one process, {os.cpu_count()} cores, median of {ROUNDS} rounds\n")
    print("| | plain inserts/s | log entries/s | ratio | one client alone/s | entries verified/s | poll's query |")
    print("|---|---|---|---|---|---|---|")
    for engine in ("sqlite", "postgresql"):
        print(measure(engine), flush=True)


if __name__ == "__main__":
    main()
