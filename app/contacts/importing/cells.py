"""A cell as a contact list has it: phone numbers as Danish Excel leaves them, mail addresses, yes and no."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from app.areas.administration.forms import MAIL
from app.importing import cells
from app.importing.cells import BadCell, Cell
from app.importing.table import key
from app.lib import personal_data, phone
from app.lib.i18n import N_

T = TypeVar("T")
LONGEST_MAIL = 254
_SHORTENED = re.compile(r"[+-]?\d([.,]\d+)?[eE][+-]?\d+")
_SEVERAL = re.compile(r"[/;,|&]|\b(og|eller|samt)\b", re.IGNORECASE)
_DIGITS = re.compile(r"[+\d ().\u00a0-]+")
YES, NO = frozenset({"ja", "j", "x", "1", "true", "sand", "yes"}), frozenset({"nej", "n", "0", "false", "falsk", "no"})
CPR = N_("Det ligner et CPR-nummer. Fjern det: CPR-numre hører ikke til her.")


def words(cell: Cell, longest: int) -> str:
    """Plain words without CPR number."""
    said = cells.text(cell, longest)
    if personal_data.refusal(said):
        raise BadCell(CPR)
    return said


def number(cell: Cell) -> str:
    """E.164, or empty. `+45…` that Excel took for a number has lost its plus, `0045…` its two noughts."""
    if isinstance(cell, (bool, date)):
        raise BadCell(N_("Her skal stå et telefonnummer, 8 cifre."))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    typed = "" if cell is None else str(cell).strip().lstrip("'").replace("\u200e", "").strip()
    if typed in cells.MISSING:
        return ""
    if _SHORTENED.fullmatch(typed):
        text = N_("Regnearket har forkortet nummeret (%(typed)s), så cifre er tabt. Gør kolonnen til tekst, skriv "
                  "nummeret igen, og gem.")  # fmt: skip
        raise BadCell(text, typed=typed[:20])
    typed = re.sub(r"[.,]0{1,2}$", "", typed)
    if personal_data.refusal(typed):
        raise BadCell(CPR)
    if _SEVERAL.search(typed):
        raise BadCell(N_("Her står mere end ét nummer. Skriv ét i hver kolonne: mobil og fastnet."))
    digits = re.sub(r"\D", "", typed)
    if not _DIGITS.fullmatch(typed):
        raise BadCell(N_("»%(typed)s« er ikke et telefonnummer. Skriv 8 cifre, fx 20 12 34 56."), typed=typed[:40])
    if len(digits) == 10 and digits.startswith("45"):
        typed = f"+{digits}"
    try:
        return phone.normalise(typed)
    except phone.InvalidNumber:
        raise BadCell(
            N_("»%(typed)s« er ikke et dansk telefonnummer. Skriv 8 cifre, fx 20 12 34 56."), typed=typed[:40]
        ) from None


def mail(cell: Cell) -> str:
    """In small letters, or empty."""
    said = cells.text(cell, 1000).removeprefix("mailto:")
    if said in cells.MISSING:
        return ""
    if not MAIL.fullmatch(said) or len(said) > LONGEST_MAIL or _SEVERAL.search(said):
        raise BadCell(N_("»%(said)s« ligner ikke en mail. Skriv én, som navn@sted.dk."), said=said[:60])
    return said.lower()


def yes_or_no(cell: Cell) -> bool | None:
    """None where nothing is said."""
    said = key("ja" if cell is True else "nej" if cell is False else _whole(cell))
    if not said:
        return None
    if said not in YES | NO:
        raise BadCell(N_("Skriv ja eller nej."))
    return said in YES


def one_of(cell: Cell, known: Mapping[str, T], text: str) -> T | None:
    """By its name, whatever its case; None where nothing is said. `text` refuses what is not known."""
    said = cells.text(cell, 200)
    if said in cells.MISSING:
        return None
    found = known.get(key(said))
    if found is None:
        raise BadCell(text, said=said[:60])
    return found


def several_of(cell: Cell, known: Mapping[str, T], text: str) -> tuple[T, ...]:
    """Names with commas between them."""
    parts = [part for part in re.split(r"[,;|\n]", str(cell or "")) if part.strip()]
    found = [one_of(part, known, text) for part in parts]
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _whole(cell: Cell) -> Cell:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
