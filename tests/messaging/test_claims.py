from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.messaging import claims
from app.messaging.claims import Lane, Sender
from app.messaging.models import Attempt, Delivery
from tests.messaging.making import callout, new, queued, resident

OTHER = Sender("log", Lane.OTHER, None)


def take(many: int = 10, sender: Sender = OTHER, worker: str = "one") -> list[int]:
    return [one.delivery_id for one in claims.take(sender, many, worker, timedelta(seconds=45))]


def test_two_claims_at_once_share_nothing(app):
    rows = sorted(row.id for row in queued(*(resident() for _ in range(8))))

    def another() -> list[int]:
        with app.app_context():
            taken = take(8, worker="two")
            db.session.commit()
            return taken

    ours = take(5)
    with ThreadPoolExecutor(1) as aside:
        waiting = aside.submit(another)
        try:
            if db.engine.dialect.name == "postgresql":
                waiting.result(5)  # nobody waits for another's claim
        finally:
            db.session.commit()
        theirs = waiting.result(20)
    assert ours == rows[:5]
    assert theirs == rows[5:]
    holders = {row.id: row.worker for row in db.session.scalars(sa.select(Delivery))}
    assert holders == dict.fromkeys(ours, "one") | dict.fromkeys(theirs, "two")


def test_what_is_too_old_or_too_early_is_not_claimed(app, clock):
    queued(new(valid_until=clock.now), new(due_at=clock.now + timedelta(seconds=1)))
    assert take() == []


@pytest.mark.parametrize(("lane", "name"), [(Lane.CALLOUT, "urgent"), (Lane.OTHER, "other")])
def test_each_lane_takes_its_own(app, lane, name):
    rows = dict(zip(["other", "urgent"], queued(resident(), callout()), strict=True))
    assert take(sender=Sender("log", lane, None)) == [rows[name].id]


def test_the_attempt_is_written_before_the_request_begins(app, clock):
    (row,) = queued(new())
    take()
    db.session.commit()
    attempt = db.session.get_one(Attempt, (row.id, 1))
    assert (attempt.began_at, attempt.ended_at, attempt.outcome) == (clock.now, None, None)
    assert (row.worker, row.leased_until) == ("one", clock.now + timedelta(seconds=45))


def test_looking_locks_nothing_and_sees_what_is_due(app, clock):
    others = [Sender("smtp", Lane.OTHER, None), Sender("log", Lane.CALLOUT, None)]
    assert claims.due([OTHER, *others]) == []
    queued(new(due_at=clock.now + timedelta(minutes=1)))
    assert claims.due([OTHER, *others]) == []
    clock.advance(minutes=1)
    assert claims.due([OTHER, *others]) == [OTHER]
