"""The languages that people in a housing area are written to in. Danish is the one that every text has."""

from enum import StrEnum

from app.lib.i18n import N_


class Language(StrEnum):
    """By the tags that browsers and mail know."""

    DANISH = "da"
    ENGLISH = "en"
    ARABIC = "ar"
    TURKISH = "tr"
    SOMALI = "so"
    POLISH = "pl"


LANGUAGE_LABELS = {
    Language.DANISH: N_("dansk"),
    Language.ENGLISH: N_("engelsk"),
    Language.ARABIC: N_("arabisk"),
    Language.TURKISH: N_("tyrkisk"),
    Language.SOMALI: N_("somali"),
    Language.POLISH: N_("polsk"),
}

OTHERS = tuple(language for language in Language if language is not Language.DANISH)
RIGHT_TO_LEFT = frozenset({Language.ARABIC})


def direction(language: Language) -> str:
    """For `dir=`: `rtl` or `ltr`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
