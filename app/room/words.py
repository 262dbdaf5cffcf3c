"""Short Danish words for states that several of the room's templates show."""

from app.direction.models import ACT_LABELS, PoliceAct
from app.incidents.models import Incident
from app.lib.i18n import _
from app.plans.vocabulary import STATUS_LABELS


def status(incident: Incident) -> str:
    """`Afblæst`."""
    words = _(STATUS_LABELS[incident.status])
    return words[:1].upper() + words[1:]


def act(police_act: PoliceAct) -> str:
    """`aktivering`."""
    return _(ACT_LABELS[police_act.kind])
