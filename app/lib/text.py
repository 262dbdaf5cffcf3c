"""How long a text is to a phone: GSM-7 or UCS-2, and in how many parts."""

import unicodedata
from dataclasses import dataclass

# GSM 03.38 basic set; the extension set costs two places.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
_TYPOGRAPHIC = str.maketrans(
    {"’": "'", "‘": "'", "‚": "'", "′": "'", "“": '"', "”": '"', "„": '"', "″": '"', "…": "...", "•": "-", "·": "-"}
    | dict.fromkeys("\u2010\u2011\u2012–—\u2212", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t", " ")
    | dict.fromkeys("\u00ad\u200b\ufeff", None)  # unseen; joiners and direction marks stay, Arabic needs them
)
# What a phone shows as one text that people still read: two parts.
PARTS = 2
MOST = {"GSM-7": 306, "UCS-2": 134}


@dataclass(frozen=True)
class Length:
    """`encoding` is "GSM-7" or "UCS-2"; `units` counts septets or 16-bit units; `segments` is what is paid for."""

    encoding: str
    units: int
    segments: int

    @property
    def most(self) -> int:
        """How many units two parts hold in this encoding."""
        return MOST[self.encoding]

    @property
    def is_long(self) -> bool:
        """More than two parts: dear, and few read that far."""
        return self.segments > PARTS


def plain(text: str) -> str:
    """Typographic characters as their simple cousins, so that one curly quote does not double the price."""
    # A letter and its ring as one letter: some phones type an å as two, which would make the text UCS-2.
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_TYPOGRAPHIC)


def measure(text: str) -> Length:
    """Encoding, units and segments of an SMS."""
    if all(c in _BASIC or c in _EXTENDED for c in text):
        sizes, single, multi, encoding = [2 if c in _EXTENDED else 1 for c in text], 160, 153, "GSM-7"
    else:
        sizes, single, multi, encoding = [2 if ord(c) > 0xFFFF else 1 for c in text], 70, 67, "UCS-2"
    units = sum(sizes)
    if units <= single:
        return Length(encoding, units, 1)
    return Length(encoding, units, _parts(sizes, multi))


def _parts(sizes: list[int], room: int) -> int:
    parts, used = 1, 0
    for size in sizes:  # a two-place character never straddles two parts
        if used + size > room:
            parts, used = parts + 1, 0
        used += size
    return parts
