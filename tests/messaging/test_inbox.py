import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.messaging import hooks, inbox
from app.messaging.models import Delivery, InboundMessage
from tests.factories.areas import make_area
from tests.messaging.making import new, queued

PHONE = "+4520123456"


@pytest.fixture
def heard(monkeypatch):
    """Listeners: the first two know the code 4711."""
    heard: list[str | None] = []

    def listener(message: InboundMessage) -> bool:
        heard.append(message.text)
        return message.text == "4711"

    monkeypatch.setattr(hooks, "on_reply", [listener, listener, lambda message: False])
    return heard


def receive(text: str, provider_id: str = "SM1") -> InboundMessage:
    message = inbox.receive("log", provider_id, PHONE, "+4570000000", text)
    db.session.commit()
    return message


def test_a_reply_that_answers_is_not_kept(app, clock, heard):
    message = receive("4711")
    assert (message.matched, message.answered_count, message.text) == (True, 2, None)
    assert message.received_at == clock.now


def test_what_fits_nothing_waits_with_the_area_that_wrote_last(app, heard):
    old, newest = make_area("Ældre"), make_area("Nyere")
    queued(new(address=PHONE, area_id=old.id), new(address=PHONE, area_id=newest.id), new(area_id=old.id))
    queued(new(address=PHONE))
    message = receive("Hvem er det?")
    assert (message.matched, message.text, message.area_id) == (False, "Hvem er det?", newest.id)


def test_a_number_nobody_wrote_to_has_no_area(app, heard):
    assert receive("Hej").area_id is None


def test_the_same_message_twice_is_heard_once(app, heard):
    assert receive("4711").id == receive("4711").id
    assert heard == ["4711", "4711"]  # two listeners, one time each


def test_the_same_id_from_another_channel_is_another_message(app, heard):
    assert receive("Hej").id != inbox.receive("sms", "SM1", PHONE, "+4570000000", "Hej").id


def test_two_servers_that_get_the_same_message_at_once_keep_one(app, heard):
    at_once(app, ("4711", "SM1"), ("4711", "SM1"))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(InboundMessage)) == 1
    assert len(heard) == 2


def test_however_many_come_at_once_two_are_answered(app, heard):
    at_once(app, *((f"Hallo {n}", f"SM{n}") for n in range(6)))
    assert db.session.query(InboundMessage).count() == 6
    assert db.session.query(Delivery).filter_by(address=PHONE).count() == 2


def at_once(app, *messages: tuple[str, str]) -> None:
    """Each text, with the provider's id, arrives at a server of its own at the same moment."""
    start = threading.Barrier(len(messages))

    def take(message: tuple[str, str]) -> None:
        with app.app_context():
            start.wait(5)
            receive(*message)
            db.session.remove()

    with ThreadPoolExecutor(len(messages)) as pool:
        list(pool.map(take, messages))
