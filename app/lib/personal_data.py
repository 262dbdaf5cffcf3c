"""Finds what must not be typed here: CPR numbers are refused, plates, phone numbers and names are warned about."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.lib.i18n import N_


class Find(StrEnum):
    """What a piece of text looks like."""

    CPR = "cpr"
    PLATE = "plate"
    PHONE = "phone"
    NAME = "name"


MESSAGES = {
    Find.CPR: N_("Det ligner et CPR-nummer. Fjern tallet. Personer skrives ikke her; det drøftes i SSP."),
    Find.PLATE: N_("Det ligner en nummerplade. Skriv ikke om personers biler her."),
    Find.PHONE: N_("Det ligner et telefonnummer. Skriv det kun, hvis det er et officielt nummer."),
    Find.NAME: N_("Det ligner et navn. Skriv ikke navne på dem, hændelsen handler om; det drøftes i SSP."),
}


@dataclass(frozen=True)
class Finding:
    """Where in the text what was found. `blocks` is True where the text is refused."""

    kind: Find
    start: int
    end: int

    @property
    def blocks(self) -> bool:
        return self.kind is Find.CPR


# Written so that a browser's RegExp reads them too: lint.js is given these very words.
_LETTER, _BETWEEN = "[0-9A-Za-zÆØÅæøå]", r"[-\u2010-\u2015_./]"
_TWO, _SPACE = "([0-9]{2})", r"[ \t\u00a0]*"
_CPR = rf"(?<![0-9-]){_TWO}[ ./-]?{_TWO}[ ./-]?{_TWO}{_SPACE}{_BETWEEN}?{_SPACE}([0-9]{{4}})(?![0-9-])"
_PLATE = rf"(?<!{_LETTER})(?!KL |NR )[A-ZÆØÅ]{{2}} ?[0-9]{{2}} ?[0-9]{{3}}(?!{_LETTER})"
_PAIRS = r"(?:(?: ?[0-9]{2}){3}|(?:\.[0-9]{2}){3}|(?:-[0-9]{2}){3})"
_PHONE = rf"(?<![0-9-])(?:(?:\+|00)45 ?)?[2-9][0-9]{_PAIRS}(?![0-9-])"
_NAME = (
    rf"(?<!{_LETTER})(?:(?:[Nn]avn(?:et|e|ene)? (?:på|er)|[Hh]edder|[Hh]ed|(?:ved|med|under) navn(?:et)?|[Nn]avn:"
    rf"|[Ff]ornavn|[Ee]fternavn|[Kk]alde[rs] (?:ham|hende)|kaldt for)(?!{_LETTER})"
    r"|(?:[Kk]aldes|[Hh]r\.?|[Ff]ru) [A-ZÆØÅ])"
)
# What stands before eight digits that are no telephone number.
_NUMBERED = r"(?:cvr|ordre|sag|sagsnr|journalnr|rekvisition|varenr|faktura)[-. ]*(?:nr)?[.: ]*$"
_PATTERNS = {Find.CPR: _CPR, Find.PLATE: _PLATE, Find.PHONE: _PHONE, Find.NAME: _NAME}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_NUMBER = re.compile(_NUMBERED, re.IGNORECASE)


def _is_birth_date(day: int, month: int, year: int, serial: int) -> bool:
    # The seventh digit tells the century; any that makes a true date counts. Modulus 11 is not
    # used: numbers issued since 2007 may fail it.
    if serial == 0:
        return False
    for century in (1900, 2000, 1800):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def find(text: str) -> list[Finding]:
    """All findings in reading order."""
    found: list[Finding] = []
    for kind, pattern in _COMPILED.items():
        for match in pattern.finditer(text):
            start, end = match.span()
            if _means_it(kind, match) and not any(start < one.end and one.start < end for one in found):
                found.append(Finding(kind, start, end))
    return sorted(found, key=lambda one: one.start)


def _means_it(kind: Find, match: re.Match[str]) -> bool:
    if kind is Find.CPR:
        day, month, year, serial = map(int, match.groups())
        return _is_birth_date(day, month, year, serial)
    return kind is not Find.PHONE or not _NUMBER.search(match.string[: match.start()])


def refusal(text: str) -> str | None:
    """The Danish sentence (untranslated) that refuses the text, or None when it may be saved."""
    return next((MESSAGES[f.kind] for f in find(text) if f.blocks), None)


def warnings(text: str) -> list[str]:
    """The Danish sentences (untranslated) about what is better left out, each once."""
    return list(dict.fromkeys(MESSAGES[f.kind] for f in find(text) if not f.blocks))


def rules() -> dict[str, Any]:
    """The patterns by kind, and what numbers no telephone, for the script that looks while people type."""
    return {"patterns": {kind.value: pattern for kind, pattern in _PATTERNS.items()}, "numbered": _NUMBERED}
