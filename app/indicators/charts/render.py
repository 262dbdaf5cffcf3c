"""Draws a specification as SVG: no inline style, no script, the page's own colours by day and by night."""

import json
import re
from functools import lru_cache
from typing import Any

import vl_convert
from markupsafe import Markup, escape

# What Vega writes for tools that walk a chart; ours is one image with a table beside it.
_WALKED = re.compile(r' (?:class|role|aria-[a-z]+|pointer-events)="[^"<>]*"')
KEPT = 256  # pictures; about 10 kB each


def svg(spec: dict[str, Any], title: str) -> Markup:
    """The picture, for a screen reader one image called `title`: its figures stand in the table beside it."""
    drawn = _drawn(json.dumps(spec, sort_keys=True, ensure_ascii=False))
    named = f'<svg role="img" aria-label="{escape(title)}"'
    return Markup(drawn.replace("<svg", named, 1))  # Vega escapes what it writes


@lru_cache(maxsize=KEPT)
def _drawn(spec: str) -> str:
    return _WALKED.sub("", str(vl_convert.vegalite_to_svg(spec)))
