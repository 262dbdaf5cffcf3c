"""The log as one reader may see it: an entry with its marks, or its control code alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.incidents.names import author_among
from app.lib.i18n import _
from app.logbook import reading
from app.logbook.kinds import LABELS, Kind
from app.logbook.models import LogEntry
from app.logbook.reading import Entry
from app.plans.tracks import Ruling, may_see_entry
from app.plans.vocabulary import SHARING_LEVEL_LABELS, SharingLevel
from app.room import queries
from app.room.room import Room

PAGE = 50
CODE_LENGTH = 12
IMPORTANT = frozenset(
    {Kind.ACTIVATION, Kind.DECISION, Kind.OMISSION, Kind.INSTRUCTION, Kind.STAND_DOWN, Kind.SUCCESSION}
)
# What the reader may say about an entry; an erasure's own entry stays as it is.
UNTOUCHABLE = frozenset({Kind.ERASURE})

Written = LogEntry | Entry


@dataclass(frozen=True)
class Line:
    """An entry that is shown."""

    entry: Written
    author: str
    kind: str
    sharing: str
    marks: tuple[str, ...]
    corrected_by: tuple[int, ...] = ()
    may_be_changed: bool = False
    is_withheld = False

    @property
    def seq(self) -> int:
        return self.entry.seq

    @property
    def is_important(self) -> bool:
        return self.entry.kind in IMPORTANT


@dataclass(frozen=True)
class WithheldLine:
    """An entry that is not for this reader: enough to verify the chain."""

    seq: int
    why: str
    code: str
    is_withheld = True


@dataclass(frozen=True)
class LogPage:
    """One page, newest first. `older` is the number to ask from, None on the last page."""

    lines: list[Line | WithheldLine]
    older: int | None
    erasures: list[int]


def page(room: Room, before: int | None = None) -> LogPage:
    """A fixed number of queries, however long the log is."""
    found = reading.page_of(room.incident.chain_id, before, PAGE + 1)
    entries, more = found[:PAGE], len(found) > PAGE
    # A correction is younger than what it corrects: the newest page holds those of its own entries.
    corrections = _corrections(room, entries if before is None else _later(room, entries))
    waiting = queries.erasures_waiting(room.incident.chain_id) if room.coordinates else []
    lines = [line(room, entry, corrections.get(entry.seq, ()), waiting) for entry in entries]
    return LogPage(lines, entries[-1].seq if more else None, waiting)


def ruling(room: Room, entry: Written) -> Ruling:
    """Whether the reader sees the entry's text."""
    # The rules know the incident by the facts it was reached with: a part that ended stays ended.
    return may_see_entry(
        entry.sharing, entry.author_organisation_key, room.reader.who, room.seen.facts, entry.recorded_at
    )


def line(
    room: Room, entry: Written, corrected_by: tuple[int, ...] = (), waiting: Iterable[int] = ()
) -> Line | WithheldLine:
    """The entry as it is shown to this reader."""
    seeing = ruling(room, entry)
    if not seeing:
        return WithheldLine(entry.seq, str(seeing.reason), entry.entry_hash[:CODE_LENGTH])
    return Line(
        entry=entry,
        author=author_among(entry, room.actors.get(entry.author_actor_key), room.reader.actor),
        kind=_(LABELS[entry.kind]),
        sharing=_(SHARING_LEVEL_LABELS[entry.sharing]) if entry.sharing is not SharingLevel.PARTIES else "",
        marks=tuple(_marks(room, entry, entry.seq in waiting)),
        corrected_by=corrected_by,
        may_be_changed=not entry.is_erased and entry.kind not in UNTOUCHABLE,
    )


def _marks(room: Room, entry: Written, is_leaving: bool) -> Iterable[str]:
    ended = room.incident.ended_at
    if entry.is_late:
        yield _("skrevet senere")
    if ended and entry.recorded_at > ended and not room.incident.is_open and entry.author_user_id is not None:
        yield _("efter afslutningen")
    if entry.corrects_seq:
        yield _("retter nr. %(seq)s", seq=entry.corrects_seq)
    if entry.data.get("not_cpr"):
        yield _("skriveren siger: ikke et CPR-nummer")
    if is_leaving:
        yield _("ønskes slettet")


def _later(room: Room, entries: list[Entry]) -> list[LogEntry]:
    return queries.corrections_of(room.incident.chain_id, [entry.seq for entry in entries])


def _corrections(room: Room, written: Iterable[Written]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for correction in sorted(written, key=lambda entry: entry.seq):
        if correction.corrects_seq and ruling(room, correction):
            found[correction.corrects_seq] = (*found.get(correction.corrects_seq, ()), correction.seq)
    return found
