"""What one version of a plan says otherwise than another: blocks added, removed, changed, down to the words. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Protocol


class Said(Protocol):
    """A field in words."""

    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


class Told(Protocol):
    """An entry in words."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def lines(self) -> Sequence[Said]: ...


class What(StrEnum):
    """What became of something."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, came or went."""

    what: What
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One field, its words in the order they are read. The title's label is empty."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Change:
    """One entry, and which of its fields say something else."""

    what: What
    kind: str
    key: str
    title: str
    fields: tuple[FieldChange, ...] = ()


def compare(before: Sequence[Told], after: Sequence[Told]) -> list[Change]:
    """In the order of the newer version; what is gone comes last."""
    old, new = {(b.kind, b.key): b for b in before}, {(b.kind, b.key): b for b in after}
    found = [change for place, block in new.items() for change in _of(old.get(place), block)]
    found += [Change(What.MOVED, *place, new[place].title) for place in _moved(list(old), list(new))]
    gone = [block for place, block in old.items() if place not in new]
    return found + [Change(What.REMOVED, b.kind, b.key, b.title, tuple(_fields(b, None))) for b in gone]


def words(before: str, after: str) -> tuple[Piece, ...]:
    """What stayed, went and came, word by word."""
    old, new = _split(before), _split(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(What.SAME, "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece(What.REMOVED, "".join(old[a:b])))
        if c < d:
            pieces.append(Piece(What.ADDED, "".join(new[c:d])))
    return tuple(pieces)


def _split(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _of(old: Told | None, new: Told) -> Iterator[Change]:
    changed = tuple(_fields(old, new))
    if old is None:
        yield Change(What.ADDED, new.kind, new.key, new.title, changed)
    elif changed:
        yield Change(What.CHANGED, new.kind, new.key, new.title, changed)


def _fields(old: Told | None, new: Told | None) -> Iterator[FieldChange]:
    was = {line.label: line.text for line in old.lines} if old else {}
    now = {line.label: line.text for line in new.lines} if new else {}
    if old and new and old.title != new.title:
        yield FieldChange("", words(old.title, new.title))
    for label in dict.fromkeys([*now, *was]):
        if was.get(label, "") != now.get(label, ""):
            yield FieldChange(label, words(was.get(label, ""), now.get(label, "")))


def _moved(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fewest of those in both that would have to move to make one order of the other."""
    stayed_old, stayed_new = [p for p in old if p in set(new)], [p for p in new if p in set(old)]
    matcher = SequenceMatcher(None, stayed_old, stayed_new, autojunk=False)
    kept = {stayed_new[m.b + n] for m in matcher.get_matching_blocks() for n in range(m.size)}
    return [place for place in stayed_new if place not in kept]
