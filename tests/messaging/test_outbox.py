import threading

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.messaging import outbox, queries
from app.messaging.models import Delivery, DeliveryState, ReceiverKind
from tests.messaging.making import new, queued, states


def test_what_is_queued_stands_alone_and_in_the_order_given(app, clock):
    rows = outbox.queue([new(unique_key="b", address="+4520000002"), new(unique_key="a", address="+4520000001")])
    assert [row.address for row in rows] == ["+4520000002", "+4520000001"]
    assert rows[0].state is DeliveryState.QUEUED
    assert rows[0].queued_at == rows[0].due_at == clock.now
    assert len({row.public_id for row in rows}) == 2


def test_the_same_key_twice_is_the_first_one(app):
    (first,) = outbox.queue([new(unique_key="k", text="den første")])
    again, also = outbox.queue([new(unique_key="k", text="den anden"), new(unique_key="k")])
    assert first.id == again.id == also.id
    assert again.text == "den første"


def test_two_who_queue_the_same_keys_at_once_make_them_once(app):
    keys = [f"key-{number}" for number in range(60)]
    start, faults = threading.Barrier(2), []

    def queue_all(order):
        with app.app_context():
            try:
                start.wait(5)
                outbox.queue([new(unique_key=key) for key in order])
                db.session.commit()
            except Exception as error:
                faults.append(error)

    both = [threading.Thread(target=queue_all, args=(order,)) for order in (keys, keys[::-1])]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    assert faults == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == len(keys)


def test_ten_thousand_are_queued_without_a_thought(app):
    rows = outbox.queue(new(group="many") for _ in range(2_000))
    assert len({row.id for row in rows}) == 2_000


def test_a_crowd_is_queued_in_the_order_given_and_once(app):
    crowd = [new(group="crowd") for _ in range(outbox.CHUNK + 7)]
    ids = outbox.queue_crowd(iter(reversed(crowd)))
    assert ids == outbox.queue_crowd(reversed(crowd))
    assert ids == [row.id for row in outbox.queue(crowd)][::-1]


def test_cancel_stops_what_waits_and_names_what_had_left(app, clock):
    waiting, sent, other = queued(new(about="callout:7"), new(about="callout:7"), new(about="callout:8"))
    sent.state, sent.sent_at = DeliveryState.SENT, clock.now
    db.session.commit()
    stopped = outbox.cancel(about="callout:7", reason="acknowledged")
    db.session.commit()
    assert stopped.cancelled == 1
    assert [row.id for row in stopped.already_left] == [sent.id]
    assert states(waiting, sent, other) == ["cancelled", "sent", "queued"]
    assert (waiting.settled_at, waiting.error_code) == (clock.now, "acknowledged")


def test_cancel_by_group_and_about_takes_only_what_fits_both(app):
    both, one = queued(new(about="a", group="g"), new(about="b", group="g"))
    assert outbox.cancel(about="a", group="g", reason="stop").cancelled == 1
    db.session.commit()
    assert states(both, one) == ["cancelled", "queued"]


def test_cancel_wants_to_know_what(app):
    with pytest.raises(ValueError, match="about or group"):
        outbox.cancel(reason="stop")


def test_a_repeat_that_is_stopped_may_still_have_left(app):
    (row,) = queued(new(about="callout:7"))
    row.may_have_left, row.attempts = True, 1
    db.session.commit()
    stopped = outbox.cancel(about="callout:7", reason="acknowledged")
    db.session.commit()
    assert stopped.cancelled == 0
    assert [d.id for d in stopped.already_left] == [row.id]
    assert states(row) == ["uncertain"]


@pytest.mark.parametrize("kind", [kind for kind in ReceiverKind if kind is not ReceiverKind.PARTY])
def test_an_exercise_is_refused_to_others_than_parties(app, kind):
    with pytest.raises(ValueError, match="parties only"):
        new(is_exercise=True, text="ØVELSE: brand", receiver_kind=kind)


def test_an_exercise_says_so_first(app):
    with pytest.raises(ValueError, match="begins with ØVELSE"):
        new(is_exercise=True, text="Brand. ØVELSE")
    assert queued(new(is_exercise=True, text="ØVELSE: brand"))


def test_progress_counts_each_state(app):
    first, *_ = queued(*(new(group="g") for _ in range(3)))
    first.state, first.sent_at = DeliveryState.SENT, first.queued_at
    db.session.commit()
    assert queries.progress(group="g") == {DeliveryState.SENT: 1, DeliveryState.QUEUED: 2}
