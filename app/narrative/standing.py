"""How far the narrative has come, as the room shows it. Each part is read when first asked for."""

from collections import Counter
from datetime import datetime, timedelta
from functools import cached_property

from app.areas.models import Actor
from app.incidents.models import Incident
from app.narrative import queries
from app.narrative.models import Fact, FactStatus, SharedMessage, SituationReport
from app.plans.document import PlanDocument


def first_report_due(incident: Incident, plan: PlanDocument) -> datetime:
    """When the first situation report is to stand."""
    return incident.activated_at + timedelta(minutes=plan.first_report_minutes)


class Standing:
    """The newest versions, who says the same, and what is known."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident

    @cached_property
    def report(self) -> SituationReport | None:
        return queries.latest_report(self.incident)

    @cached_property
    def message(self) -> SharedMessage | None:
        return queries.latest_message(self.incident)

    @cached_property
    def facts(self) -> list[Fact]:
        """What is not settled first, then the newest."""
        found = queries.facts_of(self.incident)
        return sorted(found, key=lambda fact: (fact.status is not FactStatus.UNCONFIRMED, -fact.id))

    @property
    def counts(self) -> Counter[FactStatus]:
        return Counter(fact.status for fact in self.facts)

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
