"""Danish is the source language: texts are marked here and translated at the edge."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask import g, has_app_context
from flask_babel import force_locale, get_translations, lazy_gettext


def N_(text: str) -> str:
    """Mark a Danish text for translation without translating it yet."""
    return text


def _(text: str, /, **params: Any) -> str:
    """The text in the reader's language, with `%(name)s` filled in."""
    said = _said(catalogue(), text)
    return said % params if params else said


@lru_cache(maxsize=5000)  # texts of the program, not of people
def _said(texts: Any, text: str) -> str:
    return str(texts.ugettext(text))


def kept(text: str, /, **params: Any) -> str:
    """What is stored, sent or printed: Danish, whichever language whoever causes it reads."""
    return text % params if params else text


@contextmanager
def in_danish() -> Iterator[None]:
    """Every text said inside is Danish, as what is kept must be; afterwards the reader's own language is back."""
    own = g.pop("catalogue", None) if has_app_context() else None
    try:
        with force_locale("da"):
            yield
    finally:
        if has_app_context():
            g.pop("catalogue", None)
            if own is not None:
                g.catalogue = own


def catalogue() -> Any:
    """The texts in the reader's language, looked up once in a request."""
    try:
        found = g.get("catalogue")
    except RuntimeError:  # outside of any application
        return get_translations()
    if found is None:
        found = g.catalogue = get_translations()
    return found


def lazy(text: str) -> Any:
    """Like `_`, but translated when shown: for form labels and other module-level texts."""
    return lazy_gettext(text)


@dataclass(frozen=True)
class Reason:
    """A Danish sentence with parameters that a rule answers and the screen shows."""

    text: str
    params: dict[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return _(self.text, **self.params)

    def in_danish(self) -> str:
        """The sentence without any translation: for logs, tests and the command line."""
        return self.text % self.params if self.params else self.text
