"""The police's instructions in one incident."""

import sqlalchemy as sa

from app.areas.models import Actor
from app.direction.models import Instruction, PoliceAct
from app.extensions import db
from app.incidents.models import Incident


def instructions_of(incident: Incident) -> list[Instruction]:
    """All of them, the newest first. A fixed number of queries, however many there are."""
    query = sa.select(Instruction).where(Instruction.incident_id == incident.id)
    return list(db.session.scalars(query.order_by(Instruction.number.desc())))


def instruction(incident: Incident, number: int) -> Instruction | None:
    """One by its number."""
    query = sa.select(Instruction).where(Instruction.incident_id == incident.id, Instruction.number == number)
    return db.session.scalar(query)


def next_number(incident: Incident) -> int:
    """Without gaps, since whoever asks holds the incident's row."""
    query = sa.select(sa.func.max(Instruction.number)).where(Instruction.incident_id == incident.id)
    return (db.session.scalar(query) or 0) + 1


def given_by(act: PoliceAct) -> Instruction | None:
    """The instruction that somebody recorded with this act."""
    return db.session.scalar(sa.select(Instruction).where(Instruction.police_act_id == act.id))


def ended_by(act: PoliceAct) -> Instruction | None:
    """The instruction that somebody took back with this act."""
    return db.session.scalar(sa.select(Instruction).where(Instruction.ended_act_id == act.id))


def addressees(instruction: Instruction) -> list[Actor]:
    """The parties that it is for: those named when it was given, and when it is for all also who joined later."""
    named = [receipt.actor for receipt in instruction.receipts]
    if not (instruction.for_all and instruction.is_in_force):
        return named
    known = {actor.id for actor in named}
    return named + [actor for actor in may_be_told(instruction.incident) if actor.id not in known]


def may_be_told(incident: Incident) -> list[Actor]:
    """Everybody who takes part but the police themselves."""
    return [p.actor for p in incident.participations if p.ended_at is None and not p.actor.is_police]
