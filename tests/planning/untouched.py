"""What a browser sends of a form that nobody has touched, boxes and choices that are on included."""

import html
import re


def as_it_is(page: str) -> dict[str, object]:
    """Every field of the page's big form."""
    form = re.search(r'<form[^>]*id="form".*?</form>', page, re.DOTALL)
    assert form
    kept: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        known = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if known.get("type") in ("checkbox", "radio"):
            if " checked" in tag and known["type"] == "checkbox":
                kept.setdefault(known["name"], [])
                kept[known["name"]] = [*kept[known["name"]], known["value"]]  # type: ignore[misc]
            elif " checked" in tag:
                kept[known["name"]] = known["value"]
        else:
            kept[known["name"]] = html.unescape(known.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form[0], re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options) or re.search(r'value="([^"]*)"', options)
        kept[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form[0], re.DOTALL):
        kept[name] = html.unescape(text).lstrip("\r\n")
    return kept
