"""`flask worker` as a process: killed, told to stop, started twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app import scheduler
from app.extensions import db
from app.lib import clock as app_clock
from app.messaging import jobs, outbox, queries
from app.messaging.heartbeats import DISPATCHER
from app.messaging.models import DeliveryState, Heartbeat
from tests.fakes.smtp import Manner, SmtpServer, smtp_server
from tests.fakes.twilio import Manner as Bad
from tests.fakes.twilio import twilio_server
from tests.messaging.making import callout, queued, resident, soon, states

ROOT = Path(__file__).parents[2]
Worker = subprocess.Popen[str]


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as server:
        yield server


@pytest.fixture
def start(app, server, tmp_path) -> Iterator[Callable[..., Worker]]:
    """Start a worker on the test's database; all are gone at the end."""
    db.session.commit()
    environment = {
        "PATH": os.environ["PATH"],
        "BEREDSKAB_MODE": "test",
        "BEREDSKAB_DATA": str(tmp_path),
        "DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(server.port),
        "SMTP_TLS": "none",
        "MAIL_FROM": "beredskab@lindevangen.example",
    }
    command = [sys.executable, "-W", "error", "-m", "flask", "--app", "wsgi", "worker"]

    with ExitStack() as stack:

        def start(**more: str) -> Worker:
            said = subprocess.PIPE
            worker = subprocess.Popen(command, cwd=ROOT, env=environment | more, stderr=said, text=True)
            stack.callback(worker.wait)
            stack.callback(worker.kill)
            stack.callback(worker.stderr.close)  # type: ignore[union-attr]
            return worker

        yield start


def end(worker: Worker, how: signal.Signals) -> tuple[int, str]:
    worker.send_signal(how)
    _, said = worker.communicate(timeout=20)
    return worker.returncode, said


def alive() -> bool:
    return db.session.scalar(sa.select(Heartbeat.last_at).where(Heartbeat.job == DISPATCHER)) is not None


def test_a_killed_worker_leaves_nobody_with_two_texts_and_nobody_on_duty_without(app, server, start):
    residents = [f"beboer{number}@x.example" for number in range(3)]
    for address in [*residents, "vagt@x.example"]:
        server.manners[address] = Manner.SILENT_AFTER_DATA
    rows = queued(*(resident(channel="smtp", address=address) for address in residents))
    (duty,) = queued(callout(channel="smtp", address="vagt@x.example"))
    worker = start()
    soon(lambda: len(server.mails) == 4, within=20)
    end(worker, signal.SIGKILL)
    assert states(*rows, duty) == ["sending"] * 4
    server.manners.clear()
    start()
    if db.engine.dialect.name == "postgresql":  # others may be at work, so the lease is waited for
        with app_clock.driven_by(lambda: app_clock._system_time() + timedelta(seconds=46)):
            jobs.sweep_stuck()
        db.session.execute(sa.text("UPDATE deliveries SET due_at = queued_at WHERE state = 'queued'"))
        db.session.commit()
    soon(lambda: states(*rows, duty) == ["uncertain"] * 3 + ["sent"], within=20)
    time.sleep(1)
    assert Counter(str(mail["To"]).split("<")[1].strip(">") for mail in server.mails) == {
        **dict.fromkeys(residents, 1),
        "vagt@x.example": 2,
    }


def test_a_worker_told_to_stop_finishes_what_it_began(app, server, start):
    server.manners["sen@x.example"] = Manner.SLOW
    (row,) = queued(resident(channel="smtp", address="sen@x.example"))
    worker = start()
    soon(lambda: len(server.mails) == 1, within=20)
    code, said = end(worker, signal.SIGTERM)
    assert code == 0, said
    assert states(row) == ["sent"]
    assert "Traceback" not in said
    assert "sen@x.example" not in said


def test_on_sqlite_one_worker_is_enough_and_on_postgresql_they_share_the_work(app, server, start):
    first = start()
    soon(alive, within=20)
    second = start()
    if db.engine.dialect.name == "sqlite":
        _, said = second.communicate(timeout=20)
        assert second.returncode == 1
        assert said.strip().endswith("One is enough; PostgreSQL allows more.")
        assert "Traceback" not in said
    queued(*(resident(channel="smtp", address=f"b{number}@x.example") for number in range(60)))
    soon(lambda: queries.progress(group="group:1") == {DeliveryState.SENT: 60}, within=40)
    assert set(Counter(str(mail["To"]) for mail in server.mails).values()) == {1}
    assert len(server.mails) == 60
    assert first.poll() is None


def test_a_worker_sends_by_twilio_ends_a_needless_call_and_stops_cleanly(app, start):
    with twilio_server(public_url="http://127.0.0.1:9") as twilio:
        rows = queued(*(resident(channel="twilio_sms") for _ in range(40)))
        (urgent,) = queued(callout(channel="twilio_voice", address="+4520999999"))
        twilio.manners[rows[0].address] = [Bad.DIES_MID_ANSWER]
        worker = start(**twilio.environment, PUBLIC_URL=twilio.public_url, TWILIO_PER_SECOND="0")
        soon(lambda: states(*rows, urgent).count("sent") >= 40, within=40)
        assert twilio.phone("+4520999999").call().rings
        outbox.cancel(about="callout:1", reason="acknowledged")
        db.session.commit()
        soon(lambda: twilio.calls[0].status == "canceled")
        code, said = end(worker, signal.SIGTERM)
        assert (code, "Traceback" in said, "+4520999999" in said) == (0, False, False), said
        assert len(twilio.texts) == 40, "one accepted request each"
        twilio.ignore(*(row.address for row in rows))


# ---- the schedule ----


def test_each_job_stamps_its_heartbeat(app, clock):
    for job in scheduler.JOBS:
        scheduler.run(app, job)
    kept = {beat.job: beat.last_at for beat in db.session.scalars(sa.select(Heartbeat))}
    assert kept == {job.name: clock.now for job in scheduler.JOBS}


def test_a_jobs_error_is_told_by_its_type_and_its_last_success_stays(app, clock, caplog):
    def fails() -> None:
        raise KeyError("Sara Holm +4520123456")

    scheduler.run(app, scheduler.Job("reminders", lambda: None, 5))
    success = clock.now
    clock.advance(minutes=1)
    scheduler.run(app, scheduler.Job("reminders", fails, 5))
    beat = db.session.get_one(Heartbeat, "reminders")
    assert (beat.last_at, beat.detail) == (success, "KeyError")
    assert "job reminders: KeyError" in caplog.text
    assert "Sara" not in caplog.text


def test_every_job_has_a_name_of_its_own():
    names = [job.name for job in scheduler.JOBS]
    assert len(names) == len(set(names))
    assert DISPATCHER not in names


def test_the_scheduler_runs_what_is_due_until_it_is_shut_down(app):
    ran: list[int] = []
    running = scheduler.start(app, [scheduler.Job("tick", lambda: ran.append(1), 1)])
    soon(lambda: len(ran) >= 2, within=10)
    running.shutdown()
    count = len(ran)
    time.sleep(1.2)
    assert len(ran) == count


def test_a_daily_job_does_not_wait_a_day(app):
    running = scheduler.start(app, [scheduler.Job("daily", lambda: None, 24 * 3600)])
    wait = running.get_job("daily").next_run_time - app_clock.now()
    running.shutdown()
    assert wait <= timedelta(seconds=60)


def test_a_dispatcher_that_is_silent_for_a_minute_is_late(app, clock):
    assert queries.late()
    db.session.add(Heartbeat(job=DISPATCHER, last_at=clock.now))
    db.session.commit()
    assert not queries.late(clock.now + timedelta(seconds=60))
    assert queries.late(clock.now + timedelta(seconds=61))
