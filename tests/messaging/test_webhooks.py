"""What the provider calls: signed, late, twice, in the wrong order or forged."""

from datetime import timedelta
from itertools import permutations

import pytest

from app.contacts.models import ContactPoint, PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.messaging import outbox
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery, InboundMessage, Receipt
from app.messaging.signing import sign
from tests.fakes.twilio import Manner
from tests.messaging.conftest import switched_on
from tests.messaging.making import callout, new, queued, resident, states
from tests.scene import Scene

SARA = "+4520123456"


@pytest.fixture
def dispatcher(app, twilio, clock):
    return Dispatcher(app)


@pytest.fixture
def text(twilio, dispatcher):
    queued(resident(channel="twilio_sms", address=SARA))
    dispatcher.drain()
    return twilio.phone(SARA).text()


@pytest.fixture
def call(twilio, dispatcher):
    queued(callout(channel="twilio_voice", address=SARA, text="Rygte om drab. Tryk 1.", unique_key="voice:1:x"))
    dispatcher.drain()
    return twilio.phone(SARA).call()


def state() -> str:
    return states(db.session.query(Delivery).order_by(Delivery.id).first())[0]


@pytest.mark.parametrize("order", sorted(set(permutations(["sent", "delivered", "delivered"]))))
def test_reports_in_any_order_and_twice_end_as_delivered(text, order):
    for one in order:
        assert text.report(one).status == 204
    assert state() == "delivered"


def test_a_forged_report_changes_nothing(text):
    assert text.report("delivered", token="a guess").status == 403
    assert state() == "sent"
    assert db.session.query(Receipt).count() == 0


def test_an_unsigned_report_changes_nothing(client, text):
    path = text.callback.removeprefix("https://beredskab.example")
    assert client.post(path, data={"MessageSid": text.sid, "MessageStatus": "delivered"}).status_code == 403
    assert client.get(path).status_code == 405
    assert state() == "sent"


def test_with_twilio_switched_off_nothing_is_believed(app, client, text):
    app.config["BEREDSKAB"], on = app.config["BEREDSKAB"].__class__(**{
        **app.config["BEREDSKAB"].__dict__, "twilio": type(app.config["BEREDSKAB"].twilio)()}), app.config["BEREDSKAB"]
    try:
        assert text.report("delivered").status == 403
        assert text.report("delivered", token="").status == 403
    finally:
        app.config["BEREDSKAB"] = on


def test_while_the_token_is_changed_both_are_believed(app, twilio, text):
    with switched_on(app, twilio, TWILIO_AUTH_TOKEN="new token", TWILIO_AUTH_TOKEN_OLD=twilio.token):
        assert text.report("sent").status == 204
        assert text.report("delivered", token="new token").status == 204
    with switched_on(app, twilio, TWILIO_AUTH_TOKEN="new token"):
        assert text.report("delivered").status == 403


def test_the_signature_is_over_the_public_address_whatever_the_request_says(client, twilio, text):
    from tests.fakes.twilio.lines import signature

    form = {"MessageSid": text.sid, "MessageStatus": "delivered"}
    path = text.callback.removeprefix("https://beredskab.example")
    over_another = signature(twilio.token, f"http://localhost{path}", form)
    assert client.post(path, data=form, headers=over_another).status_code == 403
    right = signature(twilio.token, text.callback, form) | {"Host": "evil.example", "X-Forwarded-Proto": "http"}
    assert client.post(path, data=form, headers=right).status_code == 204


def test_a_signed_report_about_a_delivery_that_we_did_not_name_is_nobodys(app, twilio, text):
    forged = sign("another secret", db.session.query(Delivery).one().public_id, 1)
    url = f"https://beredskab.example/webhooks/twilio/status/{forged}"
    assert twilio.tell(url, {"MessageSid": text.sid, "MessageStatus": "failed"}).status == 404
    assert state() == "sent"


def test_a_body_that_is_too_large_is_refused(twilio, text):
    form = {"MessageSid": text.sid, "MessageStatus": "delivered", "Filler": "x" * 20_000}
    assert twilio.tell(text.callback, form).status == 413
    assert state() == "sent"


def test_a_report_settles_what_nobody_knew(app, twilio, clock, dispatcher):
    queued(callout(channel="twilio_sms", address=SARA))
    twilio.manners[SARA] = [Manner.DIES_MID_ANSWER]
    dispatcher.run_once()
    assert state() == "queued", "a duty person would be asked again"
    first = twilio.phone(SARA).text()
    first.report("delivered")
    assert state() == "delivered"
    clock.advance(minutes=5)
    dispatcher.drain()
    assert len(twilio.texts) == 1, "known to have arrived, so not again"


def test_a_no_about_one_attempt_says_nothing_of_another(app, twilio, clock, dispatcher):
    queued(callout(channel="twilio_sms", address=SARA))
    twilio.manners[SARA] = [Manner.DIES_MID_ANSWER]
    dispatcher.run_once()
    clock.advance(minutes=5)
    dispatcher.drain()
    first, second = twilio.phone(SARA).text(), twilio.phone(SARA).text()
    first.report("undelivered", error=30003)
    assert state() == "sent"
    second.report("delivered")
    assert state() == "delivered"


def test_a_dead_number_is_marked_on_the_contact_and_saving_it_again_revives_it(app, twilio, text):
    scene = Scene()
    add_contact(scene.cast.lindevangen, name="Sara", points=[(PointKind.MOBILE, "20123456")])
    db.session.commit()
    text.report("undelivered", error=30003)
    assert point(SARA).dead_at is None, "a phone that is switched off is not dead"
    queued(resident(channel="twilio_sms", address=SARA, unique_key="again"))
    Dispatcher(app).drain()
    twilio.phone(SARA).text().report("undelivered", error=30005)
    assert point(SARA).dead_at is not None


def point(address: str) -> ContactPoint:
    db.session.expire_all()
    return db.session.query(ContactPoint).filter_by(address=address).one()


# ---- calls ----


def test_the_text_is_read_twice_and_a_key_is_asked_for(call):
    heard = call.lift()
    assert heard[:2] == ["Rygte om drab. Tryk 1."] * 2
    assert call.keys_go_to
    assert state() == "delivered"


def test_a_call_that_only_tells_asks_for_no_key(twilio, dispatcher):
    queued(callout(channel="twilio_voice", address=SARA, text="Fejlaktivering."))
    dispatcher.drain()
    call = twilio.phone(SARA).call()
    assert call.lift() == ["Fejlaktivering."] * 2
    assert call.keys_go_to is None


def test_a_machine_hears_nothing_and_is_no_answer(call):
    assert call.voicemail() == []
    assert state() == "failed"
    assert db.session.query(Delivery).one().error_code == "voicemail"


@pytest.mark.parametrize("status", ["busy", "no-answer"])
def test_a_phone_that_nobody_takes_is_no_answer(call, status):
    call.ring_out(status)
    assert state() == "failed"
    assert db.session.query(Delivery).one().error_code == status.replace("-", "_")


def test_that_a_call_is_over_does_not_say_that_it_was_heard(call):
    for one in ("completed", "ringing", "initiated"):
        call.report(one)
    assert state() == "sent"


def test_whoever_lifts_the_phone_after_the_answer_hears_that(twilio, dispatcher, call):
    outbox.cancel(about="callout:1", reason="acknowledged")
    db.session.commit()
    heard = call.lift()
    assert heard == ["Der er allerede svaret. Du skal ikke gøre mere. Tak."]
    assert call.keys_go_to is None


def test_a_key_that_means_nothing_is_asked_for_again(call):
    call.lift()
    call.press("7")
    assert call.keys_go_to


# ---- replies ----


def test_a_reply_is_taken_once(twilio, text):
    phone = twilio.phone(SARA)
    for _ in range(3):
        assert phone.reply("Hvad skal jeg gøre?", sid="SM-same").status == 200
    assert db.session.query(InboundMessage).one().text == "Hvad skal jeg gøre?"


def test_a_forged_reply_is_refused(twilio, text):
    assert twilio.phone(SARA).reply("4821", token="a guess").status == 403
    assert db.session.query(InboundMessage).count() == 0


def test_an_unknown_reply_is_answered_twice_at_most(twilio, dispatcher, text, clock):
    phone = twilio.phone(SARA)
    for number in range(5):
        phone.reply(f"Hallo {number}")
        dispatcher.drain()
        clock.advance(minutes=1)
    assert ["ring 112" in one for one in phone.texts()] == [True, True]
    clock.advance(hours=24)
    phone.reply("Hallo igen")
    dispatcher.drain()
    assert len(phone.texts()) == 1
    assert db.session.query(InboundMessage).filter(InboundMessage.text.is_not(None)).count() == 6


def test_a_reply_from_a_name_is_kept_and_not_answered(twilio, dispatcher, app):
    twilio.phone("Bank").reply("Tilbud")
    dispatcher.drain()
    assert db.session.query(Delivery).count() == 0


def test_a_text_that_is_valid_no_more_is_not_read_aloud(clock, call):
    clock.advance(hours=2)
    assert call.lift() == ["Der er allerede svaret. Du skal ikke gøre mere. Tak."]


def test_what_was_queued_before_twilio_was_on_is_not_lost(app, twilio, clock):
    rows = queued(new(channel="twilio_sms", address=SARA, valid_until=clock.now + timedelta(hours=1)))
    with switched_on(app, twilio):
        Dispatcher(app).drain()
    assert states(*rows) == ["sent"]
    twilio.phone(SARA).text()
