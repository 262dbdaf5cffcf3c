"""The roles a person may hold at an actor, weakest last."""

from enum import StrEnum

from app.lib.i18n import N_


class Role(StrEnum):
    """Coordinator: all within the party's rights. Responder: acts, logs. Observer: reads. Board: briefings only."""

    COORDINATOR = "coordinator"
    RESPONDER = "responder"
    OBSERVER = "observer"
    BOARD_MEMBER = "board_member"


LABELS = {
    Role.COORDINATOR: N_("koordinator"),
    Role.RESPONDER: N_("medarbejder"),
    Role.OBSERVER: N_("observatør"),
    Role.BOARD_MEMBER: N_("bestyrelsesmedlem"),
}
