"""The whole round over the wire: the provider reports while its answer is still on the way, reversed and twice."""

import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from app.messaging.dispatcher import Dispatcher
from tests.fakes.twilio import OverHttp, TwilioServer, twilio_server
from tests.messaging.conftest import switched_on
from tests.messaging.making import queued, resident, soon, states


@pytest.fixture
def wired(app) -> Iterator[TwilioServer]:
    web = make_server("127.0.0.1", 0, app, threaded=True)
    web.daemon_threads = False  # closing waits for the reports under way
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    public = f"http://127.0.0.1:{web.server_port}"
    try:
        with twilio_server(OverHttp(), public_url=public) as twilio, switched_on(app, twilio, TWILIO_PER_SECOND="0"):
            yield twilio
    finally:
        web.shutdown()
        thread.join()
        web.server_close()


def test_reports_before_the_answer_reversed_and_twice_end_as_delivered(app, wired):
    wired.reports, wired.delay = ("delivered", "sent", "delivered"), 0.05
    rows = queued(*(resident(channel="twilio_sms") for _ in range(15)))
    Dispatcher(app).drain()
    soon(lambda: set(states(*rows)) == {"delivered"}, within=60)
    assert len(wired.texts) == 15
    wired.ignore(*(row.address for row in rows))


def test_a_provider_that_reports_nothing_leaves_what_it_took_as_sent(app, wired):
    rows = queued(*(resident(channel="twilio_sms") for _ in range(3)))
    Dispatcher(app).drain()
    assert set(states(*rows)) == {"sent"}
    wired.ignore(*(row.address for row in rows))
