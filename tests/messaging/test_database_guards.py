"""What the database itself refuses, whoever asks."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.extensions import db
from app.messaging.models import Delivery
from tests.messaging.making import new, queued, resident


def refuses(row: Delivery, **values: object) -> bool:
    try:
        with db.session.begin_nested():
            db.session.execute(sa.update(Delivery).where(Delivery.id == row.id).values(**values))
    except DBAPIError:
        return True
    return False


@pytest.fixture
def exercise(app):
    return queued(new(is_exercise=True, text="ØVELSE: brand i kælderen"))[0]


def test_an_exercise_never_becomes_a_residents(exercise):
    assert refuses(exercise, receiver_kind="resident")


def test_an_exercise_never_loses_its_first_word(exercise):
    assert refuses(exercise, text="Brand i kælderen")
    assert refuses(exercise, text="Øvelse: brand")


def test_a_residents_delivery_never_becomes_an_exercise(app):
    assert refuses(queued(resident(text="ØVELSE: brand"))[0], is_exercise=True)


def test_exercise_and_receiver_kind_are_set_at_birth(exercise):
    assert refuses(exercise, is_exercise=False)
    assert refuses(queued(new())[0], receiver_kind="board")


@pytest.mark.parametrize("state", ["delivered", "failed", "cancelled", "expired"])
def test_what_is_settled_has_its_time(app, clock, state):
    (row,) = queued(new())
    assert refuses(row, state=state, sent_at=clock.now)
    assert not refuses(row, state=state, sent_at=clock.now, settled_at=clock.now)


def test_what_is_not_settled_has_none(app, clock):
    assert refuses(queued(new())[0], settled_at=clock.now)


def test_what_is_being_sent_has_a_lease(app, clock):
    (row,) = queued(new())
    assert refuses(row, state="sending", worker="w")
    assert refuses(row, state="sending", leased_until=clock.now)
    assert not refuses(row, state="sending", leased_until=clock.now, worker="w")


def test_what_is_sent_has_its_time(app):
    assert refuses(queued(new())[0], state="sent")


@pytest.mark.parametrize("values", [{"state": "lost"}, {"priority": 9}, {"receiver_kind": "suspect"}])
def test_only_known_words_are_kept(app, values):
    assert refuses(queued(new())[0], **values)


@pytest.mark.parametrize("values", [{"state": "queued"}, {"state": "sending", "worker": "w"}])
def test_a_residents_text_that_may_have_left_never_goes_again(app, clock, values):
    (row,) = queued(resident())
    db.session.execute(sa.update(Delivery).where(Delivery.id == row.id).values(state="uncertain"))
    db.session.commit()
    lease = {"leased_until": clock.now} if "worker" in values else {}
    assert refuses(row, **values, **lease)


def test_what_was_sent_is_never_queued_again(app, clock):
    (row,) = queued(new())
    db.session.execute(sa.update(Delivery).where(Delivery.id == row.id).values(state="sent", sent_at=clock.now))
    db.session.commit()
    assert refuses(row, state="queued")
    assert refuses(row, state="cancelled", settled_at=clock.now)
