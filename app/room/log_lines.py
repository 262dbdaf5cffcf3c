"""The lines of a page of the log, newest first, each as `components/log_entry`. A page has fifty: a function writes."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from app.components import at, chip
from app.lib.i18n import N_
from app.room.log_panel import Line, WithheldLine
from app.room.room import Room
from app.templating import in_page


def lines(room: Room, found: Iterable[Line | WithheldLine], *, links: bool = True) -> Markup:
    """`links`: to what can be said about an entry, for those who write."""
    number, change = in_page(N_("Nr.")), in_page(N_("Ret eller slet"))
    writes = links and room.writes
    written = []
    for line in found:
        if isinstance(line, WithheldLine):
            written.append(_withheld(line))
            continue
        more = ""
        if writes and line.may_be_changed:
            said = f'{change}<span class="sr-only"> {number} {line.seq}</span>'
            more = f' · <a href="{escape(room.entry_url(line.seq))}" id="entry-{line.seq}-more">{said}</a>'
        written.append(_entry(line, f"{number} {line.seq}", more))
    return Markup(f'<ol class="log" reversed>\n{"".join(written)}</ol>')


def _withheld(line: WithheldLine) -> str:
    number = in_page(N_("Nr. %(seq)s"), seq=line.seq)
    code = in_page(N_("Kontrolkode %(code)s"), code=line.code)
    return (
        f'<li class="entry entry--withheld" id="entry-{line.seq}" data-item value="{line.seq}">\n'
        f'<p class="entry-head"><span>{number}</span></p>\n<p class="entry-text">{escape(line.why)} {code}</p>\n</li>\n'
    )


def _entry(line: Line, number: str, more: str) -> str:
    entry = line.entry
    important = " entry--important" if line.is_important else ""
    marks = chip(line.sharing, icon="lock") if line.sharing else ""
    marks += "".join(chip(mark, "warn") for mark in line.marks)
    text = in_page(N_("Teksten er slettet.")) if entry.is_erased else escape(entry.text)
    return (
        f'<li class="entry{important}" id="entry-{line.seq}" data-item>\n<p class="entry-head">{at(entry.at)}'
        f"<span>{escape(line.author)}</span>{chip(line.kind)}{marks}</p>\n"
        f'<p class="entry-text">{text}</p>\n{_for_whom(line)}{_since(line)}'
        f'<p class="row-note">{number}{_corrected(line)}{more}</p>\n</li>\n'
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
