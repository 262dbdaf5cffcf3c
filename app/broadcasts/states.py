"""What a broadcast is and may become, and what its deliveries make of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.lib.i18n import N_
from app.messaging.states import DeliveryState


class Phase(StrEnum):
    """What the text is in the course of things."""

    FIRST = "first"
    UPDATE = "update"
    CORRECTION = "correction"
    AFTER = "after"
    WITHDRAWAL = "withdrawal"


INHERITING = frozenset({Phase.CORRECTION, Phase.AFTER, Phase.WITHDRAWAL})  # go to who got something before

PHASE_LABELS = {
    Phase.FIRST: N_("første besked"),
    Phase.UPDATE: N_("opdatering"),
    Phase.CORRECTION: N_("rettelse"),
    Phase.AFTER: N_("efterbesked"),
    Phase.WITHDRAWAL: N_("tilbagetrækning"),
}


class BroadcastState(StrEnum):
    """`RELEASED` waits for its planned time; `FINISHED` is never kept: nothing of it waits in the outbox any more."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    RELEASED = "released"
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    RETURNED = "returned"
    CANCELLED = "cancelled"


STATE_LABELS = {
    BroadcastState.DRAFT: N_("kladde"),
    BroadcastState.AWAITING: N_("afventer frigivelse"),
    BroadcastState.RELEASED: N_("frigivet"),
    BroadcastState.UNDER_WAY: N_("i gang"),
    BroadcastState.FINISHED: N_("afsluttet"),
    BroadcastState.RETURNED: N_("returneret"),
    BroadcastState.CANCELLED: N_("annulleret"),
}

_S = BroadcastState
WRITABLE = frozenset({_S.DRAFT, _S.AWAITING, _S.RETURNED})
SENDABLE = frozenset({_S.DRAFT, _S.RETURNED})
AWAITING = frozenset({_S.AWAITING})
CANCELLABLE = frozenset({_S.DRAFT, _S.AWAITING, _S.RETURNED, _S.RELEASED})
STOPPABLE = frozenset({_S.UNDER_WAY})
ON_ITS_WAY = frozenset({_S.AWAITING, _S.RELEASED, _S.UNDER_WAY})


class ReleaseKind(StrEnum):
    """Whose yes it was."""

    OWN = "own"
    PHONED = "phoned"
    STANDING = "standing"
    IN_ADVANCE = "in_advance"  # the plan's own wording, let go by the police before anything happened
    BREAK_GLASS = "break_glass"
    WITHDRAWN = "withdrawn"  # the fixed text of a withdrawal needs one person


RELEASE_LABELS = {
    ReleaseKind.OWN: N_("frigivet i appen"),
    ReleaseKind.PHONED: N_("politiet sagde ja, da teksten blev læst op"),
    ReleaseKind.STANDING: N_("politiet har givet målgruppen fri"),
    ReleaseKind.IN_ADVANCE: N_("politiet har givet ordlyden fri i planen"),
    ReleaseKind.BREAK_GLASS: N_("sendt af én alene"),
    ReleaseKind.WITHDRAWN: N_("trukket tilbage af én, med den faste tekst"),
}


class How(StrEnum):
    """How somebody was told without the outbox."""

    CALL = "call"
    DOOR = "door"
    POSTER = "poster"
    MEETING = "meeting"
    OTHER = "other"
    BEFORE = "before"  # told before a switch of track; said by the switch alone
    NOT_RELEVANT = "not_relevant"


HOW_LABELS = {
    How.CALL: N_("ringet"),
    How.DOOR: N_("ved døren"),
    How.POSTER: N_("opslag"),
    How.MEETING: N_("møde"),
    How.OTHER: N_("andet"),
    How.BEFORE: N_("før skiftet"),
    How.NOT_RELEVANT: N_("ikke relevant"),
}


@dataclass(frozen=True)
class Progress:
    """How far the sending has come. Sent is what a provider took; unknown and failed are never hidden."""

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    stopped: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.failed + self.unknown + self.stopped + self.waiting

    @property
    def is_whole(self) -> bool:
        """Everybody was sent to, for certain."""
        return self.total > 0 and self.sent == self.total


def progress(counts: Mapping[DeliveryState, int]) -> Progress:
    """The outbox's counts as people need them."""

    def of(*states: DeliveryState) -> int:
        return sum(counts.get(state, 0) for state in states)

    return Progress(
        sent=of(DeliveryState.SENT, DeliveryState.DELIVERED),
        failed=of(DeliveryState.FAILED, DeliveryState.EXPIRED),
        unknown=of(DeliveryState.UNCERTAIN),
        stopped=of(DeliveryState.CANCELLED),
        waiting=of(DeliveryState.QUEUED, DeliveryState.SENDING),
    )


def shown(state: BroadcastState, so_far: Progress) -> BroadcastState:
    """The state as the screen says it."""
    if state is BroadcastState.UNDER_WAY and not so_far.waiting:
        return BroadcastState.FINISHED
    return state
