"""The hash chain in plain Python: how an entry is sealed and how a whole chain is proved.

Everything is text here, so that the same lines prove a database and an exported file. This
module imports nothing of ours, because it is shipped alone with an export.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


def stamp(moment: datetime) -> str:
    """A moment as it is hashed: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def canonical(content: dict[str, Any]) -> str:
    """The one way to write this content as JSON."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(*fields: str | None) -> str:
    """SHA-256 over the fields. Each carries its length, so that no two lists of fields look the same."""
    sha = hashlib.sha256()
    for value in fields:
        if value is None:
            sha.update(b"-;")
        else:
            data = value.encode("utf-8", "surrogateescape")
            sha.update(b"%d:%b;" % (len(data), data))
    return sha.hexdigest()


def content_hash(salt: bytes, content: str) -> str:
    """SHA-256(salt ‖ canonical JSON). The salt hides short texts from guessing and dies with them."""
    return hashlib.sha256(salt + content.encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True)
class Origin:
    """What a chain is born with; its hash stands before the first entry."""

    public_id: str | None
    area_id: str | None
    created_at: str | None

    def hash(self) -> str:
        return digest("beredskab log 1", self.public_id, self.area_id, self.created_at)


@dataclass(frozen=True)
class Row:
    """One entry as text. `salt` is bytes; both `salt` and `content` are None when the text was erased."""

    seq: str | None
    kind: str | None
    at: str | None
    recorded_at: str | None
    is_late: str | None
    author_user_id: str | None
    author_actor_key: str | None
    author_organisation_key: str | None
    sharing: str | None
    corrects_seq: str | None
    content_hash: str | None
    previous_hash: str | None
    entry_hash: str | None
    salt: bytes | None
    content: str | None

    def sealed(self, chain: str | None) -> str:
        """The entry hash that these fields give in this chain."""
        time = digest(self.at, self.recorded_at, self.is_late)
        author = digest(self.author_user_id, self.author_actor_key, self.author_organisation_key)
        said = digest(self.sharing, self.corrects_seq, self.content_hash)
        return digest(self.previous_hash, chain, self.seq, self.kind, time, author, said)


@dataclass(frozen=True)
class Withheld:
    """An entry whose reader may see its hash alone."""

    seq: str
    entry_hash: str


class Fault(StrEnum):
    """How a chain can be wrong, in Danish; `%(seq)s` is the first wrong place."""

    MISSING = "Nr. %(seq)s mangler."
    REWRITTEN = "Nr. %(seq)s er ændret, efter at den blev skrevet."
    TEXT = "Teksten i nr. %(seq)s er ændret, efter at den blev skrevet."
    UNLINKED = "Nr. %(seq)s hænger ikke sammen med den foregående."
    BACKWARDS = "Nr. %(seq)s er skrevet ned før den foregående."
    ERASED = "Teksten i nr. %(seq)s er fjernet, uden at loggen siger det."
    CUT = "Loggen er klippet af: nr. %(seq)s og frem mangler."
    HEAD = "Loggens hoved passer ikke til nr. %(seq)s."
    OTHER = "Nr. %(seq)s er en anden end den, der blev noteret: loggen er skrevet om."
    STRANGE = "Det, der blev noteret, hører til en anden log."


@dataclass(frozen=True)
class Verdict:
    """What verification found. `erased` are the numbers whose text was erased as the log says."""

    chain: str
    entries: int
    last_hash: str
    fault: Fault | None = None
    seq: int | None = None
    erased: tuple[int, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.fault is None

    @property
    def head(self) -> str:
        return f"{self.chain}:{self.entries}:{self.last_hash}"

    def sentence(self) -> str:
        """The verdict in one Danish line."""
        if self.fault is not None:
            return self.fault.value % {"seq": self.seq}
        gone = ", ".join(map(str, self.erased))
        return f"Loggen er hel: {self.entries} indførsler." + (f" Slettet tekst: nr. {gone}." if gone else "")


@dataclass
class Walk:
    """Goes along a chain once, remembering no more than it must."""

    chain: str
    last_hash: str
    noted: dict[int, str]
    seq: int = 0
    recorded_at: str = ""
    gone: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)

    def step(self, row: Row | Withheld) -> Fault | None:
        """Take one entry; answer what is wrong with it."""
        if row.seq != str(self.seq + 1):
            return Fault.MISSING
        if isinstance(row, Row) and (fault := self._examine(row)):
            return fault
        self.seq, self.last_hash = self.seq + 1, row.entry_hash or ""
        return self.compare()

    def compare(self) -> Fault | None:
        """Whether the place reached is the one that was noted, if it was."""
        return Fault.OTHER if self.noted.get(self.seq, self.last_hash) != self.last_hash else None

    def _examine(self, row: Row) -> Fault | None:
        if row.previous_hash != self.last_hash:
            return Fault.UNLINKED
        if row.entry_hash != row.sealed(self.chain):
            return Fault.REWRITTEN
        if (row.recorded_at or "") < self.recorded_at:
            return Fault.BACKWARDS
        self.recorded_at = row.recorded_at or ""
        return self._examine_text(row)

    def _examine_text(self, row: Row) -> Fault | None:
        if row.content is None and row.salt is None:
            self.gone.add(self.seq + 1)
        elif row.content is None or row.salt is None or row.content_hash != content_hash(row.salt, row.content):
            return Fault.TEXT
        elif row.kind == "erasure":
            told = erased(row.content)
            self.told.update(seq for seq in self.gone if seq in told)
        return None

    def verdict(self, fault: Fault | None = None, seq: int | None = None) -> Verdict:
        """What was found, after the last step that was taken."""
        return Verdict(self.chain, self.seq, self.last_hash, fault, seq, tuple(sorted(self.gone)))


def erased(content: str) -> range:
    """The numbers whose texts went, as an erasure entry's content says; none when it says no such thing."""
    try:
        first, last = json.loads(content)["data"]["erased"]
        return range(first, last + 1)
    except (ValueError, KeyError, TypeError):
        return range(0)


def parse_head(head: str) -> tuple[str, int, str]:
    """The parts of `chain:seq:hash`. Raises ValueError for anything else."""
    chain, seq, last_hash = head.strip().split(":")
    return chain, int(seq), last_hash


def verify_entries(origin: Origin, rows: Iterable[Row | Withheld], against: str | None = None) -> Verdict:
    """Walk the chain from its origin and name the first wrong place.

    `against` is a head noted earlier (`chain:seq:hash`): with it a tail that was cut, or a
    past that was written anew from some place on, is found too.
    """
    chain, noted_seq, noted_hash = parse_head(against) if against else (origin.public_id, 0, origin.hash())
    walk = Walk(origin.public_id or "", origin.hash(), {noted_seq: noted_hash})
    if fault := Fault.STRANGE if chain != origin.public_id else walk.compare():
        return walk.verdict(fault, 0)
    for row in rows:
        if fault := walk.step(row):
            return walk.verdict(fault, walk.seq if fault is Fault.OTHER else walk.seq + 1)
    if noted_seq > walk.seq:
        return walk.verdict(Fault.CUT, walk.seq + 1)
    if untold := walk.gone - walk.told:
        return walk.verdict(Fault.ERASED, min(untold))
    return walk.verdict()
