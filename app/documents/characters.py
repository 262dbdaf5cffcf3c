"""Which characters the house's font can draw: a PDF that follows PDF/UA-1 may not hold one that it cannot."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

MISSING = "\u25a1"  # a hollow square, as people know it from texts that their phone cannot draw


def drawable(value: Any, *fonts: Path) -> Any:
    """The same JSON value with every string as one of the fonts can draw it; what all lack becomes a hollow square."""
    if isinstance(value, str):
        return "".join(_drawn(character, _covered_by(fonts)) for character in unicodedata.normalize("NFC", value))
    if isinstance(value, dict):
        return {key: drawable(inner, *fonts) for key, inner in value.items()}
    return [drawable(inner, *fonts) for inner in value] if isinstance(value, list | tuple) else value


def _drawn(character: str, covered: frozenset[int]) -> str:
    if character == "\n" or ord(character) in covered:
        return character
    if character == "\t":
        return " "
    # Invisible signs and what only dresses the sign before it leave nothing behind.
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Mn", "Me") else MISSING


@cache
def _covered_by(fonts: tuple[Path, ...]) -> frozenset[int]:
    return frozenset().union(*(_covered(font) for font in fonts))


@cache
def _covered(font: Path) -> frozenset[int]:
    """The code points in the font's character map, read from the file itself (OpenType `cmap`, format 4)."""
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    starts = {data[12 + 16 * n : 16 + 16 * n]: struct.unpack_from(">I", data, 20 + 16 * n)[0] for n in range(tables)}
    cmap = starts[b"cmap"]
    (subtables,) = struct.unpack_from(">H", data, cmap + 2)
    places = (cmap + struct.unpack_from(">I", data, cmap + 8 + 8 * n)[0] for n in range(subtables))
    return frozenset(
        code for place in places if data[place : place + 2] == b"\0\4" for code in _segments(data, place)
    )


def _segments(data: bytes, place: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", data, place + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", data, place + 14)
    begins = struct.unpack_from(f">{count}H", data, place + 16 + doubled)
    for begin, end in zip(begins, ends, strict=True):
        yield from (code for code in range(begin, end + 1) if code != 0xFFFF)
