"""The grid of who is informed: a row for each audience of the plan, from what was sent and what was recorded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from app.broadcasts import queries, told
from app.broadcasts.counted import reached_by
from app.broadcasts.models import Broadcast, Engagement, Informed
from app.broadcasts.queries import Reached
from app.broadcasts.sent import TakenBack, sent_and_taken_back
from app.broadcasts.states import How
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.lib import clock
from app.plans.document import Audience, PlanDocument
from app.plans.vocabulary import AudienceKey


@dataclass(frozen=True)
class Row:
    """How far one audience has come."""

    audience: Audience
    registered: int
    reached: Reached
    by_hand: list[Informed]
    engaged: list[Engagement]
    due_at: datetime | None  # None: registered afterwards, or over: nothing is late
    narrow: list[Broadcast]  # sent to a part of it
    taken_back: list[TakenBack]

    @property
    def not_relevant(self) -> Informed | None:
        """The last word about it was that it need not be told."""
        return self.by_hand[-1] if self.by_hand and self.by_hand[-1].how is How.NOT_RELEVANT else None

    @property
    def told(self) -> list[Informed]:
        """Recorded by hand, but for calls, which are counted by contact."""
        return [one for one in self.by_hand if one.how not in (How.CALL, How.NOT_RELEVANT)]

    @property
    def calls(self) -> int:
        return sum(one.how is How.CALL for one in self.by_hand)

    @property
    def is_partly(self) -> bool:
        """Only a part of it was sent something, and nobody said that this was enough or told the rest."""
        only_part = bool(self.reached.sent) and not (self.reached.is_whole or self.reached.is_enough)
        return only_part and not self.told

    @property
    def is_informed(self) -> bool:
        """The first text was sent, or somebody told them."""
        return bool(self.reached.sent or self.told or self.calls)

    @property
    def first_at(self) -> datetime | None:
        """When the first of them heard."""
        heard = [one.at for one in self.by_hand if one.how is not How.NOT_RELEVANT]
        return min([*heard, *([self.reached.first_at] if self.reached.first_at else [])], default=None)

    @property
    def was_late(self) -> bool:
        """The plan's target has passed: before they heard, or they have not heard yet."""
        heard = self.first_at if self.first_at and not self.is_partly else clock.now()
        return self.due_at is not None and not self.not_relevant and heard > self.due_at

    @property
    def is_settled(self) -> bool:
        return (self.is_informed and not self.is_partly) or self.not_relevant is not None


class Grid:
    """All rows, in the plan's order: inside before press."""

    def __init__(
        self,
        incident: Incident,
        broadcasts: list[Broadcast] | None = None,
        reached: dict[str, Reached] | None = None,
    ) -> None:
        self.incident, self._reached = incident, reached
        self.broadcasts = queries.broadcasts_of(incident) if broadcasts is None else broadcasts

    @cached_property
    def document(self) -> PlanDocument:
        return document_of(self.incident)

    @cached_property
    def rows(self) -> list[Row]:
        incident = self.incident
        out = sent_and_taken_back(self.broadcasts)
        reached = reached_by(incident, out) if self._reached is None else self._reached
        registered = told.registered_in(incident)
        by_hand, engaged = told.informed_of(incident), told.engagements_of(incident)
        return [
            Row(
                audience, registered.get(audience.key, 0), reached.get(audience.key, Reached()),
                [one for one in by_hand if one.audience_key == audience.key],
                [one for one in engaged if one.audience_key == audience.key], self._due(audience),
                out.narrow_for(audience.key), out.taken_back_of(audience.key),
            )
            for audience in sorted(self.document.audiences, key=lambda one: one.key == AudienceKey.PRESS)
        ]  # fmt: skip

    def _due(self, audience: Audience) -> datetime | None:
        if self.incident.is_afterwards:
            return None
        return self.incident.activated_at + timedelta(minutes=audience.target_minutes)

    def row(self, key: str) -> Row | None:
        """The audience's row, None when the plan has none by that key."""
        return next((row for row in self.rows if row.audience.key == key), None)

    @property
    def settled(self) -> int:
        return sum(row.is_settled for row in self.rows)

    def not_before_press(self, audiences: list[str]) -> list[str]:
        """Who has not heard it, though the press is about to: inside comes before press."""
        if AudienceKey.PRESS not in audiences:
            return []
        return [row.audience.label for row in self.rows if not row.is_settled and row.audience.key not in audiences]
