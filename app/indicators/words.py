"""Figures as Danish sentences with their source: on the area page, and as facts for the shared message."""

from dataclasses import dataclass

from app.indicators.items import STATEMENTS
from app.indicators.models import SurveyRound
from app.indicators.rules import Block, Figure
from app.indicators.vocabulary import GROUP_LABELS, MISSING_LABELS, Group
from app.lib.i18n import _

# Whose figure opens a sentence: the nearest first.
NEAREST = (Group.OWN_AREA, Group.PROJECT_AREAS, Group.SOCIAL_HOUSING, Group.SUB_AREAS, Group.MUNICIPALITY)


@dataclass(frozen=True)
class Sentence:
    """A statement that stands for itself, and where it comes from."""

    key: str
    text: str
    source: str


@dataclass(frozen=True)
class RoundFacts:
    """What is told of a round beside its figures."""

    public_id: str
    year: int
    publisher: str
    method: str
    population: str
    respondents: int | None
    response_rate: float | None
    citation: str

    @classmethod
    def of(cls, row: SurveyRound) -> "RoundFacts":
        """As it stands in the database."""
        return cls(
            row.public_id, row.year, row.publisher, row.method, row.population, row.respondents, row.response_rate,
            row.citation,
        )  # fmt: skip


def number(value: float) -> str:
    """`75`, `38,4`."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def count(number_of: int) -> str:
    """`10.473`."""
    return f"{number_of:,}".replace(",", ".")


def value(figure: Figure) -> str:
    """As it was published: the words where there are words, else the percentage, else why there is none."""
    if figure.missing is not None:
        return _(MISSING_LABELS[figure.missing])
    if figure.wording:
        return figure.wording
    rough = _("ca. ") if figure.approximate else ""
    return f"{rough}{number(figure.percent or 0)} pct."


def interval(figure: Figure) -> str:
    """`(58-66)`; empty where it cannot be known."""
    between = figure.interval
    return f"({between[0]:.0f}-{between[1]:.0f})" if between else ""


def in_full(figure: Figure) -> str:
    """`62,5 pct. (54-71), n = 120`: the value with all that is known of how sure it is."""
    return f"{value(figure)} {interval(figure)}, n = {figure.n}" if figure.interval else value(figure)


def begun(text: str) -> str:
    """As a sentence begins; names and SUB stay as they are."""
    return text[:1].upper() + text[1:]


def group(figure: Figure, area: str) -> str:
    """Who answered; the own area by its name."""
    return area if figure.group is Group.OWN_AREA else _(GROUP_LABELS[figure.group])


def source(of: RoundFacts) -> str:
    """`VIVE for Landsbyggefonden, måling 2018, svarprocent 38,4`."""
    parts = [of.publisher, _("måling %(year)s", year=of.year)]
    if of.respondents:
        parts.append(_("%(n)s svar", n=count(of.respondents)))
    if of.response_rate:
        parts.append(_("svarprocent %(rate)s", rate=number(of.response_rate)))
    return ", ".join(parts)


def sentence(block: Block, of: RoundFacts, area: str) -> Sentence | None:
    """The first question that can be said of a group near here, with the population beside it where it was asked."""
    return next(iter(sentences(block, of, area)), None)


def sentences(block: Block, of: RoundFacts, area: str) -> list[Sentence]:
    """Every question that can be said, in the questionnaire's order."""
    found = (_said(figures, of, area) for figures in block.by_question.values())
    return [one for one in found if one is not None]


def _said(figures: tuple[Figure, ...], of: RoundFacts, area: str) -> Sentence | None:
    known = {f.group: f for f in figures if f.missing is None}
    near = next((known[one] for one in NEAREST if one in known), None)
    statement = STATEMENTS.get(near.code) if near else None
    if near is None or (statement is None and near.percent is None):
        return None
    who, said = group(near, area), value(near)
    text = f"{said} {_('i')} {who} {_(statement)}" if statement else f"{near.question}: {said} {_('i')} {who}"
    if Group.POPULATION in known:
        text += _("; i befolkningen %(share)s", share=value(known[Group.POPULATION]))
    ended = text.removesuffix(".") + "."  # "90 pct." has its own
    return Sentence(f"{of.public_id}.{near.code}", begun(ended), source(of))
