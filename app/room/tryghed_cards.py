"""The six cards of the area page: a sentence, a chart and a table for each source, and how to read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from flask_babel import get_locale
from markupsafe import Markup

from app.areas.models import Area
from app.indicators import caveats, queries, words
from app.indicators.charts import render, survey
from app.indicators.dimensions import DEFINITIONS, DIMENSION_LABELS, Dimension
from app.indicators.models import SurveyRound
from app.indicators.rules import Block, Figure, Trend, blocks, differs, trends
from app.indicators.vocabulary import GROUP_LABELS, Group
from app.indicators.words import RoundFacts
from app.lib.i18n import _

MOST_LINES = 6


@dataclass(frozen=True)
class Source:
    """One dimension in the newest round of one series. Each source has its own chart: they are never drawn together."""

    block: Block
    round: RoundFacts
    area: str
    lines: tuple[Trend, ...]
    rounds: int

    @property
    def id(self) -> str:
        return f"{self.block.dimension}-{self.round.public_id}"

    @cached_property
    def sentence(self) -> words.Sentence | None:
        return words.sentence(self.block, self.round, self.area)

    @property
    def title(self) -> str:
        return f"{self.round.publisher} {self.round.year}"

    @cached_property
    def source(self) -> str:
        return words.source(self.round)

    @cached_property
    def caveats(self) -> list[str]:
        return caveats.of_round(self.round, self.rounds)

    @property
    def method(self) -> str:
        return caveats.method(self.round)

    @property
    def said(self) -> str:
        """What can be said of it in one sentence; empty where the questions have no sentence of their own."""
        if self.sentence:
            return self.sentence.text
        return "" if self.block.has_anything else _("Her er ikke oplyst noget tal.")

    @cached_property
    def chart(self) -> Markup | None:
        """None where nothing has a place on a scale: then the table says it all."""
        if not survey.can_be_drawn(self.block):
            return None
        return render.svg(survey.picture(self.block, self.area), self.chart_label)

    @property
    def chart_label(self) -> str:
        return _("Diagram: %(what)s, %(source)s. Tallene står i tabellen.", what=self.label, source=self.title)

    @cached_property
    def trend(self) -> Markup | None:
        """None unless the same question was asked in several rounds of this series."""
        if not self.lines:
            return None
        return render.svg(survey.lines(self.lines, self.area), self.trend_label)

    @property
    def trend_label(self) -> str:
        return _("Udvikling: %(what)s, %(source)s.", what=self.label, source=self.round.publisher)

    @cached_property
    def changes(self) -> list[str]:
        """Of each line, whether its last step is more than chance; a line alone would suggest that it always is."""
        steps = [(trend.figures[-2], trend.figures[-1]) for trend in self.lines]
        return [_change(before, after) for before, after in steps]

    @property
    def label(self) -> str:
        return _(DIMENSION_LABELS[self.block.dimension])

    @cached_property
    def groups(self) -> list[Group]:
        """Who was asked, the nearest first: the table's columns."""
        return [group for group in Group if any(f.group is group for f in self.block.figures)]

    @property
    def group_names(self) -> list[str]:
        """The same in words, the own area by its name."""
        return [self.area if one is Group.OWN_AREA else words.begun(_(GROUP_LABELS[one])) for one in self.groups]

    @cached_property
    def rows(self) -> list[tuple[str, list[Figure | None]]]:
        """Question, and the figure of each group; None where the group was not asked."""
        found = []
        for (_code, question), figures in self.block.by_question.items():
            known = {f.group: f for f in figures}
            found.append((question, [known.get(group) for group in self.groups]))
        return found


@dataclass(frozen=True)
class Card:
    """One dimension with its sources: the own area's first."""

    dimension: Dimension
    sources: tuple[Source, ...]

    @property
    def title(self) -> str:
        return words.begun(_(DIMENSION_LABELS[self.dimension]))

    @property
    def definition(self) -> str:
        return _(DEFINITIONS[self.dimension])

    @property
    def in_short(self) -> str:
        """The first sentence that can be said, the own area's before others', with its source."""
        told = next((one for one in self.sources if one.sentence), None)
        return f"{told.said} {told.title}." if told else _("Her er ikke oplyst noget tal.")


def _change(before: Figure, after: Figure) -> str:
    known, years = differs(before, after), {"question": after.question, "a": before.year, "b": after.year}
    if known is None:
        return _("%(question)s: vi kan ikke sige, om forskellen fra %(a)s til %(b)s er tilfældig.", **years)
    if known:
        return _("%(question)s: forskellen fra %(a)s til %(b)s er større end den statistiske usikkerhed.", **years)
    return _("%(question)s: forskellen fra %(a)s til %(b)s kan være tilfældig.", **years)


# A saved round never changes, so what was worked out of it stands; by area, language and rounds. Lost with the process.
_kept: dict[tuple[str, ...], list[Card]] = {}
MOST_KEPT = 32


def cards(area: Area, rounds: list[SurveyRound]) -> list[Card]:
    """All six, in the booklet's order: never in order of their figures."""
    key = (area.public_id, area.name, str(get_locale()), *(one.public_id for one in rounds))
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = _cards(area, rounds)
    return _kept[key]


def _cards(area: Area, rounds: list[SurveyRound]) -> list[Card]:
    sources = _sources(area, rounds, queries.figures_of(rounds))
    return [Card(dimension, tuple(s for s in sources if s.block.dimension is dimension)) for dimension in Dimension]


def _sources(area: Area, rounds: list[SurveyRound], figures: list[Figure]) -> list[Source]:
    """The newest round of each series that says something of the dimension; older ones only as lines."""
    by_key = {(one.series, one.year): RoundFacts.of(one) for one in rounds}
    place = {key: n for n, key in enumerate(by_key)}
    found: dict[tuple[Dimension, str], Source] = {}
    for block in sorted(blocks(figures), key=lambda b: place[b.series, b.year]):
        if (block.dimension, block.series) in found:
            continue
        found[block.dimension, block.series] = Source(
            block, by_key[block.series, block.year], area.name, _lines(block, figures),
            sum(series == block.series for series, _year in by_key),
        )  # fmt: skip
    return list(found.values())


def _lines(block: Block, figures: Iterable[Figure]) -> tuple[Trend, ...]:
    own = [f for f in figures if (f.dimension, f.series) == (block.dimension, block.series)]
    # The own area first, and no more than can be taken in.
    return tuple(sorted(trends(own), key=lambda trend: list(Group).index(trend.figures[0].group))[:MOST_LINES])
