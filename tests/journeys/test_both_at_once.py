"""The same person answers by text and by key in the same moment; so do two people."""

from concurrent.futures import ThreadPoolExecutor

from app.callout.models import Answered, CalloutState
from app.extensions import db
from app.logbook.models import LogEntry


def answers(incident):
    entries = db.session.query(LogEntry).filter(LogEntry.chain_id == incident.chain_id)
    return sum((entry.text or "").startswith("Ungdomsklubben har svaret") for entry in entries)


def test_both_channels_at_once_are_one_answer_and_both_are_thanked(night):
    incident = night.activate()
    first = night.club[0]
    code = first.text("Svar ").body.split("Svar ")[1][:4]
    night.pass_time(seconds=90)
    call = first.call()
    call.lift()
    db.session.commit()
    with ThreadPoolExecutor(2) as hands:
        pressed, written = hands.submit(call.press, "1"), hands.submit(first.reply, code)
        said, answer = pressed.result(20), written.result(20)
    assert answer.status == 200
    assert said[0].startswith(("Tak.", "Der er allerede svaret"))
    round_ = night.round_of(incident)
    assert round_.state is CalloutState.ACKNOWLEDGED
    assert answers(incident) == 1
    night.pass_time(minutes=20)


def test_the_deputy_who_is_a_moment_later_is_told_that_it_is_done(night):
    incident = night.activate()
    first, deputy, _ = night.club
    code = first.text("Svar ").body.split("Svar ")[1][:4]
    night.pass_time(seconds=270)
    first.call()
    deputy.text()
    call = deputy.call()
    call.lift()
    first.reply(f"ja {code}")
    assert call.press("1") == ["Der er allerede svaret, eller beredskabet er slut. Du skal ikke gøre mere. Tak."]
    assert night.round_of(incident).answered_how is Answered.CODE
    assert answers(incident) == 1
