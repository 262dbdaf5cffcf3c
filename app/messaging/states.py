"""What a delivery is and may become: names, order and allowed changes of state. Pure."""

from enum import IntEnum, StrEnum

from app.lib.i18n import N_


class DeliveryState(StrEnum):
    """Where one text to one address has come to. Sent, delivered and answered are three things."""

    QUEUED = "queued"
    SENDING = "sending"  # claimed; the request to the provider may have begun
    SENT = "sent"  # the provider took it
    DELIVERED = "delivered"  # the receiver's equipment took it
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNCERTAIN = "uncertain"  # may have left; nobody knows


class ReceiverKind(StrEnum):
    """What the receiver is to us; decides about repeats and exercises."""

    PARTY = "party"
    RESIDENT = "resident"
    BOARD = "board"
    INSTITUTION = "institution"
    OTHER = "other"


class Priority(IntEnum):
    """Order of work: the lowest number first. Call-outs have slots of their own besides."""

    CALLOUT = 0
    WITHDRAWAL = 1
    NOTICE = 2
    RESIDENT = 3


class Outcome(StrEnum):
    """How one attempt ended."""

    ACCEPTED = "accepted"
    TEMPORARY = "temporary"  # surely not taken; may go again
    PERMANENT = "permanent"  # surely not taken; never will be
    UNCERTAIN = "uncertain"  # cut off after the text may have been taken


LABELS = {
    DeliveryState.QUEUED: N_("venter"),
    DeliveryState.SENDING: N_("sendes nu"),
    DeliveryState.SENT: N_("sendt"),
    DeliveryState.DELIVERED: N_("leveret"),
    DeliveryState.FAILED: N_("mislykket"),
    DeliveryState.CANCELLED: N_("stoppet"),
    DeliveryState.EXPIRED: N_("for gammel, ikke sendt"),
    DeliveryState.UNCERTAIN: N_("uvist om den kom frem"),
}

S = DeliveryState
SETTLED = frozenset({S.DELIVERED, S.FAILED, S.CANCELLED, S.EXPIRED})
LEFT = frozenset({S.SENDING, S.SENT, S.DELIVERED, S.UNCERTAIN})  # "nåede at blive sendt", or may have

# Proof that a text left wins over our own wish to stop it; nothing wins over proof that it arrived.
ALLOWED: dict[DeliveryState, frozenset[DeliveryState]] = {
    S.QUEUED: frozenset({S.SENDING, S.CANCELLED, S.EXPIRED, S.UNCERTAIN, S.SENT, S.DELIVERED}),
    S.SENDING: frozenset({S.QUEUED, S.SENT, S.DELIVERED, S.FAILED, S.UNCERTAIN, S.EXPIRED}),
    S.UNCERTAIN: frozenset({S.QUEUED, S.SENT, S.DELIVERED, S.FAILED, S.EXPIRED}),
    S.SENT: frozenset({S.DELIVERED, S.FAILED}),
    S.CANCELLED: frozenset({S.SENT, S.DELIVERED}),
    S.EXPIRED: frozenset({S.SENT, S.DELIVERED}),
    S.FAILED: frozenset({S.DELIVERED}),
    S.DELIVERED: frozenset(),
}


def may_become(now: DeliveryState, then: DeliveryState) -> bool:
    """Whether a delivery may go from one state to the other; staying is no change and so not allowed."""
    return then in ALLOWED[now]


def stopped(wanted: DeliveryState, may_have_left: bool) -> DeliveryState:
    """The honest state of a queued row that is stopped: one that may have left is never called unsent."""
    return S.UNCERTAIN if may_have_left else wanted
