from itertools import permutations

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.messaging import hooks, jobs, receipts
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery, DeliveryState, Receipt
from tests.fakes.provider import Provider
from tests.messaging.making import new, queued, resident, states

S = DeliveryState


@pytest.fixture
def sent(app, clock) -> Delivery:
    (row,) = queued(resident())
    Dispatcher(app, {"log": Provider()}).drain()
    assert states(row) == ["sent"]
    db.session.refresh(row)
    return row


def settle(provider_id: str, *reported: DeliveryState) -> None:
    for state in reported:
        receipts.settle(provider_id, state, "30003" if state is S.FAILED else None)
        db.session.commit()


@pytest.mark.parametrize("order", sorted(set(permutations([S.SENT, S.SENT, S.DELIVERED, S.DELIVERED]))))
def test_in_whatever_order_and_however_often_it_ends_as_delivered(sent, order):
    settle(sent.provider_id, *order)
    assert states(sent) == ["delivered"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Receipt)) == 2


def test_a_failure_after_the_hand_over_is_a_failure(sent):
    settle(sent.provider_id, S.FAILED, S.SENT)
    assert states(sent) == ["failed"]
    assert sent.error_code == "30003"


def test_proof_of_arrival_wins_over_a_failure(sent):
    settle(sent.provider_id, S.FAILED, S.DELIVERED, S.FAILED)
    assert states(sent) == ["delivered"]


def test_a_receipt_that_is_faster_than_the_answer_is_applied_when_the_answer_comes(app, clock):
    (row,) = queued(resident())
    settle(f"sid-{row.public_id}-1", S.DELIVERED)
    assert states(row) == ["queued"]
    Dispatcher(app, {"log": Provider()}).drain()
    jobs.apply_receipts()
    assert states(row) == ["delivered"]


def test_a_receipt_for_nobody_changes_nothing(app, clock):
    (row,) = queued(new())
    settle("forged", S.DELIVERED)
    jobs.apply_receipts()
    assert states(row) == ["queued"]


@pytest.mark.parametrize("state", [state for state in S if state not in receipts.REPORTED])
def test_no_provider_reports_our_own_states(app, state):
    with pytest.raises(ValueError, match="no provider reports"):
        receipts.settle("sid", state)


def test_each_news_is_told_once(sent, monkeypatch):
    heard: list[str] = []
    monkeypatch.setattr(hooks, "on_outcome", [lambda rows: heard.extend(str(d.state) for d in rows)])
    settle(sent.provider_id, S.DELIVERED, S.DELIVERED, S.SENT)
    assert heard == ["delivered"]
