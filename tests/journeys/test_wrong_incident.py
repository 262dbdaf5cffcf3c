"""One phone, two incidents: an answer goes where its code says, and a bare yes to both goes to neither."""

import pytest

from app.callout.models import CalloutState
from app.extensions import db
from app.messaging.models import InboundMessage

CALLING, ANSWERED = CalloutState.CALLING, CalloutState.ACKNOWLEDGED


def codes(phone):
    return [body.split("Svar ")[1][:4] for body in phone.texts()]


def test_a_code_answers_its_own_incident_and_not_the_newest(night):
    one = night.activate("Rygte om drab")
    other = night.activate("Uro ved torvet")
    first = night.club[0]
    mine, others = codes(first)
    assert mine != others
    first.reply(mine)
    assert night.round_of(one).state is ANSWERED
    assert night.round_of(other).state is CALLING
    night.pass_time(seconds=60)
    first.reply(others)
    assert night.round_of(other).state is ANSWERED


def test_a_bare_yes_to_two_questions_is_read_by_people_and_asks_for_the_code(night):
    one, other = night.activate("Rygte om drab"), night.activate("Uro ved torvet")
    first = night.club[0]
    codes(first)
    first.reply("JA")
    night.work()
    assert {night.round_of(one).state, night.round_of(other).state} == {CALLING}
    first.text("svar med koden")
    assert db.session.query(InboundMessage).one().text == "JA"


def test_a_code_that_was_used_is_not_taken_for_another_incident(night):
    one = night.activate("Rygte om drab")
    first = night.club[0]
    (used,) = codes(first)
    first.reply(used)
    other = night.activate("Uro ved torvet")
    first.reply(used)
    assert night.round_of(one).state is ANSWERED
    assert night.round_of(other).state is CALLING, "an old code answers nothing new"
    first.texts()


def test_a_bare_yes_or_1_where_only_one_is_open(night):
    for word in ("Ja, jeg kommer", "1"):
        incident = night.activate()
        night.club[0].texts()
        night.club[0].reply(word)
        assert night.round_of(incident).state is ANSWERED


def test_an_answer_that_only_begins_with_a_digit_is_none(night):
    incident = night.activate()
    night.club[0].texts()
    night.club[0].reply("2 minutter")
    night.work()
    assert night.round_of(incident).state is CALLING
    night.club[0].text("svar med koden")


def test_who_cannot_come_is_let_be_and_the_next_is_asked_at_once(night):
    incident = night.activate()
    first, deputy, third = night.club
    code = first.text().body.split("Svar ")[1][:4]
    first.reply(f"{code} NEJ")
    night.work()
    deputy.text("Svar ")
    night.pass_time(seconds=100)
    assert first.is_silent(), "their phone does not ring any more"
    deputy.call().lift()
    deputy.server.calls[-1].press("2")
    night.work()
    third.text("Svar ")
    assert first.is_silent() and deputy.is_silent()
    third.reply("Nej")
    night.work()
    round_ = night.round_of(incident)
    assert round_.state is CalloutState.EXHAUSTED, "everybody said no, so the leader is told at once"
    first.reply(code)
    assert night.round_of(incident).state is ANSWERED, "plans change"


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("{code}", "yes"), ("Ja {code}, vi kommer", "yes"), ("svar {code}", "yes"), ("nej {code}", "no"),
        ("{code} 2", "no"), ("{code} men jeg kan ikke komme", "no"), ("JA", "yes"), ("ok", "yes"), ("1.", "yes"),
        ("NEJ", "no"), ("Kan ikke komme", "no"), ("2", "no"), ("Ok, men jeg kan ikke komme", "unclear"),
        ("Hvem er det?", "unclear"), ("112", "unclear"), ("Jeg er på vej", "unclear"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("backend", ["sqlite"])
def test_what_people_write_and_what_it_means(night, said, means):
    incident = night.activate()
    first, deputy, _ = night.club
    code = first.text().body.split("Svar ")[1][:4]
    first.reply(said.format(code=code))
    night.work()
    assert night.round_of(incident).state is (ANSWERED if means == "yes" else CALLING)
    assert bool(deputy.texts()) is (means == "no")
    assert bool(first.texts()) is (means == "unclear")
