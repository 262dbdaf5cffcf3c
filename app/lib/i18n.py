"""Danish is the source language: texts are marked here and translated at the edge."""

from dataclasses import dataclass, field
from typing import Any

from flask import g, has_app_context
from flask_babel import get_translations, lazy_gettext


def N_(text: str) -> str:
    """Mark a Danish text for translation without translating it yet."""
    return text


def _(text: str, **params: Any) -> str:
    """The text in the reader's language, with `%(name)s` filled in."""
    said = str(catalogue().ugettext(text))
    return said % params if params else said


def catalogue() -> Any:
    """The texts in the reader's language, looked up once in a request."""
    if not has_app_context():
        return get_translations()
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return g.catalogue


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
