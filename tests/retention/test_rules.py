"""When texts go: closed, exported, not held, and a year has passed."""

from datetime import UTC, datetime, timedelta

import pytest

from app.retention.rules import TEXTS_KEPT, Facts, Standing, is_late, reminder, standing

CLOSED = datetime(2026, 11, 22, 22, 40, tzinfo=UTC)
DUE = CLOSED + TEXTS_KEPT
DAY = timedelta(days=1)
CASES = [
    # closed, exported, held, gone, more, now -> how it stands, whether the job is late
    (None, True, False, None, False, DUE + 9 * DAY, Standing.OPEN, False),
    (CLOSED, True, False, None, False, DUE - DAY, Standing.KEPT, False),
    (CLOSED, True, False, None, False, DUE, Standing.DUE, False),
    (CLOSED, True, False, None, False, DUE + 4 * DAY, Standing.DUE, True),
    (CLOSED, False, False, None, False, DUE + 4 * DAY, Standing.WAITS, False),
    (CLOSED, True, True, None, False, DUE + 4 * DAY, Standing.HELD, False),
    (CLOSED, False, True, None, False, CLOSED, Standing.HELD, False),
    (CLOSED, True, False, DUE, False, DUE + 90 * DAY, Standing.GONE, False),
    (CLOSED, True, False, DUE, True, DUE + 90 * DAY, Standing.DUE, False),
    (None, True, False, DUE, True, DUE + 90 * DAY, Standing.OPEN, False),
]


@pytest.mark.parametrize(("closed", "exported", "held", "gone", "more", "now", "stands", "late"), CASES)
def test_how_an_incident_stands_to_its_deletion(closed, exported, held, gone, more, now, stands, late):
    facts = Facts(closed, exported, held, gone, more)
    assert (standing(facts, now), is_late(facts, now)) == (stands, late)


def test_whoever_leads_is_reminded_a_month_before_and_then_each_month_until_it_is_exported():
    facts = Facts(CLOSED, False, False)
    days = (-31, -30, -1, 0, 29, 30, 365)
    assert [reminder(facts, DUE + n * DAY) for n in days] == [None, 0, 0, 1, 1, 2, 13]
    for quiet in (Facts(CLOSED, True, False), Facts(CLOSED, False, True), Facts(None, False, False)):
        assert reminder(quiet, DUE) is None
