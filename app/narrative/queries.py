"""Facts, the newest versions, and who has acknowledged."""

from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from app.extensions import db
from app.incidents.models import Incident
from app.narrative.models import Fact, MessageAcknowledgement, SharedMessage, SituationReport
from app.notices.models import Notice
from app.plans.vocabulary import IncidentStatus

REMINDER = "first-report:"

# Of the room: each page asks them. Who made it is read when somebody asks for that.
_OF_INCIDENT: sa.BindParameter[int] = sa.bindparam("incident_id")
_LATEST_REPORT = (
    sa.select(SituationReport)
    .where(SituationReport.incident_id == _OF_INCIDENT)
    .order_by(SituationReport.number.desc())
    .limit(1)
    .options(lazyload("*"))
)
_LATEST_MESSAGE = (
    sa.select(SharedMessage)
    .where(SharedMessage.incident_id == _OF_INCIDENT)
    .order_by(SharedMessage.number.desc())
    .limit(1)
    .options(lazyload("*"))
)
_ACKNOWLEDGING = sa.select(MessageAcknowledgement.actor_id).where(
    MessageAcknowledgement.message_id == sa.bindparam("message_id")
)


def facts_of(incident: Incident) -> list[Fact]:
    """In the order they came."""
    return list(db.session.scalars(sa.select(Fact).where(Fact.incident_id == incident.id).order_by(Fact.id)))


def public_facts_of(incident: Incident) -> list[Fact]:
    """Those that may stand in the shared message."""
    return [fact for fact in facts_of(incident) if fact.may_publish]


def fact(incident: Incident, public_id: str) -> Fact | None:
    """One of the incident's facts."""
    return db.session.scalar(sa.select(Fact).where(Fact.incident_id == incident.id, Fact.public_id == public_id))


def latest_report(incident: Incident) -> SituationReport | None:
    """The newest version, None before the first."""
    return db.session.scalar(_LATEST_REPORT, {"incident_id": incident.id})


def reports_of(incident: Incident) -> list[SituationReport]:
    """Every version, the newest first."""
    query = sa.select(SituationReport).where(SituationReport.incident_id == incident.id)
    return list(db.session.scalars(query.order_by(SituationReport.number.desc())))


def report(incident: Incident, number: int) -> SituationReport | None:
    """One version."""
    return db.session.scalar(
        sa.select(SituationReport).where(SituationReport.incident_id == incident.id, SituationReport.number == number)
    )


def latest_message(incident: Incident) -> SharedMessage | None:
    """The newest version, None before the first."""
    return db.session.scalar(_LATEST_MESSAGE, {"incident_id": incident.id})


def messages_of(incident: Incident) -> list[SharedMessage]:
    """Every version, the newest first."""
    query = sa.select(SharedMessage).where(SharedMessage.incident_id == incident.id)
    return list(db.session.scalars(query.order_by(SharedMessage.number.desc())))


def message(incident: Incident, number: int) -> SharedMessage | None:
    """One version."""
    return db.session.scalar(
        sa.select(SharedMessage).where(SharedMessage.incident_id == incident.id, SharedMessage.number == number)
    )


class Numbered(Protocol):
    """A version of the message, or what is kept of it."""

    @property
    def id(self) -> int: ...


def acknowledging(message: Numbered) -> set[int]:
    """The ids of the actors that say the same."""
    return set(db.session.scalars(_ACKNOWLEDGING, {"message_id": message.id}))


def acknowledgements_of(message: SharedMessage) -> list[MessageAcknowledgement]:
    """Who says the same, in the order they said so."""
    query = sa.select(MessageAcknowledgement).where(MessageAcknowledgement.message_id == message.id)
    return list(db.session.scalars(query.order_by(MessageAcknowledgement.id)))


def reminder_key(incident_id: int) -> str:
    """The natural key of the one reminder of the first report."""
    return f"{REMINDER}{incident_id}"


def without_first_report(limit: int = 200) -> list[Incident]:
    """Open incidents without a report whose leader has not been reminded of it."""
    reported = sa.exists().where(SituationReport.incident_id == Incident.id)
    query = sa.select(Incident).where(
        Incident.status == IncidentStatus.ACTIVE,
        Incident.is_afterwards.is_(False),
        ~reported,
        ~_reminded(),
        Incident.only_called.is_not(True),
    )
    return list(db.session.scalars(query.order_by(Incident.id).limit(limit)))


def _reminded() -> sa.Exists:
    return sa.exists().where(Notice.key == sa.literal(REMINDER) + sa.cast(Incident.id, sa.String))
