from datetime import UTC, datetime, timedelta

import pytest

from app.messaging.retry import CALLOUT_PAUSES, MAX_UNCERTAIN, PAUSES, Facts, after, pause
from app.messaging.states import DeliveryState, Outcome, Priority, ReceiverKind

NOW = datetime(2026, 11, 22, 22, 40, tzinfo=UTC)
S, P, K = DeliveryState, Priority, ReceiverKind


def facts(kind=K.PARTY, attempts=1, priority=P.NOTICE, minutes=60, may_have_left=False):
    return Facts(attempts, priority, kind, NOW + timedelta(minutes=minutes), may_have_left, NOW)


@pytest.mark.parametrize(
    ("outcome", "known", "state"),
    [
        (Outcome.ACCEPTED, facts(), S.SENT),
        (Outcome.PERMANENT, facts(), S.FAILED),
        (Outcome.TEMPORARY, facts(), S.QUEUED),
        (Outcome.TEMPORARY, facts(K.RESIDENT), S.QUEUED),  # it surely was not taken
        (Outcome.TEMPORARY, facts(attempts=500), S.QUEUED),  # a provider that is away costs time, not the text
        (Outcome.TEMPORARY, facts(minutes=0), S.EXPIRED),
        (Outcome.TEMPORARY, facts(minutes=0, may_have_left=True), S.UNCERTAIN),
        (Outcome.UNCERTAIN, facts(), S.QUEUED),
        (Outcome.UNCERTAIN, facts(minutes=0), S.UNCERTAIN),
        (Outcome.UNCERTAIN, facts(attempts=MAX_UNCERTAIN), S.UNCERTAIN),
    ],
)
def test_what_follows_an_attempt(outcome, known, state):
    assert after(outcome, known).state is state


@pytest.mark.parametrize("kind", [kind for kind in K if kind is not K.PARTY])
@pytest.mark.parametrize("priority", P)
def test_only_duty_people_are_called_again_when_nobody_knows(kind, priority):
    following = after(Outcome.UNCERTAIN, facts(kind, priority=priority))
    assert following.state is S.UNCERTAIN
    assert following.due_at is None


def test_it_goes_again_after_the_pause():
    assert after(Outcome.TEMPORARY, facts(attempts=2)).due_at == NOW + timedelta(seconds=PAUSES[1])


def test_the_providers_wish_counts_when_it_is_longer():
    assert after(Outcome.TEMPORARY, facts(), retry_after=90).due_at == NOW + timedelta(seconds=90)
    assert after(Outcome.TEMPORARY, facts(), retry_after=1).due_at == NOW + timedelta(seconds=PAUSES[0])


def test_a_callout_waits_less_than_anything_else():
    for attempt in range(1, len(PAUSES) + 1):
        assert pause(P.CALLOUT, attempt) < pause(P.RESIDENT, attempt)
    assert sum(CALLOUT_PAUSES[:3]) <= 20


def test_the_pause_never_runs_out():
    assert pause(P.NOTICE, 1000) == timedelta(seconds=PAUSES[-1])
