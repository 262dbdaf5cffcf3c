"""The words that are looked for, as a condition the database knows and as the last word on what fits.

Databases differ in what they take for the same letter in another case. So every letter outside of ASCII may be any in
the query, and what was found is looked at again here: `ÅBEN` and `åben` are the same, `åben` and `eben` are not.
"""

import unicodedata
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

SHORTEST, MOST = 2, 5
LONGEST = 100


@dataclass(frozen=True)
class Words:
    """All of them must be there, in any order and as parts of words too."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> "Words":
        """What can be looked for in what was typed; shorter words are left out."""
        said = [part for part in plain(typed[:LONGEST]).split() if len(part) >= SHORTEST]
        return cls(tuple(dict.fromkeys(said))[:MOST])

    def __bool__(self) -> bool:
        return bool(self.parts)

    def within(self, *columns: Any) -> sa.ColumnElement[bool]:
        """Each word may be in one of these columns."""
        return sa.and_(*(text for _part, text in self.each(*columns)))

    def each(self, *columns: Any) -> list[tuple[str, sa.ColumnElement[bool]]]:
        """Word by word: that it may be in one of these columns."""
        return [(p, sa.or_(*(column.ilike(pattern(p), escape="\\") for column in columns))) for p in self.parts]

    def fit(self, *texts: str) -> bool:
        """Each word is in one of these texts."""
        said = [plain(text) for text in texts]
        return all(any(part in text for text in said) for part in self.parts)


def plain(text: str) -> str:
    """Without case, each letter in one sign."""
    return unicodedata.normalize("NFC", text).casefold()


def pattern(word: str) -> str:
    """For ILIKE."""
    return "%" + "".join(_sign(sign) for sign in word) + "%"


def _sign(sign: str) -> str:
    if not sign.isascii():
        return "_"
    return f"\\{sign}" if sign in "%_\\" else sign
