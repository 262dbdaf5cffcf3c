"""What a page's form holds, so that a test sends what a browser would."""

import html
import re
from typing import Any


def hidden(page: str) -> dict[str, str]:
    """All hidden values of the page's forms; the last one of a name counts."""
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    pairs = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in found]
    return {name[1]: html.unescape(value[1] if value else "") for name, value in pairs if name}


def activation(page: str, **typed: Any) -> dict[str, Any]:
    """The activation form as it stands on the page, with what a person chose and typed."""
    kept = {name: value for name, value in hidden(page).items() if name in ("once", "known", "digest")}
    return kept | {"category": "rumours", "place": "", "where_note": "", "what": ""} | typed
