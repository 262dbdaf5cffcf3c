"""One word for a watchdog."""

import pytest

from app.extensions import db
from app.messaging.heartbeats import DISPATCHER, beat, keep_only
from tests.conftest import make_app


def test_a_fresh_heartbeat_is_ok_and_a_silent_sender_is_late(client, clock):
    assert client.get("/health").text == "late\ndispatcher late\n"
    beat(DISPATCHER)
    assert client.get("/health").text == "ok\ndispatcher ok\n"
    clock.advance(minutes=2)
    answer = client.get("/health")
    assert (answer.status_code, answer.text) == (200, "late\ndispatcher late\n")


def test_each_job_is_named_and_is_late_a_minute_after_its_time(client, clock):
    beat(DISPATCHER)
    beat("expire", every=5)
    beat("forget_old", every=86_400)
    clock.advance(seconds=66)
    beat(DISPATCHER)
    assert client.get("/health").text == "late\ndispatcher ok\nexpire late\nforget_old ok\n"


def test_what_no_version_runs_any_more_is_late_for_nobody(client, clock):
    beat("retired", every=5)
    clock.advance(hours=1)
    beat(DISPATCHER)
    keep_only(["expire"])
    db.session.commit()
    assert client.get("/health").text == "ok\ndispatcher ok\n"


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:9/none"])
def test_a_silent_database_is_503(url, tmp_path):
    answer = make_app(tmp_path, url).test_client().get("/health")
    assert (answer.status_code, answer.text) == (503, "database\n")
