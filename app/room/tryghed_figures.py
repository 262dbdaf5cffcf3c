"""Every figure of the area page as one table, for a spreadsheet: each row says itself where it comes from."""

from app.areas.models import Area
from app.indicators import caveats, queries, words
from app.indicators.dimensions import DIMENSION_LABELS, Dimension
from app.indicators.exports import Cell
from app.indicators.models import SurveyRound
from app.indicators.rules import Figure
from app.indicators.vocabulary import CRIME_KIND_LABELS, LAW_LABELS, Group
from app.indicators.words import RoundFacts
from app.lib.i18n import N_, _
from app.room.tryghed_axis import Axis, Registered

COLUMNS = (
    N_("afsnit"), N_("emne"), N_("spørgsmål eller lov"), N_("hvem eller hvor"), N_("år"), N_("kvartal"), N_("værdi"),
    N_("pct."), N_("mindst pct."), N_("højst pct."), N_("antal"), N_("antal svar (n)"), N_("deltagere"),
    N_("svarprocent"), N_("måling"), N_("udgiver"), N_("metode"), N_("gælder"), N_("kilde"), N_("sådan læser du det"),
)  # fmt: skip
Row = list[Cell]


def columns() -> list[str]:
    """The header."""
    return [_(name) for name in COLUMNS]


def rows(area: Area, rounds: list[SurveyRound], axis: Axis) -> list[Row]:
    """Felt, registered, told: one under the other. No row is a sum of others or sets two sources against each other."""
    felt = _felt(area, rounds)
    registered = [row for one in axis.registered for row in _registered(one, area)]
    return [*felt, *registered, *_told(axis, area)]


def _felt(area: Area, rounds: list[SurveyRound]) -> list[Row]:
    by_key = {(one.series, one.year): one for one in rounds}
    place = {key: n for n, key in enumerate(by_key)}
    # In the page's order: dimension by dimension, in each the own area's sources first. Never in order of figures.
    found = sorted(
        queries.figures_of(rounds), key=lambda f: (list(Dimension).index(f.dimension), place[f.series, f.year])
    )
    known = {series: sum(one.series == series for one in rounds) for series, _year in by_key}
    return [_of_figure(figure, by_key[figure.series, figure.year], known[figure.series], area) for figure in found]


def _of_figure(figure: Figure, of: SurveyRound, rounds: int, area: Area) -> Row:
    # How many of the population answered VIVE is not published: the round's own figures are the areas'.
    is_told = of.import_id is not None or figure.group is not Group.POPULATION
    low, high = map(round, figure.interval) if figure.interval else (None, None)
    return [
        _("oplevet"), _(DIMENSION_LABELS[figure.dimension]), figure.question, words.group(figure, area.name), of.year,
        None, words.value(figure), figure.percent if figure.is_exact else None, low, high,
        None, *(_or_not_stated(one) for one in (figure.n, of.respondents if is_told else None,
                                                of.response_rate if is_told else None)),
        of.series, of.publisher, of.method, of.population, of.citation,
        " ".join(caveats.how_sure(RoundFacts.of(of), rounds)),
    ]  # fmt: skip


def _or_not_stated(known: Cell) -> Cell:
    return _("ikke oplyst") if known is None else known


def _registered(one: Registered, area: Area) -> list[Row]:
    where = _("hele %(place)s, ikke kun området", place=area.municipality)
    table = "STRAF22" if one.is_yearly else "STRAF11"
    period = _("pr. år") if one.is_yearly else _("de seneste fire kvartaler til og med dette")
    common = [
        _("Danmarks Statistik, %(table)s", table=table), "Danmarks Statistik", period, where,
        _("Danmarks Statistik, %(table)s", table=table), " ".join(caveats.of_crime()),
    ]  # fmt: skip
    none = _("ikke oplyst") if one.is_yearly else _("ikke oplyst (et af de fire kvartaler mangler)")
    what = [_("registreret"), _(CRIME_KIND_LABELS[one.kind]), _(LAW_LABELS[one.law]), where]
    return [
        [*what, year, quarter or None, none if count is None else words.count(count), None, None, None, count, None,
         None, None, *common]
        for year, quarter, count in one.points
    ]  # fmt: skip


def _told(axis: Axis, area: Area) -> list[Row]:
    if not axis.tells:
        return []
    pairs = ((_("hændelser"), 1), (_("beskeder"), 2))
    return [
        [_("fortalt"), what, None, area.name, year[0], None, words.count(year[at]), None, None, None, year[at],
         *[None] * 8, axis.told_note]
        for year in axis.years
        for what, at in pairs
    ]  # fmt: skip
