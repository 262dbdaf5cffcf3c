"""A Vega-Lite specification drawn in pixels downwards and a scale of our own across; colours are the page's names.

Text stands in the picture beside what it is about, so that neither colour nor a legend is needed.
"""

from dataclasses import dataclass, field
from typing import Any

WIDTH = 320  # a phone's column; wider screens show the same picture
LETTERS = 46  # in a line of it
INK, SOFT, LINE = "var(--ink)", "var(--ink-soft)", "var(--edge)"
NEAR, FAR, TINT = "var(--action)", "var(--ink-soft)", "var(--news-ground)"
FONT = "IBM Plex Sans, sans-serif"

Row = dict[str, Any]


@dataclass
class Canvas:
    """`low` to `high` runs from the left edge to the right. `y` counts down from the top."""

    low: float
    high: float
    layers: list[Row] = field(default_factory=list)
    _lines: int = 0

    def text(self, x: float, y: float, words: str | list[str], *, color: str = INK, bold: bool = False,
             align: str = "left", size: int = 13) -> None:  # fmt: skip
        """Words that begin (or end) at x, standing on y."""
        mark = {"type": "text", "align": align, "baseline": "alphabetic", "color": color, "fontSize": size,
                "fontWeight": 600 if bold else 400, "lineHeight": size + 3, "limit": 0}  # fmt: skip
        self._add(mark, [{"x": x, "y": y, "t": words}], text={"field": "t"})

    def rule(self, x: float, x2: float, y: float, y2: float, *, color: str = LINE, thick: float = 1,
             dash: bool = False) -> None:  # fmt: skip
        """A straight line."""
        mark = {"type": "rule", "color": color, "strokeWidth": thick} | ({"strokeDash": [2, 3]} if dash else {})
        self._add(mark, [{"x": x, "x2": x2, "y": y, "y2": y2}], x2={"field": "x2"}, y2={"field": "y2"})

    def band(self, x: float, x2: float, y: float, y2: float, *, color: str = NEAR) -> None:
        """A filled stretch with an edge: somewhere in here."""
        mark = {"type": "rect", "fill": TINT, "stroke": color, "strokeWidth": 1.5, "cornerRadius": 3}
        self._add(mark, [{"x": x, "x2": x2, "y": y, "y2": y2}], x2={"field": "x2"}, y2={"field": "y2"})

    def points(self, at: list[tuple[float, float]], *, shape: str = "circle", color: str = NEAR, size: int = 90,
               hollow: bool = False) -> None:  # fmt: skip
        """Marks of one kind; a hollow one is about there."""
        mark = {"type": "point", "shape": shape, "size": size, "stroke": color, "strokeWidth": 2,
                "fill": "var(--panel)" if hollow else color, "opacity": 1}  # fmt: skip
        self._add(mark, [{"x": x, "y": y} for x, y in at])

    def line(self, at: list[tuple[float, float]], *, color: str = NEAR, dash: bool = False) -> None:
        """Joins the points, in their order."""
        mark = {"type": "line", "color": color, "strokeWidth": 2} | ({"strokeDash": [5, 3]} if dash else {})
        self._lines += 1
        values = [{"x": x, "y": y, "o": order, "line": self._lines} for order, (x, y) in enumerate(at)]
        own: Row = {"order": {"field": "o", "type": "quantitative"}, "detail": {"field": "line", "type": "nominal"}}
        self._add(mark, values, **own)

    def _add(self, mark: Row, values: list[Row], **channels: Row) -> None:
        # What looks alike is one layer: Vega takes its time for each.
        for layer in self.layers:
            if layer["mark"] == mark:
                layer["data"]["values"] += values
                return
        self.layers.append({"mark": mark, "data": {"values": values}, "encoding": channels})

    def spec(self, height: float) -> Row:
        """The whole as Vega-Lite."""
        self._height = height
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "width": WIDTH, "height": height, "background": None,
            "padding": {"left": 8, "right": 8, "top": 2, "bottom": 2},
            "config": {"view": {"stroke": None}, "font": FONT, "aria": False},
            "layer": [self._placed(layer) for layer in self.layers],
        }  # fmt: skip

    def _placed(self, layer: Row) -> Row:
        across = {"field": "x", "type": "quantitative", "axis": None,
                  "scale": {"domain": [self.low, self.high], "nice": False, "zero": False}}  # fmt: skip
        down = {"field": "y", "type": "quantitative", "axis": None,
                "scale": {"domain": [0, self._height], "reverse": True, "nice": False, "zero": False}}  # fmt: skip
        return layer | {"encoding": {"x": across, "y": down} | layer["encoding"]}
