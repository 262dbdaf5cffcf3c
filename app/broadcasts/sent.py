"""What of an incident's texts stands: which were taken back and replaced, which were for a part of an audience."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.broadcasts.models import Broadcast
from app.broadcasts.states import Phase

Part = tuple[int, str]


@dataclass(frozen=True)
class TakenBack:
    """A text that counts no more, what took it back, and what was sent to the same instead."""

    text: Broadcast
    by: Broadcast
    instead: Broadcast | None


@dataclass(frozen=True)
class Out:
    """The texts that left. `narrow` and `enough`: for a part of an audience; enough, when the others need not know."""

    standing: list[Broadcast]
    taken_back: list[TakenBack]
    narrow: frozenset[Part]
    enough: frozenset[Part]

    @property
    def taken_back_ids(self) -> list[int]:
        return [one.text.id for one in self.taken_back]

    def narrow_for(self, key: str) -> list[Broadcast]:
        """Those that were for a part of this audience."""
        parts = self.narrow | self.enough
        return [b for b in self.standing if (b.id, key) in parts] if parts else []

    def taken_back_of(self, key: str) -> list[TakenBack]:
        """Those of this audience, the last first."""
        return [one for one in self.taken_back if key in one.text.audiences]


def sent_and_taken_back(broadcasts: Sequence[Broadcast]) -> Out:
    """Sorted, from all of an incident's texts."""
    left = [b for b in broadcasts if b.queued_at is not None]
    ends = {b.corrects_id: b for b in left if b.phase is Phase.WITHDRAWAL}
    standing = [b for b in left if b.phase is not Phase.WITHDRAWAL and b.id not in ends]
    gone = [TakenBack(b, ends[b.id], _instead(b, ends[b.id], standing)) for b in left if b.id in ends]
    parts = {(b.id, key): _meant(b) for b in standing for key in b.audiences if is_part(b, key, left)}
    return Out(
        standing, gone, frozenset(part for part, meant in parts.items() if not meant.is_enough),
        frozenset(part for part, meant in parts.items() if meant.is_enough),
    )


def _meant(broadcast: Broadcast) -> Broadcast:
    """A correction is for those whom its first text was for."""
    return _meant(broadcast.corrects) if broadcast.corrects is not None else broadcast


def is_part(broadcast: Broadcast, key: str, left: Sequence[Broadcast]) -> bool:
    """Not the whole audience got it. `left`: what left of the incident."""
    if broadcast.phase is Phase.AFTER:  # to all who got anything: it makes no audience wholer than it was
        before = [b for b in left if key in b.audiences and b.phase not in (Phase.AFTER, Phase.WITHDRAWAL)]
        return bool(before) and all(is_part(b, key, left) for b in before)
    return _meant(broadcast).narrowing.narrows(key)


def _instead(text: Broadcast, end: Broadcast, standing: Sequence[Broadcast]) -> Broadcast | None:
    """The first that was sent to them after it was taken back, or that corrected it before."""
    later = [
        b for b in standing
        if b.phase is not Phase.AFTER and (b.corrects_id == text.id or _follows(b, text, end))
    ]  # fmt: skip
    return min(later, key=lambda b: b.number, default=None)


def _follows(one: Broadcast, text: Broadcast, end: Broadcast) -> bool:
    return one.number > end.number and bool(set(one.audiences) & set(text.audiences))
