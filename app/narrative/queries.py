"""Facts, the newest versions, and who has acknowledged."""

import sqlalchemy as sa

from app.extensions import db
from app.incidents.models import Incident
from app.narrative.models import Fact, MessageAcknowledgement, SharedMessage, SituationReport


def facts_of(incident: Incident) -> list[Fact]:
    """In the order they came."""
    return list(db.session.scalars(sa.select(Fact).where(Fact.incident_id == incident.id).order_by(Fact.id)))


def fact(incident: Incident, public_id: str) -> Fact | None:
    """One of the incident's facts."""
    return db.session.scalar(sa.select(Fact).where(Fact.incident_id == incident.id, Fact.public_id == public_id))


def latest_report(incident: Incident) -> SituationReport | None:
    """The newest version, None before the first."""
    query = sa.select(SituationReport).where(SituationReport.incident_id == incident.id)
    return db.session.scalar(query.order_by(SituationReport.number.desc()).limit(1))


def report(incident: Incident, number: int) -> SituationReport | None:
    """One version."""
    return db.session.scalar(
        sa.select(SituationReport).where(SituationReport.incident_id == incident.id, SituationReport.number == number)
    )


def latest_message(incident: Incident) -> SharedMessage | None:
    """The newest version, None before the first."""
    query = sa.select(SharedMessage).where(SharedMessage.incident_id == incident.id)
    return db.session.scalar(query.order_by(SharedMessage.number.desc()).limit(1))


def message(incident: Incident, number: int) -> SharedMessage | None:
    """One version."""
    return db.session.scalar(
        sa.select(SharedMessage).where(SharedMessage.incident_id == incident.id, SharedMessage.number == number)
    )


def acknowledgements_of(message: SharedMessage) -> list[MessageAcknowledgement]:
    """Who says the same, in the order they said so."""
    query = sa.select(MessageAcknowledgement).where(MessageAcknowledgement.message_id == message.id)
    return list(db.session.scalars(query.order_by(MessageAcknowledgement.id)))
