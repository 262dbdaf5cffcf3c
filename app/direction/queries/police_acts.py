"""Acts recorded on the police's behalf."""

import sqlalchemy as sa

from app.direction.models import ActState, PoliceAct, PoliceActKind
from app.extensions import db
from app.incidents.facts import facts_of
from app.incidents.models import Incident
from app.plans.tracks import IncidentFacts


def acts_of(incident: Incident) -> list[PoliceAct]:
    """In the order they were recorded."""
    return list(
        db.session.scalars(sa.select(PoliceAct).where(PoliceAct.incident_id == incident.id).order_by(PoliceAct.id))
    )


def unconfirmed(incident: Incident) -> list[PoliceAct]:
    """Acts in force that nobody has confirmed yet."""
    return [act for act in acts_of(incident) if act.state is ActState.UNCONFIRMED]


def full_facts(incident: Incident, acts: list[PoliceAct] | None = None) -> IncidentFacts:
    """The incident's facts with whether an act of the police, and their activation, waits for confirmation."""
    waiting = [act for act in (acts_of(incident) if acts is None else acts) if act.state is ActState.UNCONFIRMED]
    return facts_of(
        incident,
        has_unconfirmed_police_act=bool(waiting),
        has_unconfirmed_activation=any(act.kind is PoliceActKind.ACTIVATION for act in waiting),
    )
