"""Turns a rule's no into the refusal that a screen shows, with the names and numbers of those who can."""

from app.areas.models import Area
from app.errors import Refused
from app.incidents.queries import actors_by_key
from app.lib import phone
from app.lib.i18n import N_, Reason
from app.plans.tracks import Ruling


def demand(ruling: Ruling, area: Area) -> None:
    """Raises Refused unless the ruling is a yes."""
    if ruling:
        return
    actors = actors_by_key(area)
    can = [actors[key] for key in ruling.who_can if key in actors]
    labels = tuple(f"{a.name}: {phone.spaced(a.phone)}" if a.phone else a.name for a in can)
    raise Refused(ruling.reason or Reason(N_("Det kan du ikke.")), labels)
