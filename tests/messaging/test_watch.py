"""Somebody outside hears every minute that all is well, and hears nothing when it is not."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.extensions import db
from app.messaging import watch
from app.messaging.heartbeats import DISPATCHER, beat


@pytest.fixture
def heard(app, clock) -> Iterator[list[str]]:
    paths: list[str] = []

    class Outside(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *said: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Outside)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    before = app.config["BEREDSKAB"]
    app.config["BEREDSKAB"] = replace(before, ping_url=f"http://127.0.0.1:{server.server_port}/beredskab")
    try:
        yield paths
    finally:
        app.config["BEREDSKAB"] = before
        server.shutdown()
        server.server_close()
        thread.join(5)


def test_all_is_well(heard):
    beat(DISPATCHER)
    beat(watch.PING, every=60)
    db.session.commit()
    watch.ping()
    assert heard == ["/beredskab"]


def test_something_is_late_and_the_silence_tells(heard, clock):
    beat(DISPATCHER)
    db.session.commit()
    clock.advance(minutes=2)
    watch.ping()
    assert heard == []


def test_it_goes_on_after_it_was_itself_late(heard, clock):
    beat(watch.PING, every=60)
    clock.advance(minutes=10)
    beat(DISPATCHER)
    db.session.commit()
    watch.ping()
    assert heard == ["/beredskab"]
