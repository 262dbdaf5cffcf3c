"""The provider as it is on a bad night: each answer of its means one thing to us."""

from datetime import timedelta

import pytest

from app.extensions import db
from app.messaging import outbox
from app.messaging.channels.twilio_sms import TwilioSms
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Attempt, Delivery, ReceiverKind
from tests.fakes.twilio import TOKEN, Manner
from tests.messaging.conftest import switched_on
from tests.messaging.making import callout, new, queued, resident, states

SARA = "+4520123456"


def sms(**fields):
    return new(**{"channel": "twilio_sms", "address": SARA} | fields)


@pytest.fixture
def dispatcher(app, twilio, clock):
    return Dispatcher(app)


def test_a_text_is_taken_with_its_end_and_a_signed_address_to_report_to(app, twilio, dispatcher, clock):
    (row,) = queued(sms(text="Beredskabet er aktiveret.", valid_until=clock.now + timedelta(minutes=10)))
    dispatcher.drain()
    text = twilio.phone(SARA).text("Beredskabet er aktiveret.")
    assert states(row) == ["sent"]
    assert row.provider_id == text.sid
    assert text.valid_for == 600
    assert text.callback.startswith("https://beredskab.example/webhooks/twilio/status/")
    assert row.public_id not in text.callback.rsplit(".", 1)[-1]


def test_duty_people_get_a_number_to_answer_and_residents_a_name(app, twilio, clock):
    with switched_on(app, twilio, TWILIO_SENDER_NAME="Beredskab", TWILIO_CALLOUT_NUMBER="+4570000001"):
        kinds = [new(), callout(), resident(), new(receiver_kind=ReceiverKind.BOARD)]
        rows = queued(*(sms(**{k: getattr(n, k) for k in ("receiver_kind", "priority", "address")}) for n in kinds))
        Dispatcher(app).drain()
    senders = [twilio.phone(row.address).text().sender for row in rows]
    assert senders == ["+4570000000", "+4570000001", "Beredskab", "Beredskab"]


@pytest.mark.parametrize("manner", [Manner.BUSY, Manner.DOWN])
def test_what_was_surely_not_taken_goes_again_also_to_a_resident(app, twilio, dispatcher, clock, manner):
    (row,) = queued(resident(channel="twilio_sms", address=SARA))
    twilio.manners[SARA] = [manner]
    dispatcher.drain()
    assert states(row) == ["queued"]
    clock.advance(seconds=6)
    dispatcher.drain()
    assert states(row) == ["sent"]
    assert len(twilio.phone(SARA).texts()) == 1


def test_when_the_provider_asks_for_a_pause_the_whole_sender_keeps_it(app, twilio, dispatcher, clock):
    twilio.retry_after, twilio.manners[SARA] = 20, [Manner.BUSY]
    (row,) = queued(sms())
    dispatcher.drain()
    (other,) = queued(sms(address="+4520000009"))
    clock.advance(seconds=19)
    dispatcher.drain()
    assert states(row, other) == ["queued", "queued"]
    assert twilio.requests == 1
    (urgent,) = queued(sms(address="+4520000008", priority=0))
    dispatcher.drain()
    assert states(urgent) == ["sent"], "a call-out has a sender of its own"
    clock.advance(seconds=2)
    dispatcher.drain()
    assert states(row, other) == ["sent", "sent"]
    twilio.ignore(SARA, "+4520000009", "+4520000008")


def test_a_provider_that_cannot_be_reached_has_taken_nothing(app, twilio, clock):
    with switched_on(app, twilio, TWILIO_API_URL="http://127.0.0.1:9"):
        (row,) = queued(resident(channel="twilio_sms", address=SARA))
        Dispatcher(app).drain()
    assert states(row) == ["queued"]
    assert row.error_code == "ConnectionRefusedError"


@pytest.mark.parametrize("manner", [Manner.GATEWAY, Manner.DIES_MID_ANSWER])
def test_what_may_have_left_is_uncertain_and_a_positive_look_up_settles_it(app, twilio, dispatcher, clock, manner):
    (row,) = queued(resident(channel="twilio_sms", address=SARA))
    twilio.manners[SARA] = [manner]
    dispatcher.drain()
    assert states(row) == ["sent"], "the provider was asked, and had it"
    assert (row.provider_id, row.error_code) == (twilio.texts[0].sid, "found")
    clock.advance(hours=1)
    dispatcher.drain()
    assert len(twilio.phone(SARA).texts()) == 1


def test_not_found_proves_nothing(app, twilio, dispatcher, clock):
    (row,) = queued(resident(channel="twilio_sms", address=SARA))
    twilio.manners[SARA] = [Manner.DIES_BEFORE]
    for _ in range(10):
        dispatcher.drain()
        clock.advance(minutes=2)
    assert states(row) == ["uncertain"]
    assert twilio.requests == 1, "never again by itself"


def test_a_look_up_takes_no_other_texts_id_for_its_own(app, twilio, dispatcher, clock):
    (first,) = queued(resident(channel="twilio_sms", address=SARA))
    dispatcher.drain()
    (second,) = queued(resident(channel="twilio_sms", address=SARA))
    twilio.manners[SARA] = [Manner.DIES_BEFORE]
    dispatcher.drain()
    clock.advance(minutes=2)
    dispatcher.drain()
    assert states(first, second) == ["sent", "uncertain"]
    twilio.phone(SARA).texts()


def test_a_request_that_hangs_is_cut_off_and_is_uncertain(app, twilio, clock):
    quick = TwilioSms.from_config(app.config["BEREDSKAB"])
    quick.timeout = 0.3
    (row,) = queued(resident(channel="twilio_sms", address=SARA))
    twilio.manners[SARA] = [Manner.HANGS_EMPTY]
    Dispatcher(app, {"twilio_sms": quick}).drain()
    assert states(row) == ["uncertain"]


def test_a_duty_person_is_texted_once_more_for_each_uncertain_attempt(app, twilio, dispatcher, clock):
    (row,) = queued(sms(priority=0))
    twilio.manners[SARA] = [Manner.DIES_MID_ANSWER]
    for _ in range(5):
        dispatcher.drain()
        clock.advance(minutes=1)
    assert states(row) == ["sent"]
    assert len(twilio.phone(SARA).texts()) == 2


@pytest.mark.parametrize(("manner", "code"), [(Manner.NO_SUCH_NUMBER, 21211), (Manner.LANDLINE, 21614)])
def test_a_number_that_is_none_is_the_end(app, twilio, dispatcher, clock, manner, code):
    (row,) = queued(sms())
    twilio.manners[SARA] = [manner]
    dispatcher.drain()
    assert states(row) == ["failed"]
    assert row.error_code == f"twilio_{code}"


def test_a_wrong_token_is_ours_to_mend_and_costs_no_text(app, twilio, clock):
    with switched_on(app, twilio, TWILIO_AUTH_TOKEN="not the token"):
        (row,) = queued(sms())
        Dispatcher(app).drain()
    assert states(row) == ["queued"]
    assert row.error_code == "twilio_20003"


def test_the_networks_limit_for_one_number_holds_texts_back(app, twilio, clock):
    with switched_on(app, twilio, TWILIO_PER_SECOND="0"):
        rows = queued(*(sms(text="Det samme", priority=3) for _ in range(25)))
        dispatcher = Dispatcher(app)
        dispatcher.drain()
        assert len(twilio.phone(SARA).texts()) == 19
        assert states(*rows).count("queued") == 6
        clock.advance(minutes=59)
        dispatcher.drain()
        assert twilio.phone(SARA).texts() == []


def test_no_number_and_no_word_of_a_text_stands_in_the_servers_log(app, twilio, dispatcher, clock, caplog):
    caplog.set_level("DEBUG")
    queued(resident(channel="twilio_sms", address=SARA, text="Hemmeligt rygte"))
    twilio.manners[SARA] = [Manner.DIES_MID_ANSWER]
    dispatcher.drain()
    twilio.phone(SARA).text()
    assert SARA not in caplog.text and SARA[1:] not in caplog.text
    assert "Hemmeligt" not in caplog.text and TOKEN not in caplog.text


def test_many_texts_share_the_connections_and_every_one_is_taken_once(app, twilio, clock):
    with switched_on(app, twilio, TWILIO_PER_SECOND="0"):
        twilio.delay = 0.02
        rows = queued(*(resident(channel="twilio_sms") for _ in range(200)))
        Dispatcher(app).drain()
    assert set(states(*rows)) == {"sent"}
    assert len({row.provider_id for row in rows}) == 200
    assert twilio.most_at_once > 20
    twilio.ignore(*(row.address for row in rows))


def test_a_call_off_ends_the_ringing(app, twilio, dispatcher, clock):
    (row,) = queued(callout(channel="twilio_voice", address=SARA))
    dispatcher.drain()
    call = twilio.phone(SARA).call()
    assert call.rings and call.detects_machines
    stopped = outbox.cancel(about="callout:1", reason="acknowledged")
    assert [one.id for one in stopped.already_left] == [row.id]
    dispatcher.drain()
    assert call.status == "canceled"
    assert row.ended_at == clock.now


def test_the_attempts_tell_the_whole_story(app, twilio, dispatcher, clock):
    queued(sms())
    twilio.manners[SARA] = [Manner.DOWN, Manner.BUSY]
    for _ in range(4):
        dispatcher.drain()
        clock.advance(minutes=1)
    told = [(a.number, str(a.outcome), a.detail) for a in db.session.query(Attempt).order_by(Attempt.number)]
    assert told == [(1, "temporary", "twilio_20503"), (2, "temporary", "twilio_429"), (3, "accepted", None)]
    assert db.session.query(Delivery).one().attempts == 3
    twilio.phone(SARA).text()
