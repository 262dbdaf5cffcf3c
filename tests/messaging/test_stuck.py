"""Workers that die, databases that go away: nothing is lost, and nobody gets a text twice who must not."""

import threading
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError

from app.areas.models import Area
from app.extensions import db
from app.messaging import claims, hooks, jobs, outbox, queries, results
from app.messaging.channels.base import PermanentFailure, TemporaryFailure
from app.messaging.claims import Lane, Sender
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery, Heartbeat, Outcome
from app.messaging.results import Result
from tests.factories.areas import make_area
from tests.fakes.provider import Provider
from tests.messaging.making import callout, new, queued, resident, running, soon, states

LEASE = timedelta(seconds=45)


def claim(lane: Lane = Lane.OTHER) -> list[claims.Claimed]:
    """As a worker does just before it dies."""
    claimed = claims.take(Sender("log", lane, None), 10, "dead", LEASE)
    db.session.commit()
    return claimed


def test_a_lease_that_ran_out_is_uncertain_and_never_goes_again_to_a_resident(app, clock):
    (row,) = queued(resident())
    claim()
    jobs.sweep_stuck()
    assert states(row) == ["sending"]
    clock.advance(seconds=46)
    jobs.sweep_stuck()
    assert states(row) == ["uncertain"]
    clock.advance(minutes=10)
    provider = Provider()
    assert Dispatcher(app, {"log": provider}).drain() == 0
    assert provider.began == []


def test_the_one_on_duty_is_called_again_after_a_lost_lease(app, clock):
    (row,) = queued(callout())
    claim(Lane.CALLOUT)
    clock.advance(seconds=46)
    jobs.sweep_stuck()
    assert states(row) == ["queued"]
    clock.advance(seconds=5)
    assert Dispatcher(app, {"log": Provider()}).drain() == 1
    assert states(row) == ["sent"]


def test_a_worker_that_starts_alone_needs_not_wait_for_the_lease(app, clock):
    (row,) = queued(resident())
    claim()
    jobs.sweep_orphaned()
    assert states(row) == ["uncertain"]


def record(row: Delivery, outcome: Outcome, number: int = 1) -> str:
    results.record([Result(row.id, number, outcome, row.queued_at, "late", "sid-1")])
    db.session.commit()
    return states(row)[0]


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.ACCEPTED, "sent"), (Outcome.TEMPORARY, "failed"), (Outcome.PERMANENT, "failed")]
)
def test_a_late_word_settles_what_was_uncertain(app, clock, outcome, state):
    (row,) = queued(resident())
    claim()
    clock.advance(seconds=46)
    jobs.sweep_stuck()
    assert record(row, outcome) == state


def test_a_late_yes_spares_the_repeat(app, clock):
    (row,) = queued(callout())
    claim(Lane.CALLOUT)
    clock.advance(seconds=46)
    jobs.sweep_stuck()
    assert record(row, Outcome.ACCEPTED) == "sent"
    clock.advance(minutes=1)
    assert Dispatcher(app, {"log": Provider()}).drain() == 0


def test_a_late_no_does_not_disturb_the_repeat(app, clock):
    (row,) = queued(callout())
    claim(Lane.CALLOUT)
    clock.advance(seconds=46)
    jobs.sweep_stuck()
    assert record(row, Outcome.PERMANENT) == "queued"
    clock.advance(minutes=1)
    claim(Lane.CALLOUT)
    assert record(row, Outcome.PERMANENT, number=1) == "sending"
    assert record(row, Outcome.ACCEPTED, number=2) == "sent"


def test_the_same_result_twice_is_told_and_written_once(app, clock):
    (row,) = queued(new())
    claim()
    assert record(row, Outcome.TEMPORARY) == "queued"
    due = row.due_at
    clock.advance(seconds=3)
    assert record(row, Outcome.TEMPORARY) == "queued"
    assert row.due_at == due


# ---- the database goes away ----


class Outage:
    """While on, no transaction begins."""

    def __init__(self) -> None:
        self.on = False

    def __call__(self, connection: sa.Connection) -> None:
        if self.on:
            raise OperationalError("BEGIN", {}, Exception("the database is away"))


@pytest.fixture
def outage(app):
    outage = Outage()
    event.listen(db.engine, "begin", outage)
    yield outage
    event.remove(db.engine, "begin", outage)


def test_what_was_sent_while_the_database_went_away_is_recorded_when_it_comes_back(app, outage, caplog):
    provider = Provider(gate=threading.Event())
    provider.answers["+45no"] = [PermanentFailure("no")]
    provider.answers["+45busy"] = [TemporaryFailure("busy")]
    rows = queued(resident(), resident(address="+45no"), resident(address="+45busy"))
    dispatcher = Dispatcher(app, {"log": provider})
    with running(dispatcher):
        soon(lambda: len(provider.began) == 3)
        outage.on = True
        provider.gate.set()
        soon_without_database = time.monotonic() + 2.5
        while time.monotonic() < soon_without_database:
            time.sleep(0.1)
        assert len(dispatcher.unrecorded) == 3
        outage.on = False
        soon(lambda: states(*rows) == ["sent", "failed", "queued"])
        assert len(provider.began) == 3
        (after,) = queued(callout())
        soon(lambda: states(after) == ["sent"])
        soon(lambda: "database away" in (db.session.scalar(sa.select(Heartbeat.detail)) or ""))
        assert not queries.late()
        db.session.rollback()
    # Once, not at every attempt; twice when a transaction begun before the outage has ended well in the middle of it.
    assert caplog.text.count("the database does not answer") in (1, 2)


def test_a_persons_request_that_holds_a_listeners_row_is_waited_for_without_alarm(app, monkeypatch, caplog):
    area = make_area()
    db.session.commit()
    held = sa.select(Area).where(Area.id == area.id).with_for_update()
    monkeypatch.setattr(hooks, "on_outcome", [lambda rows: db.session.scalars(held).all()])
    provider = Provider(gate=threading.Event())
    (row,) = queued(resident())
    with running(Dispatcher(app, {"log": provider})):
        soon(lambda: states(row) == ["sending"])
        db.session.scalars(held).all()
        provider.gate.set()
        assert outbox.cancel(about="test:1", reason="stop").cancelled == 0  # no deadlock: nobody waits for us
        time.sleep(1.5)
        db.session.commit()
        soon(lambda: states(row) == ["sent"])
    assert "does not answer" not in caplog.text


def test_one_row_that_cannot_be_recorded_does_not_hold_back_the_others(app, clock, caplog):
    good, bad = queued(resident(), resident())
    bad_name = f"sid-{bad.public_id}"
    db.session.commit()

    def refuse(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if statement.startswith("UPDATE deliveries") and bad_name in str(values):
            raise IntegrityError("UPDATE", {}, Exception("refused"))

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        Dispatcher(app, {"log": Provider()}).drain()
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)
    assert states(good, bad) == ["sent", "sending"]
    assert "not recorded" in caplog.text
