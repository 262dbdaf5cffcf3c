"""Names as they are searched and sorted: without case and accents, `Åse Bjørn` and `aase bjoern` alike."""

import unicodedata

LONGEST = 250
_DANISH = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ß": "ss", "đ": "d", "ł": "l", "ı": "i"})


def folded(text: str) -> str:
    """Small letters without accents, single blanks, at most 250 signs."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_DANISH)
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(bare.split())[:LONGEST]
