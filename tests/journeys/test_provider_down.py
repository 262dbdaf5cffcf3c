"""The provider is away for twenty minutes, and comes back."""

from app.callout import operations
from app.callout.models import Answered, CalloutState
from app.extensions import db
from app.messaging import providers
from app.messaging.models import Delivery, DeliveryState
from tests.fakes.twilio import Manner


def test_every_duty_person_is_reached_when_it_comes_back_and_the_room_has_said_so(night):
    night.twilio.mood = Manner.DOWN
    incident = night.activate()
    night.pass_time(minutes=20)
    assert night.twilio.texts == [] and night.twilio.calls == []
    assert providers.troubled() == ["twilio_sms", "twilio_voice"]
    assert night.round_of(incident).state is CalloutState.EXHAUSTED, "the leader was told to ring long ago"
    night.twilio.mood = Manner.TAKES
    night.pass_time(minutes=2)
    assert providers.troubled() == []
    for phone in night.club:
        assert phone.texts(), "an open question is still asked"
        phone.call()
    for call in night.twilio.calls:
        call.was_read = True
    reply = night.club[2].reply("ja")
    assert reply.status == 200
    assert night.round_of(incident).state is CalloutState.ACKNOWLEDGED
    left = db.session.query(Delivery).filter(Delivery.about == f"callout:{night.round_of(incident).id}")
    assert {one.state for one in left} <= {DeliveryState.SENT, DeliveryState.CANCELLED}


def test_an_answer_while_it_is_away_means_that_nothing_goes_when_it_is_back(night):
    night.twilio.mood = Manner.DOWN
    incident = night.activate()
    night.pass_time(minutes=5)
    round_ = night.round_of(incident)
    operations.acknowledge(round_, Answered.MANUAL, "Klaus", by=None)
    night.twilio.mood = Manner.TAKES
    night.pass_time(minutes=20)
    assert all(phone.is_silent() for phone in night.club)
