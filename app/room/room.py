"""One incident as one reader sees it. Everything is read when first asked for: a panel costs what it shows, no more."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from app.areas.models import Actor
from app.broadcasts.page import Sending
from app.callout.models import Callout, CalloutState
from app.direction.instructions_page import Instructions
from app.direction.models import ActState, PoliceAct, PoliceActKind
from app.direction.plan_page import Agreement
from app.direction.queries import acts_of, full_facts
from app.extensions import db
from app.incidents.access import Seen
from app.incidents.documents import document_of
from app.incidents.models import Participation, SameIncidentQuestion
from app.incidents.names import are_hidden
from app.measures.models import Measure
from app.measures.rules import may_begin
from app.messaging.states import DeliveryState
from app.narrative.glance import Glance
from app.narrative.standing import first_report_due
from app.plans.document import PlanDocument
from app.plans.tracks import IncidentFacts, Ruling, may_act, may_enter_room, may_log
from app.plans.vocabulary import Track
from app.room import queries
from app.room.blueprint import address
from app.tasks.models import Task, TaskSource
from app.tasks.standing import TaskLine, lines_of
from app.transitions.same_incident import questions_of

# Whether a party was to answer at all: one that is only told, or kept for when it is needed, was not.
OPEN = frozenset({CalloutState.CALLING, CalloutState.EXHAUSTED, CalloutState.NOT_CALLED})
ASKED = frozenset(CalloutState) - {CalloutState.NOT_CALLED}


class Room:
    """`room` in the templates of all panels."""

    def __init__(self, seen: Seen) -> None:
        self.seen, self.incident, self.reader = seen, seen.incident, seen.reader

    def url(self, endpoint: str = "show", **values: Any) -> str:
        """The address of one of this incident's pages."""
        return address(self.incident, endpoint, **values)

    @cached_property
    def measures(self) -> Sequence[Measure]:
        """What came of it afterwards."""
        return queries.measures_of(self.reader, self.incident)

    @property
    def may_begin_measure(self) -> bool:
        return bool(may_begin(self.reader.who, self.seen.facts))

    @cached_property
    def _task_page(self) -> str:
        return self.url("task", task="TASK")

    def task_url(self, task: TaskLine) -> str:
        """The same for a task; a room may show a hundred."""
        return self._task_page.replace("TASK", task.public_id)

    @cached_property
    def _entry_page(self) -> str:
        return self.url("entry", seq=0).removesuffix("0")

    def entry_url(self, seq: int) -> str:
        """The same for an entry of the log."""
        return f"{self._entry_page}{seq}"

    def panel(self, name: str) -> str:
        """The address that answers one panel anew."""
        return self.url("panel", name=name)

    def may(self, rule: Callable[..., Ruling], *more: Any, **facts: Any) -> bool:
        """Whether to show a button. Never more: the operation asks again."""
        return bool(rule(self.document, self.reader.who, self.facts, *more, **facts))

    # ---- who reads ----------------------------------------------------------------------------------------------

    @cached_property
    def is_inside(self) -> bool:
        """Takes part now; somebody whose part ended reads the log up to then and nothing else."""
        return bool(may_enter_room(self.reader.who, self.seen.facts))

    @cached_property
    def acts(self) -> bool:
        return self.may(may_act)

    @cached_property
    def writes(self) -> bool:
        return self.may(may_log)

    @property
    def coordinates(self) -> bool:
        return self.reader.who.coordinates

    @cached_property
    def reader_is_volunteer(self) -> bool:
        """Boards, networks and associations: they see no volunteers' names or numbers."""
        return self.reader.actor.is_civil

    def hides_people_of(self, actor: Actor) -> bool:
        """Volunteers do not learn each other's names here; those of their own actor they know."""
        return are_hidden(self.reader.actor, actor)

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Everybody who takes or took part, by key."""
        return {actor.key: actor for actor in self._actors.values()}

    @cached_property
    def _actors(self) -> dict[int, Actor]:
        return {p.actor_id: p.actor for p in self.incident.participations}

    def actor(self, actor_id: int) -> Actor:
        """Whoever has a task here."""
        return self._actors.get(actor_id) or db.session.get_one(Actor, actor_id)

    # ---- the incident -------------------------------------------------------------------------------------------

    @cached_property
    def document(self) -> PlanDocument:
        return document_of(self.incident)

    @cached_property
    def police_acts(self) -> list[PoliceAct]:
        return acts_of(self.incident) if self.incident.track is Track.POLICE else []

    @property
    def unconfirmed(self) -> list[PoliceAct]:
        return [act for act in self.police_acts if act.state is ActState.UNCONFIRMED]

    @property
    def unconfirmed_turns(self) -> list[PoliceAct]:
        """What the band says is not confirmed: all but instructions, which say so where they stand."""
        instructions = (PoliceActKind.INSTRUCTION, PoliceActKind.INSTRUCTION_END)
        return [act for act in self.unconfirmed if act.kind not in instructions]

    @cached_property
    def facts(self) -> IncidentFacts:
        return full_facts(self.incident, self.police_acts)

    @cached_property
    def waiting_for_police(self) -> frozenset[str]:
        """Keys of the tasks that the plan's cards let wait for the police's yes; only where the police lead."""
        if self.incident.track is not Track.POLICE:
            return frozenset()
        cards = [card for card in self.document.cards if card.track is Track.POLICE]
        return frozenset(f"card:{card.party}:{i.key}" for card in cards for i in card.items if i.waits_for_police)

    @property
    def category(self) -> str:
        found = self.document.category(self.incident.category_key)
        return found.label if found else self.incident.category_key

    @cached_property
    def sender_is_silent(self) -> bool:
        """Nothing is being sent: somebody must ring."""
        return self.incident.is_open and queries.sender_is_silent()

    @cached_property
    def direction(self) -> Instructions | Agreement:
        """Who directs: the police by instructions, else the parties by what they agree."""
        return Instructions(self.seen) if self.incident.track is Track.POLICE else Agreement(self.seen)

    @cached_property
    def same_questions(self) -> list[SameIncidentQuestion]:
        """What the tovholder was asked of the police's cases that run; in a politisag nothing is asked."""
        return questions_of(self.incident) if self.incident.track is Track.NON_POLICE and self.is_inside else []

    # ---- parties ------------------------------------------------------------------------------------------------

    @property
    def present(self) -> list[Participation]:
        return [p for p in self.incident.participations if p.ended_at is None]

    @cached_property
    def _rounds(self) -> queries.Rounds:
        return queries.rounds_of(self.incident)

    @property
    def rounds(self) -> Mapping[int, Callout]:
        """Each party's newest round, by the actor's id."""
        return self._rounds.newest

    @cached_property
    def _texts(self) -> queries.Texts:
        return queries.texts_by_round(self.incident)

    @property
    def texts(self) -> Mapping[int, dict[DeliveryState, int]]:
        """How many of each round stand in each state."""
        return self._texts.counts

    def is_late(self, round_: Callout) -> bool:
        """A text or call of a round that still calls should have left a minute ago."""
        late = round_.id in self._rounds.late or round_.id in self._texts.held
        return late and round_.state is CalloutState.CALLING

    @cached_property
    def own_round(self) -> Callout | None:
        return self.rounds.get(self.reader.actor.id)

    def party_behind(self, task: TaskLine | Task) -> Actor | None:
        """The party that a task asks somebody to ring to."""
        if task.source not in (TaskSource.CALL, TaskSource.CHAIN):
            return None
        number = task.key.split(":")[1]
        return next((r.actor for r in self.rounds.values() if str(r.id) == number), None)

    @property
    def must_answer(self) -> bool:
        """The reader's party has not said that it has seen this."""
        return self.acts and self.own_round is not None and self.own_round.state in OPEN

    @cached_property
    def asked(self) -> list[Callout]:
        here = {p.actor_id for p in self.present}
        return [r for r in self.rounds.values() if r.actor_id in here and r.state in ASKED]

    @cached_property
    def answered(self) -> int:
        return sum(r.state is CalloutState.ACKNOWLEDGED for r in self.asked)

    # ---- what is known and said -------------------------------------------------------------------------------------

    @cached_property
    def narrative(self) -> Glance:
        return Glance(self.incident)

    @property
    def first_report_due(self) -> datetime:
        return first_report_due(self.incident, self.document)

    @property
    def must_acknowledge(self) -> bool:
        """The newest message is not acknowledged by the reader's party."""
        return self.acts and self.narrative.waits_for(self.reader.actor)

    @cached_property
    def sending(self) -> Sending:
        """What leaves towards the audiences."""
        sending = Sending(self.seen)
        sending.newest_as_shown = self.narrative.message  # type: ignore[assignment]  # the same, read once
        return sending

    # ---- tasks --------------------------------------------------------------------------------------------------

    @cached_property
    def tasks(self) -> tuple[TaskLine, ...]:
        return lines_of(self.incident)

    @cached_property
    def own_open_tasks(self) -> list[TaskLine]:
        return [task for task in self.tasks if task.is_open and task.actor_id == self.reader.actor.id]
