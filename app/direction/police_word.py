"""The word of the police as somebody else heard it, and its record: in force at once, to be confirmed."""

from dataclasses import dataclass
from datetime import datetime

from app.areas.by import By
from app.direction.models import HEARD_BY, HeardBy, PoliceAct, PoliceActKind
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock


@dataclass(frozen=True)
class PoliceSaid:
    """That the police said it by word: who of them, how it was heard, when."""

    said_by: str
    heard_by: HeardBy
    said_at: datetime

    @property
    def in_the_log(self) -> str:
        """`politiet v/ vagtchefen, telefon`."""
        return f"politiet v/ {self.said_by}, {HEARD_BY[self.heard_by]}"


def record(incident: Incident, kind: PoliceActKind, said: PoliceSaid, *, by: By) -> PoliceAct:
    """Keep who said it, who wrote it and that nobody has confirmed it yet."""
    act = PoliceAct(
        incident_id=incident.id, kind=kind, said_by=said.said_by, heard_by=said.heard_by, said_at=said.said_at,
        recorded_by_id=by.user.id, recorder_actor_id=by.actor.id, recorded_at=clock.now(),
    )  # fmt: skip
    db.session.add(act)
    db.session.flush()
    return act
