"""Finds what must not be typed here: CPR numbers are refused, plates, phone numbers and names are warned about."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


_CPR = re.compile(r"(?<![\d-])(\d{2})(\d{2})(\d{2})[ ‐-]?(\d{4})(?![\d-])")
_PLATE = re.compile(r"\b(?!KL |NR )[A-ZÆØÅ]{2} ?\d{2} ?\d{3}\b")
_PHONE = re.compile(r"(?<![\d-])(?:(?:\+|00)45 ?)?[2-9]\d(?: ?\d{2}){3}(?![\d-])")
_NAME = re.compile(r"\b(?:navn på|navnet på|hedder|ved navn)\b", re.IGNORECASE)


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
    found = [
        Finding(Find.CPR, m.start(), m.end())
        for m in _CPR.finditer(text)
        if _is_birth_date(int(m[1]), int(m[2]), int(m[3]), int(m[4]))
    ]
    taken = [(f.start, f.end) for f in found]
    for kind, pattern in ((Find.PLATE, _PLATE), (Find.PHONE, _PHONE), (Find.NAME, _NAME)):
        for m in pattern.finditer(text):
            if not any(m.start() < end and start < m.end() for start, end in taken):
                found.append(Finding(kind, m.start(), m.end()))
    return sorted(found, key=lambda f: f.start)


def refusal(text: str) -> str | None:
    """The Danish sentence (untranslated) that refuses the text, or None when it may be saved."""
    return next((MESSAGES[f.kind] for f in find(text) if f.blocks), None)
