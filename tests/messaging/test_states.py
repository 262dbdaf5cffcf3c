import pytest

from app.messaging.states import ALLOWED, LABELS, LEFT, SETTLED, DeliveryState, may_become, stopped

S = DeliveryState


@pytest.mark.parametrize(
    ("now", "then", "allowed"),
    [
        (S.QUEUED, S.SENDING, True),
        (S.QUEUED, S.CANCELLED, True),
        (S.QUEUED, S.FAILED, False),  # nothing fails untried
        (S.SENDING, S.CANCELLED, False),  # what is claimed can no longer be stopped
        (S.SENDING, S.QUEUED, True),
        (S.SENDING, S.DELIVERED, True),  # the receipt was faster than the answer
        (S.SENT, S.DELIVERED, True),
        (S.SENT, S.FAILED, True),
        (S.SENT, S.QUEUED, False),
        (S.SENT, S.UNCERTAIN, False),
        (S.SENT, S.CANCELLED, False),
        (S.DELIVERED, S.SENT, False),  # a late "sent"
        (S.DELIVERED, S.FAILED, False),
        (S.FAILED, S.SENT, False),
        (S.FAILED, S.DELIVERED, True),  # proof of arrival wins
        (S.UNCERTAIN, S.SENT, True),
        (S.UNCERTAIN, S.SENDING, False),  # never by itself: only through the queue, where the rule says so
        (S.CANCELLED, S.SENT, True),  # it had left all the same
        (S.CANCELLED, S.SENDING, False),
        (S.CANCELLED, S.QUEUED, False),
        (S.EXPIRED, S.QUEUED, False),
    ],
)
def test_the_order_of_states(now, then, allowed):
    assert may_become(now, then) is allowed


def test_every_state_has_its_changes_and_a_danish_label():
    assert set(ALLOWED) == set(LABELS) == set(S)


def test_staying_is_no_change():
    assert not any(may_become(state, state) for state in S)


def test_nothing_leaves_delivered():
    assert not ALLOWED[S.DELIVERED]


def test_no_way_leads_back_to_the_queue_from_what_has_left_for_sure_or_was_stopped():
    back = {state for state in S if may_become(state, S.QUEUED)}
    assert back == {S.SENDING, S.UNCERTAIN}


def test_a_stop_of_what_may_have_left_is_uncertain():
    assert stopped(S.CANCELLED, may_have_left=False) is S.CANCELLED
    assert stopped(S.CANCELLED, may_have_left=True) is S.UNCERTAIN


def test_left_and_settled():
    assert {S.SENDING, S.SENT, S.DELIVERED, S.UNCERTAIN} == LEFT
    assert {S.DELIVERED, S.FAILED, S.CANCELLED, S.EXPIRED} == SETTLED
