"""The narrative at a glance, for the room: newest versions and first facts as plain data, until one of them moves."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa

from app.areas.models import Actor
from app.extensions import db
from app.incidents.log import topic_of
from app.incidents.models import Incident
from app.live.operations import raised_by
from app.live.remembered import remembered
from app.narrative import queries
from app.narrative.models import Fact, FactStatus, SharedMessage, SituationReport

SHOWN = 3


@dataclass(frozen=True)
class Version:
    """Of the report or the message; what it says stands on its own page."""

    id: int
    number: int
    made_at: datetime


@dataclass(frozen=True)
class FactLine:
    """A fact as a row shows it."""

    public_id: str
    text: str
    status: FactStatus
    source: str
    may_publish: bool


@dataclass(frozen=True)
class Known:
    """What is kept. `facts`: what is not settled first, then the newest, so many of them; `fact_count`: of all."""

    report: Version | None
    message: Version | None
    facts: tuple[FactLine, ...]
    fact_count: int


class Glance:
    """How far the narrative has come, and who says the same."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident

    @cached_property
    def _known(self) -> Known:
        topic = topic_of(self.incident.id, "narrative")
        return remembered(f"narrative:{self.incident.public_id}", topic, lambda: _ask(self.incident))

    @property
    def report(self) -> Version | None:
        return self._known.report

    @property
    def message(self) -> Version | None:
        return self._known.message

    @property
    def first_facts(self) -> tuple[tuple[FactLine, ...], int]:
        """The first of them, and how many there are: a night may know a hundred."""
        return self._known.facts, self._known.fact_count

    @cached_property
    def acknowledged_by(self) -> set[int]:
        """Ids of the actors that say the same as the newest message."""
        return queries.acknowledging(self.message) if self.message else set()

    @property
    def present(self) -> list[int]:
        return [p.actor_id for p in self.incident.participations if p.ended_at is None]

    @property
    def acknowledged(self) -> int:
        return len(self.acknowledged_by & set(self.present))

    def waits_for(self, actor: Actor) -> bool:
        """The actor has not acknowledged the newest message."""
        return self.message is not None and self.incident.is_open and actor.id not in self.acknowledged_by


def _newest(model: type[SituationReport] | type[SharedMessage]) -> sa.Select[int, int, datetime]:
    version = sa.select(model.id, model.number, model.made_at).where(model.incident_id == sa.bindparam("incident_id"))
    return version.order_by(model.number.desc()).limit(1)


_REPORT, _MESSAGE = _newest(SituationReport), _newest(SharedMessage)
_FACTS = (
    sa.select(Fact.public_id, Fact.text, Fact.status, Fact.source, Fact.may_publish, sa.func.count().over())
    .where(Fact.incident_id == sa.bindparam("incident_id"))
    .order_by(sa.case((Fact.status == FactStatus.UNCONFIRMED, 0), else_=1), Fact.id.desc())
    .limit(SHOWN)
)


def _ask(incident: Incident) -> Known:
    given = {"incident_id": incident.id}
    report, message = (db.session.execute(query, given).first() for query in (_REPORT, _MESSAGE))
    facts = db.session.execute(_FACTS, given).all()
    return Known(
        Version(**report._asdict()) if report else None, Version(**message._asdict()) if message else None,
        tuple(FactLine(*row[:-1]) for row in facts), facts[0][-1] if facts else 0,
    )  # fmt: skip


for model in (Fact, SituationReport, SharedMessage):
    raised_by(model, lambda row: (topic_of(row.incident_id, "narrative"),))
