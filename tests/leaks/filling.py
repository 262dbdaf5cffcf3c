"""Fills in a page's forms as a person would, whatever their fields: for tests that walk all of them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = "Noget helt særligt æøå"
BY_TYPE = {
    "tel": "20 88 77 66", "email": "ny@lindevangen.example", "number": "30", "time": "23:10", "date": "2026-11-23",
    "datetime-local": "2026-11-22T23:10",
}  # fmt: skip


@dataclass
class Form:
    """One form: where it is sent, what it holds when sent as it is, and which fields hold what somebody typed."""

    action: str = ""
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)


def forms_of(page: str) -> list[Form]:
    """Every form that posts, filled in."""
    reader = _Reader()
    reader.feed(page)
    return [form for form in reader.forms if form.method == "post"]


def big_form(page: str) -> Form | None:
    """The one with most to type, when there is any."""
    forms = [form for form in forms_of(page) if form.typed]
    return max(forms, key=lambda form: len(form.data), default=None)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.now: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now = Form(known.get("action", ""), known.get("method", "get").lower())
            self.forms.append(self.now)
        elif self.now is not None:
            self._field(tag, known)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        elif tag == "select":
            self.select = ""

    def _field(self, tag: str, known: dict[str, str]) -> None:
        assert self.now is not None
        name, kind = known.get("name", ""), known.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and known.get("value"):
            self.now.data.setdefault(self.select, known["value"])
        elif not name:
            return
        elif tag == "textarea" or (tag == "input" and kind in ("text", "search", *BY_TYPE)):
            self.now.data[name] = BY_TYPE.get(kind, TYPED) if tag == "input" else TYPED
            self.now.typed.add(name)
        elif tag == "input" and kind == "radio":
            self.now.data.setdefault(name, known.get("value", ""))
        elif tag == "input" and kind == "hidden":
            self.now.data[name] = known.get("value", "")
