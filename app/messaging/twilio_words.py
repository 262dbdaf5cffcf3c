"""The provider's words for what became of a text or a call, in ours. Pure."""

from app.messaging.states import DeliveryState

S = DeliveryState
TEXT = {
    "accepted": S.SENT,
    "scheduled": S.SENT,
    "queued": S.SENT,
    "sending": S.SENT,
    "sent": S.SENT,
    "delivered": S.DELIVERED,
    "read": S.DELIVERED,
    "undelivered": S.FAILED,
    "failed": S.FAILED,
}
# That a call was answered says our own page, which the provider asks then: only there a person can be told from a
# machine. `canceled` is our own doing.
CALL = {
    "queued": S.SENT,
    "initiated": S.SENT,
    "ringing": S.SENT,
    "in-progress": S.SENT,
    "answered": S.SENT,
    "completed": S.SENT,
    "canceled": S.SENT,
    "busy": S.FAILED,
    "no-answer": S.FAILED,
    "failed": S.FAILED,
}
# The address itself is at fault: it will not do better tomorrow.
DEAD = frozenset({"address", "smtp_550", "smtp_551", "smtp_553"}) | {
    f"twilio_{code}" for code in (13223, 13224, 21211, 21214, 21217, 21401, 21614, 30005, 30006)
}


def is_dead(code: str | None) -> bool:
    """Whether this end of a delivery says that its address leads nowhere."""
    return code in DEAD


def is_machine(answered_by: str) -> bool:
    """A voicemail or a fax."""
    return answered_by.startswith(("machine", "fax"))
