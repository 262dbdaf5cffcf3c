"""One word for a watchdog."""

import pytest

from app.messaging.heartbeats import DISPATCHER, beat
from tests.conftest import make_app


def test_a_fresh_heartbeat_is_ok_and_a_silent_sender_is_late(client, clock):
    assert client.get("/health").text == "late\n"
    beat(DISPATCHER)
    assert client.get("/health").text == "ok\n"
    clock.advance(minutes=2)
    answer = client.get("/health")
    assert (answer.status_code, answer.text) == (200, "late\n")


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:9/none"])
def test_a_silent_database_is_503(url, tmp_path):
    answer = make_app(tmp_path, url).test_client().get("/health")
    assert (answer.status_code, answer.text) == (503, "database\n")
