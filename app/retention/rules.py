"""When the texts of an incident go, as a pure function: closed, exported, not held, and the time is up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.lib.i18n import N_

TEXTS_KEPT = timedelta(days=365)  # twelve months after closing
WARNED_BEFORE = timedelta(days=30)
REMINDED_EVERY = timedelta(days=30)
LATE_AFTER = timedelta(days=3)  # the job runs each night; three missed nights are a fault


class Standing(StrEnum):
    """How an incident stands to its deletion."""

    OPEN = "open"  # it runs, or its review does: nothing counts yet
    KEPT = "kept"
    WAITS = "waits"  # the time is up, and nobody has exported it to the journal
    HELD = "held"
    DUE = "due"
    GONE = "gone"


STANDING_LABELS = {
    Standing.OPEN: N_("ikke lukket endnu"),
    Standing.KEPT: N_("gemmes endnu"),
    Standing.WAITS: N_("venter på eksport til journalen"),
    Standing.HELD: N_("holdes tilbage"),
    Standing.DUE: N_("slettes i nat"),
    Standing.GONE: N_("teksterne er slettet"),
}


@dataclass(frozen=True)
class Facts:
    """What is known of one incident. `has_more`: something was written after the texts went."""

    closed_at: datetime | None
    is_exported: bool
    is_held: bool
    gone_at: datetime | None = None
    has_more: bool = False

    @property
    def due_at(self) -> datetime | None:
        """When the texts may go; unknown while it is not closed."""
        return self.closed_at + TEXTS_KEPT if self.closed_at else None


def standing(facts: Facts, now: datetime) -> Standing:
    """A hold stands before all else; what was exported once stays exported."""
    if facts.gone_at is not None and not facts.has_more:
        return Standing.GONE
    if facts.is_held:
        return Standing.HELD
    if facts.due_at is None:
        return Standing.OPEN
    if facts.due_at > now:
        return Standing.KEPT
    return Standing.DUE if facts.is_exported else Standing.WAITS


def reminder(facts: Facts, now: datetime) -> int | None:
    """Which reminder to export is due: 0 a month before, then one a month; None when none is."""
    if facts.due_at is None or facts.is_exported or facts.is_held or facts.gone_at:
        return None
    since = now - (facts.due_at - WARNED_BEFORE)
    return since // REMINDED_EVERY if since >= timedelta(0) else None


def is_late(facts: Facts, now: datetime) -> bool:
    """Whether the job should have been here."""
    due = standing(facts, now) is Standing.DUE
    return due and facts.gone_at is None and facts.due_at is not None and now - facts.due_at > LATE_AFTER
