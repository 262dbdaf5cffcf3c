"""The first contact sleeps; the deputy answers by a key."""

from app.callout.models import Answered, CalloutState


def test_the_deputy_answers_by_a_key_and_nobody_else_is_woken(night):
    incident = night.activate()
    asleep, deputy, third = night.club
    asleep.text("Svar ")
    night.pass_time(seconds=75)
    assert asleep.is_silent(), "the call waits ninety seconds for an answer to the text"
    night.pass_time(seconds=15)
    ringing = asleep.call()
    assert ringing.rings
    night.pass_time(seconds=45)
    ringing.ring_out()
    night.pass_time(seconds=45)
    deputy.text("Svar ")
    night.pass_time(seconds=90)
    call = deputy.call()
    heard = call.lift()
    assert heard[0] == heard[1] and "Tryk 1" in heard[0] and "20 00 00 01" in heard[0]
    thanks = call.press("1")
    assert thanks == ["Tak. Vi har noteret, at Ungdomsklubben har svaret. Ring til lederen, eller log ind i Beredskab."]
    round_ = night.round_of(incident)
    assert (round_.state, round_.answered_how) == (CalloutState.ACKNOWLEDGED, Answered.KEY)
    assert round_.answered_label == "youth_club B"
    night.pass_time(minutes=30)
    assert asleep.is_silent() and deputy.is_silent() and third.is_silent()


def test_a_phone_that_still_rings_is_let_go_when_the_text_is_answered(night):
    incident = night.activate()
    first = night.club[0]
    text = first.text("Svar ")
    night.pass_time(seconds=90)
    call = first.call()
    code = text.body.split("Svar ")[1][:4]
    first.reply(code)
    night.work()
    assert call.status == "canceled"
    assert night.round_of(incident).answered_how is Answered.CODE


def test_nobody_answers_and_the_leader_hears_of_it(night):
    incident = night.activate()
    night.pass_time(minutes=9)
    for phone in night.club:
        phone.texts()
    for call in night.twilio.calls:
        call.was_read = True
    assert night.round_of(incident).state is CalloutState.EXHAUSTED
    asked = [one.to for one in night.twilio.calls]
    assert [asked.count(phone.number) for phone in night.club] == [2, 2, 1]
