"""What follows from what, as tables: findings, the clock of nul-tolerance, and what few reports may not say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.measures.clearing import rules as clearing
from app.measures.clearing.vocabulary import ReportState
from app.measures.walks import rules
from app.measures.walks.vocabulary import FindingState, Verdict

TODAY, NOW = date(2026, 11, 22), datetime(2026, 11, 22, 12, tzinfo=UTC)
OPEN, DONE, NOT_POSSIBLE, NOTED = FindingState


@pytest.mark.parametrize("state", FindingState)
def test_a_good_place_is_noted_and_a_bad_one_never_is(state):
    assert rules.may_become(Verdict.GOOD, state) is (state is NOTED)
    assert rules.may_become(Verdict.BAD, state) is (state is not NOTED)
    assert rules.needs_words(state) is (state in (DONE, NOT_POSSIBLE))
    assert (rules.state_at_birth(Verdict.BAD), rules.state_at_birth(Verdict.GOOD)) == (OPEN, NOTED)


@pytest.mark.parametrize(
    ("state", "due_on", "late"),
    [(OPEN, date(2026, 11, 21), True), (OPEN, TODAY, False), (OPEN, None, False), (DONE, date(2026, 11, 21), False)],
)
def test_a_finding_is_late_from_the_day_after(state, due_on, late):
    assert rules.is_overdue(state, due_on, TODAY) is late


def reported(took: float | None = None, *, age: float = 100, target: float | None = 48, dropped: bool = False):
    seen = NOW - timedelta(hours=age)
    state = ReportState.DROPPED if dropped else ReportState.STANDING if took is None else ReportState.REMOVED
    gone = None if took is None else seen + timedelta(hours=took)
    return clearing.Reported(state, seen, gone, timedelta(hours=target) if target else None)


@pytest.mark.parametrize(
    ("one", "kept"),
    [
        (reported(48), True), (reported(48.1), False), (reported(age=48), None), (reported(age=48.1), False),
        (reported(1, target=None), None), (reported(age=999, target=None), None),
        (reported(age=99, dropped=True), None),
    ],
)  # fmt: skip
def test_a_target_is_kept_missed_or_not_known_yet(one, kept):
    assert one.in_time(NOW) is kept


def test_few_reports_give_counts_and_no_share_and_what_still_stands_late_counts_against():
    few = clearing.figures([reported(10)] * 9, NOW)
    assert (few.judged, few.kept, few.share, few.median) == (9, 9, None, timedelta(hours=10))
    ten = clearing.figures([*[reported(10)] * 9, reported(age=60)], NOW)
    assert (ten.judged, ten.kept, ten.share, ten.late, ten.removed) == (10, 9, 90, 1, 9)
    two = clearing.figures([reported(1), reported(3), reported(age=1), reported(dropped=True)], NOW)
    assert (two.median, two.standing, two.late, two.judged) == (None, 1, 0, 2)
    assert clearing.figures([], NOW) == clearing.Figures(0, 0, 0, 0, 0, None)
