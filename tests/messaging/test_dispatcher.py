import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.messaging import hooks, outbox, queries
from app.messaging.channels.base import PermanentFailure, TemporaryFailure
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Attempt, Delivery, DeliveryState, Outcome, Priority
from app.messaging.rates import Rate
from app.messaging.retry import PAUSES
from tests.fakes.provider import Provider
from tests.messaging.making import callout, new, queued, resident, running, soon, states


@pytest.fixture
def provider():
    return Provider()


@pytest.fixture
def dispatcher(app, provider):
    return Dispatcher(app, {"log": provider}, in_flight=16)


def attempts(row: Delivery) -> list[tuple[int, str | None, str | None]]:
    found = db.session.scalars(sa.select(Attempt).filter_by(delivery_id=row.id).order_by(Attempt.number))
    return [(one.number, one.outcome and one.outcome.value, one.detail) for one in found]


def test_what_is_due_is_sent_and_recorded(app, clock, dispatcher, provider):
    (row,) = queued(new(text="Kom til lokalerne kl. 20.", subject="Møde"))
    assert dispatcher.run_once() == 1
    assert states(row) == ["sent"]
    assert (row.sent_at, row.attempts, row.worker, row.leased_until) == (clock.now, 1, None, None)
    assert row.provider_id == f"sid-{row.public_id}-1"
    assert attempts(row) == [(1, "accepted", None)]
    assert (provider.accepted[0].text, provider.accepted[0].subject) == ("Kom til lokalerne kl. 20.", "Møde")


def test_what_is_planned_waits_for_its_time(app, clock, dispatcher, provider):
    queued(new(due_at=clock.now + timedelta(minutes=20)))
    assert dispatcher.drain() == 0
    clock.advance(minutes=20)
    assert dispatcher.drain() == 1


def test_what_is_too_old_is_never_sent(app, clock, dispatcher, provider):
    (row,) = queued(callout(valid_until=clock.now + timedelta(minutes=5)))
    clock.advance(minutes=5)
    assert dispatcher.drain() == 0
    assert provider.began == []
    assert states(row) == ["expired"]
    assert row.settled_at == clock.now


def test_the_urgent_goes_first(app, clock, provider):
    one_at_a_time = Dispatcher(app, {"log": provider}, in_flight=1)
    for priority in reversed(Priority):
        queued(new(priority=priority, name=priority.name))
    one_at_a_time.drain()
    assert [sent.name for sent in provider.began] == ["CALLOUT", "WITHDRAWAL", "NOTICE", "RESIDENT"]


def test_never_more_in_flight_than_allowed(app, clock, provider):
    provider.delay = 0.01
    queued(*(resident() for _ in range(40)))
    Dispatcher(app, {"log": provider}, in_flight=8).drain()
    assert len(provider.accepted) == 40
    assert provider.most_at_once == 6  # two of eight are kept for call-outs


def test_a_channel_that_is_not_open_sends_nothing(app, clock, dispatcher):
    (row,) = queued(new(channel="smtp"))
    assert dispatcher.drain() == 0
    assert states(row) == ["queued"]


def test_acknowledged_before_the_claim_means_no_call_begins(app, clock, dispatcher, provider):
    queued(callout(), callout())
    outbox.cancel(about="callout:1", reason="acknowledged")
    db.session.commit()
    dispatcher.drain()
    assert provider.began == []


def test_a_temporary_no_is_tried_again_after_a_pause(app, clock, dispatcher, provider):
    (row,) = queued(new(address="+4520000001"))
    provider.answers["+4520000001"] = [TemporaryFailure("busy"), None]
    dispatcher.drain()
    assert states(row) == ["queued"]
    assert (row.error_code, row.due_at) == ("busy", clock.now + timedelta(seconds=PAUSES[0]))
    assert dispatcher.drain() == 0
    clock.advance(seconds=PAUSES[0])
    dispatcher.drain()
    assert states(row) == ["sent"]
    assert row.error_code is None
    assert attempts(row) == [(1, "temporary", "busy"), (2, "accepted", None)]


def test_it_gives_up_when_the_text_is_too_old_to_be_of_use(app, clock, dispatcher, provider):
    (row,) = queued(new(address="+4520000001", valid_until=clock.now + timedelta(days=1)))
    provider.answers["+4520000001"] = [TemporaryFailure("busy") for _ in range(100)]
    for _ in range(30):
        dispatcher.drain()
        clock.advance(hours=1)
    assert states(row) == ["expired"]
    assert len(provider.began) == 24


def test_a_permanent_no_is_the_end(app, clock, dispatcher, provider):
    (row,) = queued(new(address="+4520000001"))
    provider.answers["+4520000001"] = [PermanentFailure("landline")]
    dispatcher.drain()
    assert states(row) == ["failed"]
    assert (row.error_code, row.settled_at) == ("landline", clock.now)


@pytest.mark.parametrize("error", [ConnectionResetError(), TimeoutError(), KeyError("bug")])
def test_an_unclear_end_is_never_repeated_to_a_resident(app, clock, dispatcher, provider, error):
    (row,) = queued(resident(address="+4520000001"))
    provider.answers["+4520000001"] = [error]
    for _ in range(3):
        dispatcher.drain()
        clock.advance(minutes=10)
    assert states(row) == ["uncertain"]
    assert row.may_have_left
    assert len(provider.began) == 1


def test_an_unclear_end_is_repeated_to_the_one_on_duty(app, clock, dispatcher, provider):
    (row,) = queued(callout(address="+4520000001"))
    provider.answers["+4520000001"] = [ConnectionResetError(), None]
    dispatcher.drain()
    clock.advance(seconds=5)
    dispatcher.drain()
    assert states(row) == ["sent"]
    assert attempts(row) == [(1, "uncertain", "ConnectionResetError"), (2, "accepted", None)]
    clock.advance(minutes=30)
    assert dispatcher.drain() == 0


def test_a_provider_that_never_answers_is_left_in_time(app, clock, dispatcher, provider):
    provider.delay, provider.timeout = 30, 0.05
    (row,) = queued(resident())
    dispatcher.drain()
    assert states(row) == ["uncertain"]
    assert row.error_code == "TimeoutError"


def test_a_request_that_cannot_end_within_its_lease_does_not_begin(app, clock, provider):
    (row,) = queued(resident())
    Dispatcher(app, {"log": provider}, lease=timedelta(seconds=4)).run_once()
    assert provider.began == []
    assert states(row) == ["queued"]
    assert row.error_code == "lease_too_short"


def test_no_faster_than_the_senders_tokens(app, clock, dispatcher, provider):
    provider.rate = Rate(per_second=2, burst=5)
    limited = Dispatcher(app, {"log": provider}, in_flight=64)
    queued(*(resident() for _ in range(12)), callout())
    assert limited.drain() == 6  # five, and the call-out by its own sender
    assert limited.drain() == 0
    clock.advance(seconds=1)
    assert limited.drain() == 2
    clock.advance(minutes=30)
    assert limited.drain() == 5


def test_two_workers_share_one_bucket(app, clock, provider):
    provider.rate = Rate(per_second=1, burst=3)
    queued(*(resident() for _ in range(10)))
    assert [Dispatcher(app, {"log": provider}).drain() for _ in range(2)] == [3, 0]


def test_listeners_hear_what_came_to_rest_and_nothing_else(app, clock, dispatcher, provider, monkeypatch):
    heard: list[tuple[str, str]] = []
    monkeypatch.setattr(hooks, "on_outcome", [lambda rows: heard.extend((d.address, str(d.state)) for d in rows)])
    old = {"address": "+45old", "valid_until": clock.now}
    queued(new(address="+45ok"), new(address="+45no"), new(address="+45busy"), new(**old))
    provider.answers = {"+45no": [PermanentFailure("no")], "+45busy": [TemporaryFailure("busy")]}
    dispatcher.drain()
    assert sorted(heard) == [("+45no", "failed"), ("+45ok", "sent"), ("+45old", "expired")]


def test_a_listeners_fault_does_not_make_us_forget(app, clock, dispatcher, provider, monkeypatch, caplog):
    def clumsy(rows: list[hooks.Ended]) -> None:
        db.session.get_one(Delivery, rows[0].id).name = "half done"
        db.session.flush()
        raise KeyError("Sara Holm +4520123456")

    after_it: list[int] = []
    monkeypatch.setattr(hooks, "on_outcome", [clumsy, lambda rows: after_it.append(len(rows))])
    (row,) = queued(new())
    dispatcher.drain()
    assert states(row) == ["sent"]
    assert (row.name, after_it) == ("Sara Holm", [1])
    assert "KeyError" in caplog.text
    assert "Sara" not in caplog.text


def test_no_log_line_holds_a_name_an_address_or_a_text(app, clock, dispatcher, provider, caplog):
    caplog.set_level("DEBUG")
    row = new(address="+4520123456", text="hemmelig tekst")
    provider.answers["+4520123456"] = [ConnectionResetError("Sara Holm +4520123456 hemmelig tekst"), None]
    queued(row)
    dispatcher.drain()
    for secret in ("Sara", "20123456", "hemmelig"):
        assert secret not in caplog.text


def test_a_running_dispatcher_sends_at_once_and_shows_that_it_lives(app, dispatcher, provider):
    assert queries.late()
    db.session.rollback()
    with running(dispatcher):
        (row,) = queued(callout())
        soon(lambda: states(row) == ["sent"], within=2)
        soon(lambda: not queries.late(), within=2)


def test_an_empty_outbox_is_looked_at_at_least_every_300_ms(app, dispatcher, provider):
    with running(dispatcher):
        waits = []
        for _ in range(5):
            (row,) = queued(callout())
            before = time.monotonic()
            soon(lambda row=row: row.address in provider.began_at, within=2)
            waits.append(provider.began_at[row.address] - before)
    assert sorted(waits)[2] < 0.4


def test_a_stopped_dispatcher_finishes_what_is_in_flight(app, dispatcher, provider):
    provider.delay = 0.5
    (row,) = queued(resident())
    with running(dispatcher):
        soon(lambda: len(provider.began) == 1)
        (late,) = queued(resident())
        # the loop is told to stop while the first is on its way; the second may or may not have begun
    assert states(row) == ["sent"]
    assert states(late) in (["sent"], ["queued"])


def test_every_result_is_recorded_while_others_come_in(app, provider):
    provider.delay = 0.03
    queued(*(resident() for _ in range(200)))
    with running(Dispatcher(app, {"log": provider}, in_flight=16)):
        soon(lambda: queries.progress(group="group:1") == {DeliveryState.SENT: 200})


def test_a_callout_in_the_middle_of_a_broadcast_is_not_delayed(app, provider):
    provider.delay = 0.05
    queued(*(resident() for _ in range(1_500)))
    with running(Dispatcher(app, {"log": provider}, in_flight=32)):
        soon(lambda: len(provider.accepted) > 100)
        before = time.monotonic()
        rows = queued(*(callout() for _ in range(3)))
        soon(lambda: all(row in provider.began_at for row in [r.address for r in rows]), within=5)
        waited = max(provider.began_at[row.address] - before for row in rows)
        db.session.rollback()
        assert len(provider.accepted) < 1_400, "the broadcast was over before the call-out came"
    assert waited < 1.0


def test_outcome_is_kept_on_each_attempt(app, clock, dispatcher):
    (row,) = queued(new())
    dispatcher.drain()
    assert db.session.get_one(Attempt, (row.id, 1)).outcome is Outcome.ACCEPTED
