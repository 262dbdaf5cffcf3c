"""Pictures that the content security policy lets through, and that draw nothing which was not published."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.indicators.charts import render, survey, timeline
from app.indicators.rules import blocks, trends
from tests.indicators.figures import anything, figure


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def _request(app):
    with app.test_request_context():
        yield


def marks(spec: dict, kind: str) -> list[dict]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def pieces(spec: dict) -> list[int]:
    """How many points each unbroken line joins."""
    numbers = [value["line"] for layer in marks(spec, "line") for value in layer["data"]["values"]]
    return [numbers.count(one) for one in sorted(set(numbers))]


def said(spec: dict) -> str:
    texts = [value["t"] for layer in marks(spec, "text") for value in layer["data"]["values"]]
    return "\n".join(" ".join(text) if isinstance(text, list) else text for text in texts)


@pytest.mark.usefixtures("_request")
def test_seven_of_ten_is_drawn_from_65_to_75_with_its_words_and_no_mark():
    (block,) = blocks([figure(None, wording="7 ud af 10", approximate=True, n=None)])
    spec = survey.picture(block, "Lindevangen")
    (band,) = marks(spec, "rect")
    assert (band["data"]["values"][0]["x"], band["data"]["values"][0]["x2"]) == (65, 75)
    assert marks(spec, "point") == []
    assert "Lindevangen: 7 ud af 10" in said(spec) and "70" not in said(spec)


@pytest.mark.usefixtures("_request")
def test_a_rough_percentage_is_hollow_and_an_exact_one_filled_with_its_interval():
    rough, exact = (figure(75.0, wording="godt 75 pct.", approximate=True, n=None), figure(62.0, n=100))
    hollow, filled = (marks(survey.picture(blocks([one])[0], "L"), "point")[0]["mark"] for one in (rough, exact))
    assert hollow["fill"] != hollow["stroke"] and filled["fill"] == filled["stroke"]
    assert "62 pct. (52-71)" in said(survey.picture(blocks([exact])[0], "L"))


@pytest.mark.usefixtures("_request")
def test_words_that_are_no_share_and_what_is_missing_get_no_place_on_the_scale():
    (block,) = blocks([figure(None, wording="lav", n=None), figure(1.0, n=3, code="T2")])
    assert not survey.can_be_drawn(block)
    spec = survey.picture(block, "L")
    assert not marks(spec, "rect") and not marks(spec, "point")
    assert "L: lav" in said(spec) and "færre end 10 svar" in said(spec)


@given(figures=st.lists(anything, min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_mark_stands_only_where_a_percentage_was_published(figures):
    from flask import Flask
    from flask_babel import Babel

    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        for block in blocks(figures):
            spec = survey.picture(block, "L")
            drawn = sorted(value["x"] for layer in marks(spec, "point") for value in layer["data"]["values"])
            assert drawn == sorted(f.percent for f in block.figures if f.percent is not None)
            assert marks(spec, "line") == []


@pytest.mark.usefixtures("_request")
def test_a_line_joins_two_rounds_of_one_series_and_says_both_years():
    spec = survey.lines(trends([figure(year=2021), figure(70.0)]), "Lindevangen")
    assert pieces(spec) == [2]
    assert "2021" in said(spec) and "2024" in said(spec) and "70 pct." in said(spec)


@pytest.mark.usefixtures("_request")
def test_a_suppressed_quarter_is_a_gap_and_no_bridge():
    curve = timeline.Curve("Anmeldelser", ((2020.0, 5), (2020.25, 6), (2020.5, None), (2020.75, 7), (2021.0, 8)))
    spec = timeline.picture([curve], timeline.Marks("Målinger", ()), [], "Linde Kommune", 2021.5)
    assert pieces(spec) == [2, 2]
    assert "Registreret: Linde Kommune, ikke kun området" in said(spec)


@pytest.mark.usefixtures("_request")
def test_the_picture_is_one_named_image_without_anything_the_policy_refuses():
    evil = figure(question='<script>alert(1)</script> & "x" style=', n=50)
    svg = str(render.svg(survey.picture(blocks([evil])[0], "<b>"), 'Diagram "a" <b>'))
    assert svg.startswith('<svg role="img" aria-label="Diagram &#34;a&#34; &lt;b&gt;"')
    assert svg.count("<svg") == 1 and svg.count("role=") == 1
    assert "<script" not in svg and "<b>" not in svg and "<style" not in svg
    assert not re.search(r"<[^>]*\s(style|on\w+)=", svg)
    assert "var(--ink)" in svg
