"""What a paper is built of, as JSON for `paper/sheet.typ`. People's text is data, never markup."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.documents.typesetting import typeset
from app.lib.i18n import _
from app.plans.booklet import SHEET

Block = dict[str, Any]


def heading(text: str, level: int = 2) -> Block:
    """A heading; a paper begins at 2, below its title."""
    return {"is": "heading", "level": level, "text": text}


def words(text: str) -> Block:
    """A paragraph."""
    return {"is": "text", "text": text}


def soft(text: str) -> Block:
    """A paragraph in small print."""
    return {"is": "soft", "text": text}


def points(lines: Iterable[str]) -> Block:
    """A list."""
    return {"is": "points", "lines": list(lines)}


def steps(lines: Iterable[str]) -> Block:
    """A numbered list."""
    return {"is": "steps", "lines": list(lines)}


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float] | None = None) -> Block:
    """A table; `widths` are shares of the page. Nothing at all where there are no rows."""
    found = [list(row) for row in rows]
    return {"is": "table", "columns": list(columns), "rows": found, "widths": list(widths or [1] * len(columns))}


def blank(columns: Sequence[str], lines: int, widths: Sequence[float]) -> Block:
    """A table to write in by hand."""
    return table(columns, [[""] * len(columns) for _line in range(lines)], widths) | {"is": "blank"}


def framed(title: str, lines: Iterable[str]) -> Block:
    """What must catch the eye."""
    return {"is": "framed", "title": title, "lines": list(lines)}


def band(text: str, colour: str) -> Block:
    """A bar over the page: the track."""
    return {"is": "band", "text": text, "colour": colour}


def new_page() -> Block:
    """What follows begins a page."""
    return {"is": "page"}


def paper(
    title: str, pairs: Sequence[tuple[str, str]], blocks: Iterable[Block], *, mark: str, foot: str, contents: str = ""
) -> dict[str, Any]:
    """All that stands on it. `mark` is said on every page; `contents` is the heading of a table of contents."""
    return {
        "lang": "da", "title": title, "heading": title, "pairs": [list(pair) for pair in pairs], "mark": mark,
        "blocks": list(blocks), "foot": foot, "contents": contents,
        "words": {"page": _("Side"), "of": _("af"), "continues": _("Fortsætter på næste side")},
    }  # fmt: skip


def as_pdf(data: dict[str, Any]) -> bytes:
    """Sets it, in the worker."""
    return typeset(SHEET, data)
