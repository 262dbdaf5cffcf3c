"""*Registreret, oplevet, fortalt*: one time axis, each kind in a field of its own, nothing joined across them."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.indicators.charts.canvas import LETTERS, LINE, SOFT, Canvas
from app.lib.i18n import _

TALL, MARKS = 44, 20


@dataclass(frozen=True)
class Curve:
    """One law and one kind: its own scale from zero. A gap where the figure is missing. Years as decimals."""

    title: str
    points: tuple[tuple[float, int | None], ...]
    is_yearly: bool = False


@dataclass(frozen=True)
class Marks:
    """Moments of one sort, and what they are called."""

    title: str
    at: tuple[float, ...]
    shape: str = "circle"


def picture(
    registered: Sequence[Curve], felt: Marks, told: Sequence[Marks], place: str, until: float, done: Marks | None = None
) -> dict[str, Any]:
    """`until` is now, as a decimal year; the axis begins with the oldest of what is known."""
    marked = [felt, *told, *([done] if done else ())]
    known = [x for curve in registered for x, _y in curve.points] + [x for marks in marked for x in marks.at]
    canvas, y = Canvas(min([*known, until - 5]) - 0.3, until + 0.3), 4.0
    if registered:
        y = _heading(canvas, _("Registreret: %(place)s, ikke kun området", place=place), y)
        canvas.text(canvas.low, y + 12, _("Hvert punkt er de seneste fire kvartaler"), color=SOFT, size=12)
        y += 18
        for curve in registered:
            y = _curve(canvas, curve, y)
    y = _heading(canvas, _("Oplevet: målinger"), y)
    y = _marks(canvas, felt, y)
    if told:
        y = _heading(canvas, _("Fortalt: hændelser og beskeder"), y)
        for marks in told:
            y = _marks(canvas, marks, y)
    if done:
        y = _marks(canvas, done, _heading(canvas, _("Gjort: tiltag"), y))
    return canvas.spec(_axis(canvas, y))


def _heading(canvas: Canvas, words: str, y: float) -> float:
    canvas.text(canvas.low, y + 14, words, bold=True)
    return y + 22


def _curve(canvas: Canvas, curve: Curve, y: float) -> float:
    canvas.text(canvas.low, y + 13, curve.title)
    y += 23
    top = max([count for _x, count in curve.points if count is not None] or [0]) or 1
    canvas.rule(canvas.low, canvas.high, y + TALL, y + TALL)
    canvas.rule(canvas.low, canvas.high, y, y, dash=True)
    canvas.text(canvas.high, y + 11, f"{top:,}".replace(",", "."), align="right", color=SOFT, size=11)
    canvas.text(canvas.high, y + TALL - 3, "0", align="right", color=SOFT, size=11)
    for piece in _pieces(curve.points):
        places = [(x, y + TALL * (1 - count / top)) for x, count in piece]
        canvas.line(places, dash=curve.is_yearly)
        if curve.is_yearly or len(places) == 1:
            canvas.points(places, size=40, shape="square" if curve.is_yearly else "circle")
    return y + TALL + 12


def _pieces(points: Sequence[tuple[float, int | None]]) -> list[list[tuple[float, int]]]:
    """The runs between gaps: a missing figure is never bridged."""
    found: list[list[tuple[float, int]]] = [[]]
    for x, count in points:
        if count is None:
            found.append([])
        else:
            found[-1].append((x, count))
    return [piece for piece in found if piece]


def _marks(canvas: Canvas, marks: Marks, y: float) -> float:
    words = textwrap.wrap(marks.title, LETTERS)
    canvas.text(canvas.low, y + 13, words)
    y += 16 * len(words) + 2
    canvas.rule(canvas.low, canvas.high, y + MARKS / 2, y + MARKS / 2, color=LINE)
    if marks.at:
        canvas.points([(x, y + MARKS / 2) for x in marks.at], shape=marks.shape)
    return y + MARKS + 8


def _axis(canvas: Canvas, y: float) -> float:
    first, last = int(canvas.low) + 1, int(canvas.high)
    for year in range(last, first - 1, -max(1, (last - first) // 4)):
        canvas.rule(year, year, 22, y, dash=True)
        canvas.text(year, y + 14, str(year), align="center", color=SOFT, size=12)
    return y + 20
