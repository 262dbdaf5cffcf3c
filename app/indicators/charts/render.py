"""Draws a specification as SVG: no inline style, no script, the page's own colours by day and by night."""

import json
import re
from functools import lru_cache
from typing import Any

import vl_convert
from markupsafe import Markup, escape

# The page's colours by day (css/tokens.css), for paper, where there are no custom properties.
DAY = {
    "ink": "#16202b", "ink-soft": "#50606f", "edge": "#76838f", "action": "#0a579f", "panel": "#ffffff",
    "news-ground": "#e4f0fb",
}  # fmt: skip
_NAMED = re.compile(r"var\(--([\w-]+)\)")
# What Vega writes for tools that walk a chart; ours is one image with a table beside it.
_WALKED = re.compile(r' (?:class|role|aria-[a-z]+|pointer-events)="[^"<>]*"')
KEPT = 256  # pictures; about 10 kB each


def svg(spec: dict[str, Any], title: str) -> Markup:
    """The picture, for a screen reader one image called `title`: its figures stand in the table beside it."""
    drawn = _drawn(json.dumps(spec, sort_keys=True, ensure_ascii=False))
    named = f'<svg role="img" aria-label="{escape(title)}"'
    return Markup(drawn.replace("<svg", named, 1))  # Vega escapes what it writes


def on_paper(picture: Markup) -> str:
    """The same with its colours by value. KeyError for one that paper does not know."""
    return _NAMED.sub(lambda found: DAY[found[1]], str(picture))


@lru_cache(maxsize=KEPT)
def _drawn(spec: str) -> str:
    return _WALKED.sub("", str(vl_convert.vegalite_to_svg(spec)))
