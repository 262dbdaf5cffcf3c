"""What a reader may see of what runs now: incidents to enter, a glimpse of others', and the topics they may hear."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.callout import queries as callouts
from app.callout.models import CalloutState
from app.extensions import db
from app.incidents.access import Reader, reachable
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.models import Incident
from app.incidents.queries import open_in
from app.notices.operations import topic as notices_topic
from app.plans.document import PlanDocument
from app.plans.tracks import may_enter_room, may_glimpse
from app.plans.tracks.facts import ROOM_ROLES
from app.plans.vocabulary import IncidentStatus, Track

OWN_TOPICS = ("state", "parties", "tasks")


@dataclass(frozen=True)
class Running:
    """`mine` may be entered; of `glimpses` only category, place and the leader's number are shown."""

    mine: list[Incident]
    glimpses: list[Incident]

    @property
    def all(self) -> list[Incident]:
        return [*self.mine, *self.glimpses]

    @property
    def real(self) -> "Running":
        """Without exercises, which never meet the real form."""
        return Running([i for i in self.mine if not i.is_exercise], self.glimpses)


def running(reader: Reader) -> Running:
    """The open incidents of the area, sorted by what this reader may see of them; the rest does not exist."""
    mine, glimpses = [], []
    for incident in open_in(reader.area):
        facts = facts_of(incident)
        if may_enter_room(reader.who, facts):
            mine.append(incident)
        elif may_glimpse(document_of(incident), reader.who, facts):
            glimpses.append(incident)
    return Running(mine, glimpses)


def category_label(incident: Incident) -> str:
    """The category as the incident's own plan names it."""
    category = document_of(incident).category(incident.category_key)
    return category.label if category else incident.category_key


def answered(incident: Incident) -> tuple[int, int]:
    """How many of the parties that are here or were called have answered."""
    asked = [c for c in callouts.latest_of(incident) if c.state is not CalloutState.NOT_CALLED]
    return sum(c.state is CalloutState.ACKNOWLEDGED for c in asked), len(asked)


def topics(reader: Reader, plan: PlanDocument) -> dict[str, str]:
    """Short name → live topic, for the front page of this reader. Nothing that would tell of what they may not see."""
    if reader.role not in ROOM_ROLES or reader.who.is_administrator:
        return {}
    tracks = [track for track in Track if not (track is Track.NON_POLICE and reader.who.police_in_area)]
    if reader.actor.key in plan.party_keys:
        heard = {track.value: f"front:{reader.area.id}:{track}" for track in tracks}
    else:
        is_activator = reader.who.acts and reader.actor.key in _activators(plan)
        heard = {f"glimpse-{t}": f"glimpse:{reader.area.id}:{t}" for t in tracks if is_activator}
        for place, incident in enumerate(_own_open(reader)):
            heard |= {f"own{place}-{name}": f"incident:{incident.id}:{name}" for name in OWN_TOPICS}
    if not reader.who.police_in_area:  # else what their actor is told in a B would be seen to move
        heard["notices"] = notices_topic(reader.actor)
    return heard


def _activators(plan: PlanDocument) -> tuple[str, ...]:
    return plan.activators(Track.NON_POLICE) + plan.activators(Track.POLICE)


def _own_open(reader: Reader) -> list[Incident]:
    return list(db.session.scalars(reachable(reader).where(Incident.status == IncidentStatus.ACTIVE)))


def reachable_ids(reader: Reader) -> sa.Select[int]:
    """The incidents this reader may see, as a subquery."""
    return reachable(reader).order_by(None).with_only_columns(Incident.id)
