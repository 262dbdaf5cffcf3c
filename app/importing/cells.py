"""Single cells, as people and Danish Excel write them. Every no is a Danish sentence that says what to do."""

import re
from datetime import date, datetime

from app.lib.i18n import N_, Reason

Cell = str | int | float | bool | date | datetime | None
MISSING = frozenset({"", "..", ".", "-", "–"})  # Danmarks Statistik's `..`, and what people write instead
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?\d+([.,]\d{1,2})?")
_COUNT = re.compile(r"\d+|\d{1,3}(\.\d{3})+|\d{1,3}( \d{3})+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class BadCell(ValueError):
    """What is wrong with a cell."""

    def __init__(self, text: str, **params: object) -> None:
        super().__init__(text)
        self.reason = Reason(text, params)


def text(cell: Cell, longest: int) -> str:
    """Plain words. Refuses what would run as a formula when the text is exported to a spreadsheet again."""
    if isinstance(cell, date):
        raise BadCell(N_("Her står en dato, men der skal stå tekst."))
    words = " ".join(_written(cell).split())
    if words.startswith(FORMULA) and words not in MISSING:
        raise BadCell(N_("Teksten må ikke begynde med = + - eller @: et regneark kan læse den som en formel."))
    if _CONTROL.search(_written(cell)):
        raise BadCell(N_("Teksten har tegn, der ikke kan læses."))
    if len(words) > longest:
        raise BadCell(N_("Teksten er for lang: højst %(max)s tegn."), max=longest)
    return words


def decimal(cell: Cell) -> float | None:
    """`38,4`, `38.4` or a number of the spreadsheet's own; None where nothing is known."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _rounded(float(cell))
    words = _written(cell).strip().removesuffix("%").strip()
    if words in MISSING:
        return None
    if not _NUMBER.fullmatch(words):
        raise BadCell(N_("»%(words)s« er ikke et tal med højst to decimaler. Skriv fx 38,4."), words=words[:40])
    return _rounded(float(words.replace(",", ".")))


def percent(cell: Cell) -> float | None:
    """Between 0 and 100. Refuses 0,7, which is most often a share and seventy times too small."""
    value = decimal(cell)
    if value is None:
        return None
    if not 0 <= value <= 100:
        raise BadCell(N_("%(value)s er ikke en procent mellem 0 og 100."), value=f"{value:g}".replace(".", ","))
    if 0 < value < 1:
        raise BadCell(N_("Er det en andel? Skriv 70, ikke 0,7. Er det under 1 pct., så skriv det med enheden »tekst«."))
    return value


def count(cell: Cell) -> int | None:
    """A whole number: `10473`, `10.473`; None where nothing is known."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = _written(cell).strip()
    if words in MISSING:
        return None
    if not _COUNT.fullmatch(words) or len(words) > 12:
        raise BadCell(N_("»%(words)s« er ikke et helt tal."), words=words[:40])
    return int(re.sub(r"[. ]", "", words))


def year(cell: Cell, newest: int) -> int:
    """Four digits, not in the future."""
    value = count(cell)
    if value is None or not 1990 <= value <= newest:
        raise BadCell(N_("Skriv et årstal mellem 1990 og %(newest)s."), newest=newest)
    return value


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    return ("ja" if cell else "nej") if isinstance(cell, bool) else str(cell)


def _rounded(value: float) -> float:
    return round(value, 2)
