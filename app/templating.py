"""Templates are addressed by package (`incidents/show.html`); filters give Danish dates and words."""

import hashlib
import json
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, Template
from jinja2.environment import TemplateModule
from markupsafe import Markup

from app.lib import clock, personal_data, phone
from app.lib.i18n import N_, _, catalogue

APP = Path(__file__).parent
WEEKDAYS = (N_("mandag"), N_("tirsdag"), N_("onsdag"), N_("torsdag"), N_("fredag"), N_("lørdag"), N_("søndag"))


class OurTemplate(Template):
    """All templates have the same globals: what one imports is made once, not compared at each import of each page."""

    def _get_default_module(self, ctx: Any = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module


def init_app(app: Flask) -> None:
    """Attach loaders, filters and globals."""
    app.jinja_env.template_class = OurTemplate
    packages = {folder.parent.name: FileSystemLoader(folder) for folder in sorted(APP.glob("*/templates"))}
    app.jinja_loader = ChoiceLoader([FileSystemLoader(APP / "templates"), PrefixLoader(packages)])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        clock_time=clock_time, day=day, moment=moment, weekday=weekday, since=since, until=until, stopwatch=stopwatch,
        phone=phone.spaced,
    )  # fmt: skip
    app.jinja_env.globals.update(asset=asset, has_page=has_page, now=clock.now, lint=lint)
    # A room says some 300 texts: Flask-Babel's own way would cost it a tenth of its time.
    app.jinja_env.globals.update(_=in_page, gettext=in_page)


def in_page(message: str, /, **values: Any) -> Markup:
    """The text in the reader's language as markup; what is filled in, by any name, is escaped."""
    said, is_form = _marked_up(catalogue(), message)
    return said % values if values or is_form else said


@lru_cache(maxsize=5000)  # texts of the program, not of people
def _marked_up(texts: Any, message: str) -> tuple[Markup, bool]:
    said = Markup(texts.ugettext(message))
    return said, "%" in said


def lint() -> str:
    """What lint.js looks for, and what it says in the reader's language, as JSON."""
    return _lint(catalogue())


@lru_cache
def _lint(texts: Any) -> str:
    said = {kind.value: texts.ugettext(text) for kind, text in personal_data.MESSAGES.items()}
    return json.dumps(personal_data.rules() | {"texts": said}, ensure_ascii=False)


@lru_cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((APP / "static" / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """Address of a static file with its fingerprint, so that browsers may keep it for a year."""
    return url_for("static", filename=name, v=_fingerprint(name))


def clock_time(value: datetime) -> str:
    """`23.58`, Danish clocks."""
    return f"{clock.local(value):%H.%M}"


def day(value: datetime) -> str:
    """`22.11.2026`, Danish clocks."""
    return f"{clock.local(value):%d.%m.%Y}"


def weekday(value: datetime) -> str:
    """`mandag`, Danish clocks."""
    return _(WEEKDAYS[clock.local(value).weekday()])


def moment(value: datetime) -> str:
    """`kl. 23.58` today, else `22.11. kl. 23.58` or `22.11.2025 kl. 23.58`."""
    here, today = clock.local(value), clock.local(clock.now())
    if here.date() == today.date():
        return _("kl. %(time)s", time=f"{here:%H.%M}")
    day_said = f"{here:%d.%m.}" if here.year == today.year else f"{here:%d.%m.%Y}"
    return _("%(day)s kl. %(time)s", day=day_said, time=f"{here:%H.%M}")


def span(delta: timedelta) -> str:
    """`under 1 min`, `12 min`, `3 t 05 min`, `4 dage`."""
    minutes = int(abs(delta).total_seconds() // 60)
    if minutes < 1:
        return _("under 1 min")
    if minutes < 60:
        return _("%(n)s min", n=minutes)
    if minutes < 48 * 60:
        return _("%(hours)s t %(minutes)s min", hours=minutes // 60, minutes=f"{minutes % 60:02d}")
    return _("%(n)s dage", n=minutes // (24 * 60))


def since(value: datetime) -> str:
    """How long ago."""
    return span(clock.now() - value)


def until(value: datetime) -> str:
    """`om 6 min` or `8 min forsinket`."""
    left = value - clock.now()
    if left >= timedelta(0):
        return _("om %(span)s", span=span(left))
    return _("%(span)s forsinket", span=span(left))


def stopwatch(value: datetime) -> str:
    """`00:14:32` since the moment; clock.js moves it on."""
    seconds = max(0, int((clock.now() - value).total_seconds()))
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def has_page(endpoint: str) -> bool:
    """Whether a page exists yet, for links to pages that an installation may lack."""
    return endpoint in current_app.view_functions
