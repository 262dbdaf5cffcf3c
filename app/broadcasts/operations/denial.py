"""The police deny what somebody recorded for them: what can be undone here is undone."""

from app.broadcasts import queries, told
from app.broadcasts.operations.sending import take_back_release
from app.direction.models import PoliceAct, PoliceActKind
from app.incidents import log
from app.lib import clock

UNDONE_HERE = (PoliceActKind.RELEASE, PoliceActKind.STANDING_RELEASE, PoliceActKind.ENGAGEMENT)


def undo_police_word(act: PoliceAct) -> None:
    """A release stops what has not left; audiences are free no longer; volunteers are no longer to go out."""
    take_back_release(act)
    for free in queries.free_audiences(act.incident):
        free.ended_at = clock.now() if free.police_act_id == act.id else None
    for engaged in told.engagements_of(act.incident):
        engaged.ended_at = clock.now() if engaged.police_act_id == act.id else None
    log.changed(act.incident, "informed")
