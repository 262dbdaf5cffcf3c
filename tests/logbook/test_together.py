"""Many write in one log at once."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier, Event

import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.lib.clock import driven_by
from app.lib.database import reading
from app.logbook.models import LogChain, LogEntry
from app.logbook.operations import open_chain
from app.logbook.verify import verify_chain
from tests.logbook.writing import write

CLIENTS, EACH = 50, 6


def several_hosts(start: datetime) -> datetime:
    """The time on clocks that go, and differ by up to a tenth of a second."""
    return start + timedelta(seconds=time.monotonic() + random.uniform(0, 0.1))


def test_fifty_at_once_lose_nothing_and_the_chain_is_whole(app: Flask, chain: LogChain) -> None:
    chain_id, start = chain.id, Barrier(CLIENTS)

    def client(number: int) -> None:
        start.wait(timeout=30)
        for turn in range(EACH):
            with app.app_context():
                write(db.session.get_one(LogChain, chain_id), f"{number}.{turn}")
                db.session.remove()

    with driven_by(partial(several_hosts, chain.created_at)), ThreadPoolExecutor(CLIENTS) as pool:
        db.session.commit()
        list(pool.map(client, range(CLIENTS)))
    entries = db.session.scalars(sa.select(LogEntry).order_by(LogEntry.seq)).all()
    assert {entry.text for entry in entries} == {f"{n}.{turn}" for n in range(CLIENTS) for turn in range(EACH)}
    assert [entry.seq for entry in entries] == list(range(1, CLIENTS * EACH + 1))
    times = [entry.recorded_at for entry in entries]
    assert times == sorted(times)
    assert times[-1] > times[0]
    assert verify_chain(chain_id).is_whole


def test_two_logs_grow_at_once_without_mixing(app: Flask, chain: LogChain, area_id: int) -> None:
    other = open_chain(area_id)
    ids = [chain.id, other.id]
    db.session.commit()

    def client(chain_id: int) -> None:
        for turn in range(20):
            with app.app_context():
                write(db.session.get_one(LogChain, chain_id), f"{chain_id}.{turn}")
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(client, ids))
    assert [verify_chain(chain_id).entries for chain_id in ids] == [20, 20]
    assert all(verify_chain(chain_id).is_whole for chain_id in ids)


def test_a_log_is_whole_whenever_it_is_verified_while_others_write(app: Flask, chain: LogChain) -> None:
    chain_id, done = chain.id, Event()
    db.session.commit()

    def writer() -> None:
        while not done.is_set():
            with app.app_context():
                write(db.session.get_one(LogChain, chain_id))
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(writer) for _ in range(2)]
        try:
            verdicts = []
            while len(verdicts) < 60 or verdicts[-1].entries < 20:
                with reading():
                    verdicts.append(verify_chain(chain_id))
                    db.session.rollback()
        finally:
            done.set()
    assert [v.sentence() for v in verdicts if not v.is_whole] == []
    assert all(writer.exception() is None for writer in writers)
