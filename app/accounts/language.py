"""The language of the screen, chosen by each person. What is stored, sent or printed is Danish (`i18n.kept`)."""

from flask import g, has_request_context
from flask_login import current_user

from app.accounts.models import User
from app.lib.languages import Language

DANISH = Language.DANISH.value
# In their own words: whoever looks for one may read no other.
SPOKEN = {DANISH: "Dansk", Language.ENGLISH.value: "English"}


def of_reader() -> str:
    """The tag of the language the present reader has chosen; Danish for everybody else and for the worker."""
    if not has_request_context():
        return DANISH
    return getattr(current_user, "language", None) or DANISH


def choose(user: User, language: str) -> None:
    """From now on the screen speaks this one, in this answer too. Raises KeyError for one it does not speak."""
    SPOKEN[language]
    user.language = None if language == DANISH else language
    g.pop("catalogue", None)
