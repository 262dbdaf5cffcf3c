"""The course from the first tap to the last: the log in the order of events, as one reader may see it."""

from dataclasses import dataclass

from app.incidents.access import Seen
from app.incidents.names import author_of
from app.logbook.kinds import LABELS
from app.logbook.models import LogEntry
from app.plans.tracks import may_see_entry
from app.plans.vocabulary import SHARING_LEVEL_LABELS, SharingLevel
from app.reviews import queries

PAGE = 100


@dataclass(frozen=True)
class Line:
    """An entry, or why it is withheld: then only its number and hash are shown."""

    entry: LogEntry
    author: str
    withheld: str | None = None

    @property
    def kind(self) -> str:
        return LABELS[self.entry.kind]

    @property
    def sharing(self) -> str | None:
        return None if self.entry.sharing is SharingLevel.PARTIES else SHARING_LEVEL_LABELS[self.entry.sharing]


@dataclass(frozen=True)
class Timeline:
    """One page, oldest first. `later` is the number to go on from, None on the last page."""

    lines: list[Line]
    later: int | None


def timeline(seen: Seen, after: int = 0) -> Timeline:
    """A hundred entries from this number on."""
    found = queries.entries_after(seen.incident, after, PAGE + 1)
    page = found[:PAGE]
    return Timeline([_line(seen, entry) for entry in page], page[-1].seq if len(found) > PAGE else None)


def _line(seen: Seen, entry: LogEntry) -> Line:
    # Judged by the facts the incident was reached with, so a part that ended stays ended.
    ruling = may_see_entry(entry.sharing, entry.author_organisation_key, seen.reader.who, seen.facts, entry.recorded_at)
    author = author_of(entry, seen.incident, seen.reader.actor)
    return Line(entry, author) if ruling else Line(entry, "", str(ruling.reason))
