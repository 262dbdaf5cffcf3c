"""The lines of an agreed plan, and what one version changed in the one before. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.lib.i18n import N_

ENOUGH = 2  # one party alone has agreed with nobody


class Part(StrEnum):
    """What is done, and what is said to whom."""

    HANDLING = "handling"
    COMMUNICATION = "communication"


PARTS = {Part.HANDLING: N_("Handling"), Part.COMMUNICATION: N_("Kommunikation")}


@dataclass(frozen=True)
class Line:
    """One thing agreed: what, by which party, by when. `key` stays with it through all versions."""

    key: str
    part: Part
    text: str
    actor_key: str | None = None
    due_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """As a version keeps it."""
        due = self.due_at.isoformat() if self.due_at else None
        return {
            "key": self.key, "part": self.part.value, "text": self.text, "actor_key": self.actor_key, "due_at": due,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Line":
        """The line again."""
        due = datetime.fromisoformat(kept["due_at"]) if kept["due_at"] else None
        return cls(kept["key"], Part(kept["part"]), kept["text"], kept["actor_key"], due)


class ChangeKind(StrEnum):
    """What became of a line."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """One line that differs. `before` is what it was, when it was there."""

    kind: ChangeKind
    line: Line
    before: Line | None = None


def with_line(lines: Iterable[Line], line: Line) -> tuple[Line, ...]:
    """The line in the place of the one with its key; at the end when there is none (it may have been taken out)."""
    kept = tuple(lines)
    if any(other.key == line.key for other in kept):
        return tuple(line if other.key == line.key else other for other in kept)
    return (*kept, line)


def without(lines: Iterable[Line], key: str) -> tuple[Line, ...]:
    """The lines but this one."""
    return tuple(line for line in lines if line.key != key)


def changes(before: Iterable[Line], after: Iterable[Line]) -> list[Change]:
    """What is new, what reads differently and what is gone, in that version's order."""
    old, new = {line.key: line for line in before}, {line.key: line for line in after}
    found = []
    for key, line in new.items():
        if key not in old:
            found.append(Change(ChangeKind.ADDED, line))
        elif old[key] != line:
            found.append(Change(ChangeKind.CHANGED, line, old[key]))
    return found + [Change(ChangeKind.REMOVED, line) for key, line in old.items() if key not in new]


def enough(participating: int) -> int:
    """How many parties make an agreement. Nothing needs unanimity; a party that is alone agrees with itself."""
    return min(ENOUGH, participating)
