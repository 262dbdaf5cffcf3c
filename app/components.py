"""Components that one page shows by the hundred. A function writes them ten times as fast as a template's macro.

`components/icon.html` and its neighbours hand them to the templates, so nobody need know which is which.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from flask import Flask
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from app import bundles
from app.lib import clock
from app.lib.i18n import N_
from app.lib.phone import spaced
from app.templating import in_page, stopwatch, until
from app.templating import moment as in_words

_MARKS = {"good": "success", "warn": "time", "bad": "error", "none": "minus"}


def init_app(app: Flask) -> None:
    """Attach to the application."""
    shown = (icon, chip, at, countdown, elapsed, csrf, phone_link, status_row)
    app.jinja_env.globals["component"] = {function.__name__: function for function in shown}


def icon(name: str, label: str | None = None, turns: bool = False) -> Markup:
    """Decoration, or with a label read aloud. Names: scripts/vendor, ICONS."""
    said = label if label is None or isinstance(label, str) else str(label)
    return _icon(bundles.address("icons.svg"), name, said, turns)


@lru_cache(maxsize=1000, typed=True)  # typed: marked-up and plain words are equal, and are not escaped alike
def _icon(bundle: str, name: str, label: str | None, turns: bool) -> Markup:
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon{}" focusable="false" {}><use href="{}#{}"></use></svg>').format(
        " icon--turns" if turns else "", said, bundle, name
    )


def chip(text: str, kind: str | None = None, icon: str | None = None) -> Markup:
    """A word about state; kind: good, warn, bad, news or none. Never colour alone."""
    look = f" chip--{kind}" if kind else ""
    return Markup(f'<span class="chip{look}">{_drawn(icon)}{escape(text)}</span>')


def at(when: datetime) -> Markup:
    """`kl. 23.58`, and exactly when for those who point at it."""
    return Markup(f'<time datetime="{when.isoformat()}">{in_words(when)}</time>')


def countdown(moment: datetime) -> Markup:
    """The server's words, moved on each second by clock.js."""
    late = " is-late" if moment < clock.now() else ""
    return Markup(f'<time datetime="{moment.isoformat()}" data-countdown class="number{late}">{until(moment)}</time>')


def elapsed(moment: datetime) -> Markup:
    """`00:14:32` since the moment."""
    return Markup(f'<time datetime="{moment.isoformat()}" data-elapsed class="number">{stopwatch(moment)}</time>')


def csrf(once: str | None = None) -> Markup:
    """The hidden token of every form that posts; `once` makes a double tap one act."""
    kept = f'<input type="hidden" name="once" value="{escape(once)}">' if once else ""
    return Markup(f'<input type="hidden" name="csrf_token" value="{generate_csrf()}">{kept}')


def phone_link(number: str, whom: str | None = None, quiet: bool = True) -> Markup:
    """Tap to call. `whom` is shown before the number, or only read aloud when `quiet`."""
    look = ' class="sr-only"' if quiet else ""
    said = f"<span{look}>{in_page(N_('Ring til %(whom)s'), whom=whom)} </span>" if whom else ""
    link = f'<a class="phone-link" href="tel:{escape(number)}">'
    return Markup(f"{link}{icon('smartphone')}{said}<span>{escape(spaced(number))}</span></a>")


def status_row(
    name: str,
    words: str,
    state: str = "none",
    note: str | None = None,
    id: str | None = None,
    caller: Callable[[], str] | None = None,
) -> Markup:
    """`state` is good, warn, bad or none; `words` says the same. The caller may add what to do."""
    item = f' id="{escape(id)}" data-item' if id else ""
    under = f'<span class="row-note">{escape(note)}</span>' if note else ""
    end = f'<div class="row-end">{escape(caller())}</div>' if caller else ""
    look = f'<span class="row-state row-state--{state}">{icon(_MARKS[state])}{escape(words)}</span>'
    return Markup(
        f'<li class="row-line"{item}>\n<div class="row-main">\n<span class="row-title">{escape(name)}</span>\n'
        f"{look}\n{under}</div>\n{end}</li>\n"
    )


def _drawn(name: str | None) -> Markup:
    return icon(name) if name else Markup()
