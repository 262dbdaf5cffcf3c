"""The ways into an incident that a person has: an own right, the police's word, or asking those who can."""

from dataclasses import dataclass
from enum import StrEnum

from app.areas.models import Actor, Area
from app.incidents.queries import actors_by_key
from app.lib.i18n import N_, _
from app.plans.document import PlanDocument
from app.plans.tracks import Ruling, Who, may_activate, may_record_for_police, may_request_activation
from app.plans.vocabulary import POLICE, Track
from app.transitions.preview import who_is_woken


class Way(StrEnum):
    """What the form offers under *Spor*."""

    NON_POLICE = "non_police"
    POLICE = "police"
    POLICE_SAID = "police_said"
    ASK = "ask"


LABELS = {
    Way.NON_POLICE: N_("Ikke politisag"),
    Way.POLICE: N_("Politisag"),
    Way.POLICE_SAID: N_("Politiet har ringet og aktiveret"),
    Way.ASK: N_("Bed om aktivering"),
}
SUBMIT = {
    Way.NON_POLICE: N_("Aktivér nu"),
    Way.POLICE: N_("Aktivér nu"),
    Way.POLICE_SAID: N_("Aktivér nu"),
    Way.ASK: N_("Bed om aktivering"),
}


def ways_of(plan: PlanDocument, who: Who) -> tuple[Way, ...]:
    """What this person may choose, best first; empty for people outside the beredskab."""
    own = [way for way, track in _OWN if may_activate(plan, who, track)]
    if Way.POLICE not in own and may_record_for_police(plan, who):
        own.append(Way.POLICE_SAID)
    if not {Way.NON_POLICE, Way.POLICE} & set(own) and may_request_activation(plan, who, track_of(Way.ASK, who)):
        own.append(Way.ASK)
    return tuple(own)


_OWN = ((Way.NON_POLICE, Track.NON_POLICE), (Way.POLICE, Track.POLICE))


def track_of(way: Way, who: Who) -> Track:
    """The track that the way leads to; whoever is of the police can only ask for a politisag."""
    if way is Way.ASK:
        return Track.POLICE if who.police_in_area else Track.NON_POLICE
    return Track.NON_POLICE if way is Way.NON_POLICE else Track.POLICE


def own_ruling(plan: PlanDocument, who: Who) -> Ruling:
    """Why a person who must ask cannot activate by themselves."""
    return may_activate(plan, who, track_of(Way.ASK, who))


@dataclass(frozen=True)
class Number:
    """Somebody to ring: who, and E.164 when known."""

    name: str
    phone: str | None


def numbers(area: Area, plan: PlanDocument, track: Track) -> list[Number]:
    """Those who may activate on the track, with their function's number."""
    actors: dict[str, Actor] = actors_by_key(area)
    return [Number(actors[key].name, actors[key].phone) for key in plan.activators(track) if key in actors]


def preview(plan: PlanDocument, who: Who, way: Way, category_key: str) -> str:
    """`Tilkaldes: klub, helhedsplan. Besked: CBF. Politiet er ikke part.`"""
    track = track_of(way, who)
    if way is Way.ASK:
        asked = plan.called_all(plan.activators(track))
        return _("Spørges nu: %(who)s. Den første, der svarer ja, aktiverer.", who=asked)
    activator, recorder = who.actor_key or "", None
    if track is Track.POLICE:
        activator, recorder = POLICE, who.actor_key if way is Way.POLICE_SAID else None
    return who_is_woken(plan, track, category_key, activator, recorder)
