"""A rule of honesty each, by table and by whatever figures there may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.indicators.dimensions import Dimension
from app.indicators.rules import Block, DoesNotBelongTogether, Trend, blocks, differs, rolling, trends
from app.indicators.vocabulary import Group, Missing
from tests.indicators.figures import anything, figure


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.mark.parametrize(
    "other", [{"dimension": Dimension.TRUST}, {"series": "VIVE"}, {"year": 2021}],
    ids=["two dimensions", "two sources", "two rounds"],
)  # fmt: skip
def test_no_chart_can_be_made_of(other):
    first, second = figure(), figure(**other)
    with pytest.raises(DoesNotBelongTogether):
        Block(first.dimension, first.series, first.year, (first, second))


@pytest.mark.parametrize(
    "pair",
    [
        (figure(),),
        (figure(year=2021), figure(series="VIVE")),
        (figure(year=2021), figure(dimension=Dimension.TRUST)),
        (figure(year=2021), figure(group=Group.POPULATION)),
        (figure(year=2021), figure(question="Er du tryg?")),
        (figure(year=2021), figure(code="T2")),
        (figure(year=2021), figure(None, wording="7 ud af 10")),
        (figure(year=2021), figure(approximate=True)),
        (figure(), figure()),
        (figure(), figure(year=2021)),
    ],
    ids=["one round", "two sources", "two dimensions", "two groups", "two wordings of a question", "two questions",
         "words", "a rough figure", "the same round twice", "backwards"],
)  # fmt: skip
def test_no_line_can_be_drawn_of(pair):
    with pytest.raises(DoesNotBelongTogether):
        Trend(pair)
    assert len(trends(pair)) == (pair == (figure(), figure(year=2021)))  # backwards: put in order


@given(st.lists(anything, max_size=30))
def test_whatever_there_is_charts_and_lines_hold_only_what_belongs_together(figures):
    assert sum(len(block.figures) for block in blocks(figures)) == len(figures)
    for block in blocks(figures):
        assert {(f.dimension, f.series, f.year) for f in block.figures} == {(block.dimension, block.series, block.year)}
    for trend in trends(figures):
        assert len({(f.dimension, f.series, f.code, f.question, f.group) for f in trend.figures}) == 1
        assert len({f.year for f in trend.figures}) == len(trend.figures) >= 2
        assert all(f.percent is not None and not f.approximate for f in trend.figures)


@given(anything)
def test_nothing_below_ten_answers_says_anything(one):
    assert one.n is None or one.n >= 10
    if one.missing is Missing.TOO_FEW:
        assert (one.percent, one.wording, one.n, one.band, one.interval) == (None, "", None, None, None)


def test_nine_answers_are_too_few_and_ten_are_enough():
    assert figure(n=9).missing is Missing.TOO_FEW and figure(n=9).percent is None
    assert figure(n=10).percent == 62.0


@pytest.mark.parametrize(
    ("words", "band"),
    [("7 ud af 10", (65, 75)), ("næsten 5 ud af 10", (45, 50)), ("10 ud af 10", (95, 100)), ("halvdelen", None),
     ("lav", None), ("omtrent hver tredje", None), ("7 ud af 100", None), ("", None)],
)  # fmt: skip
def test_words_are_a_band_or_words_and_never_a_figure(words, band):
    said = figure(None, wording=words, approximate=True, n=None)
    assert said.band == band
    assert said.percent is None and said.interval is None


def test_a_published_percentage_needs_no_band():
    assert figure(75.0, wording="godt 75 pct.", approximate=True, n=None).band is None


def test_the_interval_is_wilsons():
    low, high = figure(60.0, n=50).interval
    assert (round(low, 1), round(high, 1)) == (46.2, 72.4)
    assert figure(60.0, n=None).interval is None
    assert figure(60.0, approximate=True).interval is None
    assert figure(100.0, n=10).interval[1] == 100.0


def test_a_difference_smaller_than_chance_is_none():
    assert differs(figure(60.0, n=50), figure(66.0, n=50)) is False
    assert differs(figure(40.0, n=500), figure(60.0, n=500)) is True
    assert differs(figure(40.0, n=None), figure(60.0, n=500)) is None


def test_four_quarters_roll_and_a_missing_one_breaks_them():
    counts = {(2023, q): 10 for q in (1, 2, 3, 4)} | {(2024, 1): 20, (2024, 2): None, (2024, 4): 5}
    assert rolling(counts) == [
        (2023, 1, None), (2023, 2, None), (2023, 3, None), (2023, 4, 40), (2024, 1, 50), (2024, 2, None),
        (2024, 3, None), (2024, 4, None),
    ]  # fmt: skip
    assert rolling({}) == []
