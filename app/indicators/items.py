"""The 16 questions of the survey, and what VIVE published of them in 2018, read from the data file as it stands."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.indicators.dimensions import Dimension
from app.indicators.vocabulary import Missing
from app.lib.i18n import N_

FILE = Path(__file__).parent / "data" / "vive_2018_items.csv"
DIMENSIONS = {
    "oplevet_tryghed": Dimension.SAFETY,
    "social_sammenhaengskraft": Dimension.COHESION,
    "kollektiv_handlekraft": Dimension.COLLECTIVE_ACTION,
    "tillid": Dimension.TRUST,
    "tilfredshed": Dimension.SATISFACTION,
    "livskvalitet": Dimension.QUALITY_OF_LIFE,
}
# How a share of people is said in a sentence: "7 ud af 10 … er grundlæggende trygge i boligområdet".
STATEMENTS = {
    "T1": N_("er grundlæggende trygge i boligområdet"),
    "T2": N_("er trygge i egen bolig"),
    "S1": N_("siger, at folk hjælper naboer i boligområdet"),
    "S2": N_("hjælper aktivt til at gøre boligområdet bedst muligt"),
    "S4": N_("får ofte besøg af personer, der ikke bor i boligområdet"),
    "K1": N_("griber ind, hvis børn eller unge laver graffiti eller hærværk"),
    "K2": N_("laver frivilligt arbejde i eller uden for boligområdet"),
    "L1": N_("har tillid til politiet"),
    "L2": N_("har tillid til lokalpolitikere"),
    "F1": N_("er glade for at bo i boligområdet"),
    "F2": N_("vil undlade at flytte, selv om de havde muligheden"),
}


@dataclass(frozen=True)
class Published:
    """A figure as it was printed: words, a percentage, both, or nothing and why."""

    wording: str
    percent: float | None
    approximate: bool
    missing: Missing | None


@dataclass(frozen=True)
class Item:
    """One question with its published figures."""

    code: str
    dimension: Dimension
    question: str
    areas: Published
    population: Published


@lru_cache
def items() -> tuple[Item, ...]:
    """All 16, in the booklet's order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return tuple(_item(row) for row in rows)


def item(code: str) -> Item | None:
    """The question by its code."""
    return next((one for one in items() if one.code == code), None)


def _item(row: dict[str, str]) -> Item:
    return Item(
        row["code"], DIMENSIONS[row["dimension"]], row["item_da"],
        _published(row, "areas"), _published(row, "population"),
    )  # fmt: skip


def _published(row: dict[str, str], who: str) -> Published:
    wording, percent = row[f"{who}_text"], row[f"{who}_percent"]
    missing = None
    if not wording and not percent:
        missing = Missing.FIGURE_ONLY if "kun i figur" in row["where"] else Missing.NOT_STATED
    return Published(wording, float(percent) if percent else None, row[f"{who}_approximate"] == "1", missing)
