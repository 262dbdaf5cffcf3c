"""kill -9 at every step of the worker: nobody gets two texts who must not, nobody is forgotten, nobody is unnamed."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.messaging.models import Attempt, Delivery
from app.messaging.states import DeliveryState, Outcome, ReceiverKind
from tests.fakes.twilio.server import TwilioServer, twilio_server
from tests.messaging.making import callout, queued, resident
from tests.messaging.mortal_worker import STEPS

ROOT = Path(__file__).parents[2]
RESIDENTS, ON_DUTY = 60, 6
LIVES = [("before", 5), ("during", 9), ("after", 3), ("recording", 4)]
# `make soak` asks for more rounds; the suite is content with one death at each step.
ROUNDS = int(os.environ.get("SOAK_ROUNDS", "1"))


@pytest.fixture
def provider():
    with twilio_server(delay=0.05) as server:
        yield server


def worker(provider: TwilioServer, tmp_path: Path, step: str, nth: int) -> subprocess.Popen[bytes]:
    environment = {
        "PATH": os.environ["PATH"], "BEREDSKAB_MODE": "test", "BEREDSKAB_DATA": str(tmp_path),
        "DATABASE_URL": db.engine.url.render_as_string(hide_password=False), "TWILIO_PER_SECOND": "0",
        "PUBLIC_URL": "https://beredskab.example", **provider.environment,
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.messaging.mortal_worker", step, str(nth)]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def lay(rounds: int) -> None:
    """Residents and duty people, more of them in a longer run."""
    queued(*(resident(channel="twilio_sms", address=f"+45208{n:05}") for n in range(RESIDENTS * rounds)))
    queued(*(callout(channel="twilio_sms", address=f"+45209{n:05}") for n in range(ON_DUTY * rounds)))


def judge(provider: TwilioServer) -> None:
    """What must hold whatever was killed when."""
    db.session.expire_all()
    taken = Counter(text.to for text in provider.texts)
    unclear = Counter(
        db.session.scalars(sa.select(Delivery.address).join(Attempt).where(Attempt.outcome == Outcome.UNCERTAIN))
    )
    for row in db.session.scalars(sa.select(Delivery)):
        came_to = f"{row.address} is {row.state}: {row.error_code}"
        assert row.state in (DeliveryState.SENT, DeliveryState.UNCERTAIN), came_to
        if row.receiver_kind is ReceiverKind.RESIDENT:
            assert taken[row.address] <= 1, f"{row.address} got {taken[row.address]}"
            assert unclear[row.address] == (row.state is DeliveryState.UNCERTAIN), row.address
        else:
            assert row.state is DeliveryState.SENT, f"{row.address} on duty is {row.state}"
            assert 1 <= taken[row.address] <= 1 + unclear[row.address], row.address
        if row.state is DeliveryState.SENT:
            assert row.provider_id in {text.sid for text in provider.texts if text.to == row.address}
    open_attempts = sa.select(sa.func.count()).select_from(Attempt).where(Attempt.outcome.is_(None))
    assert db.session.scalar(open_attempts) == 0
    provider.ignore(*taken)


def test_every_step_has_its_death():
    assert {step for step, _ in LIVES} == set(STEPS)


def test_one_worker_dies_at_each_step_and_another_takes_over(app, provider, tmp_path):
    lay(ROUNDS)
    for step, nth in LIVES * ROUNDS:
        assert worker(provider, tmp_path, step, nth).wait(60) == -9, f"it did not die {step}"
        db.session.rollback()
    assert worker(provider, tmp_path, "never", 10**9).wait(120) == 0
    judge(provider)
    uncertain = sa.select(sa.func.count()).select_from(Attempt).where(Attempt.outcome == Outcome.UNCERTAIN)
    assert db.session.scalar(uncertain) >= len(LIVES), "each death leaves at least one text of which nobody knows"


@pytest.mark.parametrize("backend", ["postgresql"])
def test_four_workers_share_the_work_while_three_of_them_die(app, provider, tmp_path):
    lay(2 * ROUNDS)
    mortal = [worker(provider, tmp_path, step, nth) for step, nth in LIVES[1:]]
    alive = worker(provider, tmp_path, "never", 10**9)
    assert alive.wait(120) == 0
    for one in mortal:
        one.wait(60)
    judge(provider)
