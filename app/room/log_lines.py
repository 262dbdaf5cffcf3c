"""The lines of a page of the log, newest first, each as `components/log_entry`. A page has fifty: a function writes.

A line is written once for everybody to whom it says the same, and kept; what it says is worked out for each reader.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from app.components import at, chip
from app.lib import clock
from app.lib.i18n import N_, catalogue
from app.logbook.reading import Entry
from app.room.log_panel import Line, WithheldLine
from app.room.room import Room
from app.templating import in_page

KEPT = 10_000


def lines(room: Room, found: Iterable[Line | WithheldLine], *, links: bool = True) -> Markup:
    """`links`: to what can be said about an entry, for those who write."""
    writes = links and room.writes
    texts, today = catalogue(), clock.local(clock.now()).date()
    written = []
    for line in found:
        if isinstance(line, WithheldLine):
            written.append(_withheld(line, texts))
            continue
        change = room.entry_url(line.seq) if writes and line.may_be_changed else ""
        # A row of the database may become another; what was read as data stays what it is.
        written.append(_kept(line, change, texts, today) if isinstance(line.entry, Entry) else _entry(line, change))
    return Markup(f'<ol class="log" reversed>\n{"".join(written)}</ol>')


@lru_cache(maxsize=KEPT)
def _withheld(line: WithheldLine, _texts: Any) -> str:
    number = in_page(N_("Nr. %(seq)s"), seq=line.seq)
    code = in_page(N_("Kontrolkode %(code)s"), code=line.code)
    return (
        f'<li class="entry entry--withheld" id="entry-{line.seq}" data-item value="{line.seq}">\n'
        f'<p class="entry-head"><span>{number}</span></p>\n<p class="entry-text">{escape(line.why)} {code}</p>\n</li>\n'
    )


@lru_cache(maxsize=KEPT)  # a moment of another day is written otherwise; each language has its own texts
def _kept(line: Line, change: str, _texts: Any, _today: date) -> str:
    return _entry(line, change)


def _entry(line: Line, change: str) -> str:
    entry = line.entry
    important = " entry--important" if line.is_important else ""
    marks = chip(line.sharing, icon="lock") if line.sharing else ""
    marks += "".join(chip(mark, "warn") for mark in line.marks)
    text = in_page(N_("Teksten er slettet.")) if entry.is_erased else escape(entry.text)
    return (
        f'<li class="entry{important}" id="entry-{line.seq}" data-item>\n<p class="entry-head">{at(entry.at)}'
        f"<span>{escape(line.author)}</span>{chip(line.kind)}{marks}</p>\n"
        f'<p class="entry-text">{text}</p>\n{_for_whom(line)}{_since(line)}'
        f'<p class="row-note">{in_page(N_("Nr."))} {line.seq}{_corrected(line)}{_change(line, change)}</p>\n</li>\n'
    )


def _for_whom(line: Line) -> str:
    whom = line.entry.on_behalf_of
    return f'<p class="row-note">{in_page(N_("På vegne af %(whom)s"), whom=whom)}</p>\n' if whom else ""


def _since(line: Line) -> str:
    if not line.entry.is_late:
        return ""
    return f'<p class="row-note">{in_page(N_("Skrevet"))} {at(line.entry.recorded_at)}</p>\n'


def _corrected(line: Line) -> str:
    words = N_("rettet i nr. %(seq)s")
    return "".join(f' · <a href="#entry-{n}">{in_page(words, seq=n)}</a>' for n in line.corrected_by)


def _change(line: Line, address: str) -> str:
    if not address:
        return ""
    said = f'{in_page(N_("Ret eller slet"))}<span class="sr-only"> {in_page(N_("Nr."))} {line.seq}</span>'
    return f' · <a href="{escape(address)}" id="entry-{line.seq}-more">{said}</a>'
