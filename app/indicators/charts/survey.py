"""Charts of a survey: one block (a dimension in one round of one series), or lines within one series."""

import textwrap
from collections.abc import Sequence
from typing import Any

from app.indicators import words
from app.indicators.charts.canvas import FAR, LETTERS, LINE, NEAR, SOFT, Canvas
from app.indicators.rules import Block, Figure, Trend
from app.indicators.vocabulary import Group

SHAPES = {Group.OWN_AREA: "circle", Group.PROJECT_AREAS: "circle", Group.POPULATION: "diamond"}
TALL = 56  # of a line's own small field


def can_be_drawn(block: Block) -> bool:
    """Whether anything in it has a place on a scale; else the words stand alone."""
    return any(f.missing is None and (f.percent is not None or f.band is not None) for f in block.figures)


def picture(block: Block, area: str) -> dict[str, Any]:
    """Question by question, group by group. Exact: a filled mark; about: a hollow one; words: a band, or the words."""
    canvas, y = Canvas(0, 100), 4.0
    for (_code, question), figures in block.by_question.items():
        y = _question(canvas, question, y)
        for figure in figures:
            y = _figure(canvas, figure, area, y)
        y += 8
    return canvas.spec(_scale(canvas, y))


def lines(trends: Sequence[Trend], area: str) -> dict[str, Any]:
    """Each line in a field of its own: rounds of one question in one series, 0 to 100 per cent."""
    years = [f.year for trend in trends for f in trend.figures]
    canvas, y = Canvas(min(years) - 0.4, max(years) + 0.4), 4.0
    for trend in trends:
        first = trend.figures[0]
        y = _question(canvas, first.question, y, at=canvas.low)
        canvas.text(canvas.low, y + 13, words.begun(words.group(first, area)), color=SOFT)
        y += 34
        places = [(float(f.year), y + TALL * (1 - (f.percent or 0) / 100)) for f in trend.figures]
        canvas.rule(canvas.low, canvas.high, y + TALL, y + TALL)
        canvas.line(places)
        canvas.points(places)
        for figure, (x, at) in zip(trend.figures, places, strict=True):
            canvas.text(x, at - 10, f"{words.number(figure.percent or 0)} pct.", align="center")
            canvas.text(x, y + TALL + 15, str(figure.year), align="center", color=SOFT, size=12)
        y += TALL + 28
    return canvas.spec(y)


def _question(canvas: Canvas, question: str, y: float, at: float = 0) -> float:
    lines = textwrap.wrap(question, LETTERS)
    canvas.text(at, y + 14, lines, bold=True)
    return y + 16 * len(lines) + 6


def _figure(canvas: Canvas, figure: Figure, area: str, y: float) -> float:
    is_far = figure.group is Group.POPULATION
    color, shape = FAR if is_far else NEAR, SHAPES.get(figure.group, "square")
    who, said = words.group(figure, area), f"{words.value(figure)} {words.interval(figure)}".strip()
    said_in = textwrap.wrap(f"{words.begun(who)}: {said}", LETTERS + 2)
    canvas.text(0, y + 12, said_in, color=SOFT if figure.missing else "var(--ink)")
    y += 16 * len(said_in)
    if figure.missing is not None or (figure.percent is None and figure.band is None):
        return y + 6
    middle = y + 10
    canvas.rule(0, 100, middle, middle, color=LINE)
    if figure.band is not None:
        canvas.band(*figure.band, middle - 6, middle + 6, color=color)
    elif figure.percent is not None:
        if (between := figure.interval) is not None:
            canvas.rule(*between, middle, middle, color=color, thick=5)
        canvas.points([(figure.percent, middle)], shape=shape, color=color, hollow=figure.approximate)
    return y + 24


def _scale(canvas: Canvas, y: float) -> float:
    for share, align, said in ((0, "left", "0"), (50, "center", "50"), (100, "right", "100 pct.")):
        canvas.text(share, y + 8, said, align=align, color=SOFT, size=12)
    return y + 14
