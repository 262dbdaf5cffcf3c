from datetime import UTC, datetime, timedelta

from app.messaging.rates import Rate, level

NOW = datetime(2026, 11, 22, 22, 40, tzinfo=UTC)
RATE = Rate(per_second=2, burst=10)


def test_it_fills_with_time():
    assert level(RATE, 0, NOW, NOW + timedelta(seconds=1.5)) == 3


def test_it_never_holds_more_than_the_burst():
    assert level(RATE, 9, NOW, NOW + timedelta(hours=1)) == 10


def test_a_clock_that_goes_backwards_gives_and_takes_nothing():
    assert level(RATE, 4, NOW, NOW - timedelta(hours=1)) == 4
