"""Rows of a survey: whole rounds with who made them, and one answer in each row."""

from dataclasses import dataclass

from app.importing import cells
from app.importing.table import Row, key
from app.indicators.dimensions import DIMENSION_LABELS, Dimension
from app.indicators.items import item
from app.indicators.rules import FEWEST
from app.indicators.vocabulary import GROUP_LABELS, Group, Missing
from app.lib.i18n import N_, Reason

NEEDED = {
    "serie": "serie", "aar": "år", "udgiver": "udgiver", "metode": "metode", "befolkning": "befolkning",
    "kilde": "kilde", "kode": "kode", "gruppe": "gruppe", "vaerdi": "værdi", "enhed": "enhed",
}  # fmt: skip
OPTIONAL = {
    "deltagere": "deltagere", "svarprocent": "svarprocent", "spoergsmaal": "spørgsmål", "dimension": "dimension",
    "antal_svar": "antal svar",
}  # fmt: skip
# In the template's order.
COLUMNS = (
    "serie", "år", "udgiver", "metode", "befolkning", "deltagere", "svarprocent", "kilde", "kode", "spørgsmål",
    "dimension", "gruppe", "værdi", "enhed", "antal svar",
)  # fmt: skip
GROUPS = {key(label): group for group, label in GROUP_LABELS.items()} | {"eget_omraade": Group.OWN_AREA}
DIMENSIONS = {key(label): dimension for dimension, label in DIMENSION_LABELS.items()}
PERCENT, WORDS = frozenset({"pct", "%", "procent"}), frozenset({"tekst", "ord"})


@dataclass(frozen=True)
class RoundFacts:
    """What every row of a round must say alike."""

    series: str
    year: int
    publisher: str
    method: str
    population: str
    respondents: int | None
    response_rate: float | None
    citation: str


@dataclass(frozen=True)
class Answer:
    """One row, as it is kept."""

    round: RoundFacts
    code: str
    dimension: Dimension
    question: str
    group: Group
    percent: float | None
    wording: str
    missing: Missing | None
    n: int | None
    line: int


def read(row: Row, this_year: int) -> Answer | None:
    """None when the row has faults; all of them are on the row."""
    facts = _round(row, this_year)
    code = _text(row, "kode", 20).upper()
    dimension, question = _question(row, code)
    group = GROUPS.get(key(row.cells.get("gruppe")))
    if group is None:
        allowed = ", ".join(GROUP_LABELS.values())
        row.fault("gruppe", Reason(N_("Gruppen kendes ikke. Skriv en af: %(groups)s."), {"groups": allowed}))
    percent, wording, missing, n = _value(row)
    if row.faults or facts is None or dimension is None or group is None:
        return None
    return Answer(facts, code, dimension, question, group, percent, wording, missing, n, row.number)


def _round(row: Row, this_year: int) -> RoundFacts | None:
    year = row.get("aar", cells.year, this_year)
    respondents, rate = row.get("deltagere", cells.count), row.get("svarprocent", cells.percent)
    series, publisher = _text(row, "serie", 80), _text(row, "udgiver", 120)
    method, population, citation = _text(row, "metode", 300), _text(row, "befolkning", 300), _text(row, "kilde", 500)
    return RoundFacts(series, year, publisher, method, population, respondents, rate, citation) if year else None


def _text(row: Row, column: str, longest: int, *, needed: bool = True) -> str:
    found = row.get(column, cells.text, longest)
    if found == "" and needed:
        row.fault(column, Reason(N_("Feltet er tomt.")))
    return found or ""


def _question(row: Row, code: str) -> tuple[Dimension | None, str]:
    """One of the 16 by its code and its words; or a question of one's own, with its dimension."""
    said, question = key(row.cells.get("dimension")), _text(row, "spoergsmaal", 200, needed=False)
    named = DIMENSIONS.get(said)
    if said and named is None:
        row.fault("dimension", Reason(N_("Dimensionen kendes ikke. Skriv en af de seks fra skabelonen.")))
        return None, question
    if (known := item(code)) is not None:
        if named not in (None, known.dimension):
            row.fault("dimension", Reason(N_("%(code)s hører til en anden dimension."), {"code": code}))
        if question and question.casefold() != known.question.casefold():
            text = N_("%(code)s er »%(question)s«. Har I spurgt anderledes, så brug en anden kode.")
            row.fault("spoergsmaal", Reason(text, {"code": code, "question": known.question}))
        return known.dimension, known.question
    if code and (named is None or not question):
        row.fault("kode", Reason(N_("Koden er jeres egen. Så skal både spørgsmål og dimension stå i rækken.")))
    return named, question


def _value(row: Row) -> tuple[float | None, str, Missing | None, int | None]:
    """The figure, the words, or why there is neither. Under ten answers are never kept."""
    unit = key(row.cells.get("enhed"))
    n = row.get("antal_svar", cells.count)
    cell = row.cells.get("vaerdi")
    words = str(cell).strip() if cell is not None else ""
    if words in cells.MISSING:
        return None, "", Missing.NOT_STATED, n if n is None or n >= FEWEST else None
    percent: float | None = None
    wording = ""
    if unit in PERCENT:
        percent = row.get("vaerdi", cells.percent)
    elif unit in WORDS:
        wording = _text(row, "vaerdi", 80)
        if wording.replace(",", "").replace(".", "").isdigit():
            row.fault("vaerdi", Reason(N_("Her står et tal, men enheden er »tekst«. Skriv »pct.« som enhed.")))
    else:
        row.fault("enhed", Reason(N_("Enheden skal være »pct.« eller »tekst«.")))
    if n is not None and n < FEWEST:
        return None, "", Missing.TOO_FEW, None
    return percent, wording, None, n
