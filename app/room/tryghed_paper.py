"""The area page on paper: the same sentences, charts, tables and caveats, gathered from what this reader may see."""

from typing import Any

from markupsafe import Markup

from app.indicators import caveats, words
from app.indicators.charts import render
from app.lib.i18n import _
from app.room.tryghed_axis import Axis
from app.room.tryghed_cards import Card, Source

Data = dict[str, Any]


def of_card(card: Card) -> Data:
    """One dimension."""
    return {
        "title": card.title, "definition": card.definition, "none": _("Ingen målinger endnu."),
        "sources": [_of_source(one) for one in card.sources],
    }  # fmt: skip


def of_axis(axis: Axis) -> Data:
    """Registered, felt and told."""
    return {
        "title": _("Registreret, oplevet og fortalt"), "chart": _picture(axis.chart, axis.chart_label),
        "lead": axis.lead,
        "registered": _registered(axis) if axis.registered else None,
        "told": _told(axis) if axis.tells and axis.years else None,
        "note": f"{axis.told_note} {axis.done_note}".strip(),
    }  # fmt: skip


def _of_source(source: Source) -> Data:
    return {
        "title": source.title, "lead": source.said,
        "chart": _picture(source.chart, source.chart_label), "changes": source.changes, "trend": _trend(source),
        "columns": [_("Spørgsmål"), *source.group_names],
        "rows": [[asked, *(words.in_full(f) if f else _("ikke spurgt") for f in some)] for asked, some in source.rows],
        "caveats": [*source.caveats, source.method],
        "citation": _("Kilde: %(citation)s", citation=source.round.citation),
    }  # fmt: skip


def _trend(source: Source) -> Data | None:
    drawn = _picture(source.trend, source.trend_label)
    return drawn and drawn | {"title": _("Udvikling i samme måling")}


def _picture(drawn: Markup | None, label: str) -> Data | None:
    return {"svg": render.on_paper(drawn), "alt": label} if drawn else None


def _registered(axis: Axis) -> Data:
    place, none = axis.reader.area.municipality, (_("ikke oplyst"), None)
    known = [(one.title, one.newest or none) for one in axis.registered]
    return {
        "columns": [_("Registreret i hele %(place)s, ikke kun området", place=place), _("Seneste"), _("Antal")],
        "rows": [[what, when, "–" if count is None else words.count(count)] for what, (when, count) in known],
        "caveats": caveats.of_crime(), "citation": _("Kilde: Danmarks Statistik, STRAF11 og STRAF22."),
    }  # fmt: skip


def _told(axis: Axis) -> Data:
    return {
        "columns": [_("År"), _("Hændelser"), _("Beskeder")],
        "rows": [[str(one) for one in year] for year in axis.years],
    }
