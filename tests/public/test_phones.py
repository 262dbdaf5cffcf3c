"""The demo's phones, and the lines across every page."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from app.callout import queries as callouts
from app.callout.models import CalloutState
from app.extensions import db
from app.lib import clock as time
from app.messaging import heartbeats
from app.messaging.models import Delivery, InboundMessage
from app.messaging.states import DeliveryState
from tests.scene import Scene


@pytest.fixture
def demo(app: Flask, monkeypatch) -> Flask:
    """The same application in demo mode."""
    monkeypatch.setitem(app.config, "BEREDSKAB", replace(app.config["BEREDSKAB"], mode="demo"))
    return app


def send_all() -> None:
    """As the dispatcher leaves them."""
    for delivery in db.session.query(Delivery).filter_by(state=DeliveryState.QUEUED):
        delivery.state, delivery.sent_at = DeliveryState.SENT, time.now()
    db.session.commit()


def test_there_are_no_phones_outside_the_demo(app: Flask, scene: Scene, at) -> None:
    for path in ("/demo/phones", "/demo/phones/texts", "/demo/phones/live"):
        assert at().get(path).status_code == 404
    assert at().post("/demo/phones/reply", {"address": "+4520001200", "text": "1"}).status_code == 404


def test_there_are_none_once_a_real_channel_is_loaded(app: Flask, scene: Scene, at, monkeypatch) -> None:
    config = replace(app.config["BEREDSKAB"], mode="demo", smtp_host="mail.example")
    monkeypatch.setitem(app.config, "BEREDSKAB", config)
    assert at().get("/demo/phones").status_code == 404
    assert "Log-kanal" not in at(scene.cast.ssp).text("/")


def test_each_phone_shows_its_texts_with_links_and_answers_with_a_code(demo: Flask, scene: Scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    assert "Ingen har fået noget endnu" in at().text("/demo/phones")
    before = at().get("/demo/phones/live").json
    send_all()
    assert at().get("/demo/phones/live").json != before
    visitor = at()
    page = visitor.text("/demo/phones")
    assert "youth_club A" in page and re.search(r'<a href="http://127.0.0.1:5000/k/[\w-]+"', page)
    delivery = db.session.query(Delivery).filter(Delivery.name == "youth_club A").one()
    code = re.search(r"Svar (\d{4})", delivery.text)[1]
    reply = {"address": delivery.address, "text": code, "once": "en"}
    for _ in range(2):
        assert visitor.post("/demo/phones/reply", reply).location == "/demo/phones"
    round_ = next(c for c in callouts.latest_of(incident) if c.actor.key == "youth_club")
    assert round_.state is CalloutState.ACKNOWLEDGED
    assert db.session.query(InboundMessage).count() == 1


def test_only_phones_that_got_something_can_answer(demo: Flask, scene: Scene, at) -> None:
    at().post("/demo/phones/reply", {"address": "+4599999999", "text": "1234"})
    assert db.session.query(InboundMessage).count() == 0


def test_every_page_says_that_nothing_leaves_this_machine(demo: Flask, scene: Scene, at) -> None:
    for visitor, path in ((at(), "/sign-in"), (at(scene.cast.ssp), "/")):
        page = visitor.text(path)
        assert "Log-kanal: intet forlader denne maskine." in page
        assert '<a href="/demo/phones">Se telefonerne.</a>' in page
    assert "Log-kanal" not in at(scene.cast.ssp).text("/front/now")


def test_a_silent_sender_is_told_to_those_who_are_signed_in(app: Flask, scene: Scene, at, clock) -> None:
    silent = "Afsenderen kører ikke. Ring selv."
    assert silent in at(scene.cast.ssp).text("/")
    heartbeats.beat(heartbeats.DISPATCHER)
    db.session.commit()
    assert silent not in at(scene.cast.ssp).text("/")
    clock.advance(seconds=61)
    assert silent in at(scene.cast.ssp).text("/")
    assert silent not in at().text("/sign-in")
