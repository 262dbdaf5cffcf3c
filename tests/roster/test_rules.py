"""From pattern to duties: rhythm, swaps, gaps, overlaps, and the two nights on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from app.roster.rules import Rank, Single, Span, Weekly, at, duties, gaps, instant, overlaps

DAY, NIGHT = (time(8), time(20), 0), (time(20), time(8), 1)
CLOCK_CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26),
                 date(2028, 10, 29)]  # fmt: skip
START = date(2026, 1, 5)


def weekly(person="mette", weekday=0, hours=NIGHT, rank=Rank.ON_DUTY, **more) -> Weekly:
    return Weekly(person, rank, weekday, *hours, **({"valid_from": START} | more))


def every_day(hours) -> list[Weekly]:
    return [weekly(weekday=day, hours=hours) for day in range(7)]


def utc(*parts) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def walls(*parts) -> datetime:
    return instant(datetime(*parts))


def test_a_night_shift_belongs_to_the_day_it_begins_on():
    found = duties([weekly()], [], utc(2026, 11, 23), utc(2026, 11, 30))
    assert [(d.starts_at, d.ends_at) for d in found] == [(walls(2026, 11, 23, 20), walls(2026, 11, 24, 8))]


def test_a_shift_that_has_begun_before_the_time_asked_about_is_found():
    now = walls(2026, 11, 24, 3)
    found = duties([weekly()], [], now, now + timedelta(seconds=1))
    assert [d.person for d in at(found, Rank.ON_DUTY, now)] == ["mette"]
    assert at(found, Rank.DEPUTY, now) == []


def test_the_end_belongs_to_the_next():
    nights = [weekly("niels", day) for day in range(7)]
    found = duties(every_day(DAY) + nights, [], utc(2026, 11, 23), utc(2026, 11, 25))
    assert [d.person for d in at(found, Rank.ON_DUTY, walls(2026, 11, 23, 20))] == ["niels"]


def test_every_other_week_is_counted_from_the_first():
    found = duties([weekly(every_weeks=2)], [], utc(2026, 1, 1), utc(2026, 3, 1))
    days = [d.starts_at.date() for d in found]
    assert days == [date(2026, 1, 5) + timedelta(weeks=2 * n) for n in range(4)]


def test_a_pattern_that_begins_in_the_middle_of_its_week_keeps_its_rhythm():
    found = duties([weekly(every_weeks=2, valid_from=date(2026, 1, 7))], [], utc(2026, 1, 1), utc(2026, 2, 10))
    assert [d.starts_at.date() for d in found] == [date(2026, 1, 19), date(2026, 2, 2)]


def test_a_pattern_ends_on_its_last_day():
    found = duties([weekly(valid_until=date(2026, 1, 12))], [], utc(2026, 1, 1), utc(2026, 3, 1))
    assert [d.starts_at.date() for d in found] == [date(2026, 1, 5), date(2026, 1, 12)]


def test_a_swap_takes_its_time_out_of_the_pattern_and_leaves_the_rest():
    swap = Single("niels", Rank.ON_DUTY, walls(2026, 11, 23, 22), walls(2026, 11, 24, 2))
    found = duties([weekly()], [swap], utc(2026, 11, 23), utc(2026, 11, 25))
    assert [(d.person, d.starts_at, d.ends_at) for d in found] == [
        ("mette", walls(2026, 11, 23, 20), walls(2026, 11, 23, 22)),
        ("niels", walls(2026, 11, 23, 22), walls(2026, 11, 24, 2)),
        ("mette", walls(2026, 11, 24, 2), walls(2026, 11, 24, 8)),
    ]


def test_a_swap_of_the_deputy_leaves_the_duty_alone_and_one_more_stands_beside():
    night = (walls(2026, 11, 23, 20), walls(2026, 11, 24, 8))
    deputy = Single("niels", Rank.DEPUTY, *night)
    beside = Single("sara", Rank.ON_DUTY, *night, instead=False)
    found = duties([weekly()], [deputy, beside], utc(2026, 11, 23), utc(2026, 11, 25))
    assert {d.person for d in at(found, Rank.ON_DUTY, night[0])} == {"mette", "sara"}
    assert [(a.person, b.person) for a, b in overlaps(found, Rank.ON_DUTY)] == [("sara", "mette")]


def test_gaps_name_when_nobody_is_on_duty():
    since, until = walls(2026, 11, 23, 0), walls(2026, 11, 25, 0)
    found = duties([weekly()], [], since, until)
    assert gaps(found, Rank.ON_DUTY, since, until) == [
        Span(since, walls(2026, 11, 23, 20)),
        Span(walls(2026, 11, 24, 8), until),
    ]
    assert gaps(found, Rank.DEPUTY, since, until) == [Span(since, until)]


def test_a_long_shift_hides_no_overlap_behind_a_short_one():
    week = weekly("mette", 0, (time(8), time(8), 7))
    short = [weekly("niels", 1, DAY), weekly("sara", 3, DAY)]
    found = duties([week, *short], [], utc(2026, 11, 24), utc(2026, 11, 28))
    assert [(a.person, b.person) for a, b in overlaps(found, Rank.ON_DUTY)] == [("mette", "niels"), ("mette", "sara")]


@pytest.mark.parametrize("day", CLOCK_CHANGES)
@pytest.mark.parametrize("turn", [time(0), time(1, 59), time(2), time(2, 15), time(2, 59), time(3), time(6)])
def test_neither_clock_change_leaves_a_gap_or_an_overlap(day, turn):
    """Two people who relieve each other at any time of the night, over the whole week of the change."""
    noon = time(12)
    nights = [weekly("night", n, (noon, turn, 1)) for n in range(7)]
    pattern = [*nights, *(weekly("day", n, (turn, noon, 0)) for n in range(7))]
    since, until = (walls(day.year, day.month, day.day) + timedelta(days=n) for n in (-3, 4))
    found = duties(pattern, [], since, until)
    assert gaps(found, Rank.ON_DUTY, since, until) == []
    assert overlaps(found, Rank.ON_DUTY) == []


@pytest.mark.parametrize("day", CLOCK_CHANGES)
def test_the_wall_never_runs_backwards(day):
    quarters = [datetime.combine(day, time()) + timedelta(minutes=15 * n) for n in range(24)]
    assert all(instant(a) <= instant(b) for a, b in pairwise(quarters))


def test_the_night_in_spring_is_an_hour_shorter_and_the_one_in_autumn_an_hour_longer():
    saturday = weekly(weekday=5, hours=(time(22), time(6), 1))
    for day, hours in ((date(2027, 3, 27), 7), (date(2027, 10, 30), 9), (date(2027, 11, 6), 8)):
        noon = walls(day.year, day.month, day.day, 12)
        (night,) = duties([saturday], [], noon, noon + timedelta(days=1))
        assert night.ends_at - night.starts_at == timedelta(hours=hours)


def test_a_shift_wholly_inside_the_missing_hour_does_not_take_place():
    inside = weekly(weekday=6, hours=(time(2, 10), time(2, 50), 0))
    assert duties([inside], [], utc(2027, 3, 28), utc(2027, 3, 29)) == []
