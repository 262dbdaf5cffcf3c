"""Gathers what the evaluation is told of one incident, each fact with its place in the timeline."""

from bisect import bisect_left
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cached_property

import sqlalchemy as sa

from app.broadcasts import queries as broadcasts
from app.broadcasts.counted import counted
from app.broadcasts.models import Broadcast
from app.broadcasts.sent import sent_and_taken_back
from app.broadcasts.standing import Grid, Row
from app.broadcasts.states import Phase, ReleaseKind
from app.callout import queries as callouts
from app.callout.models import Callout, CalloutState
from app.direction import queries as direction
from app.direction.models import ACT_LABELS, ActState
from app.extensions import db
from app.incidents import log
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.live.remembered import remembered
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.messaging.models import Delivery
from app.narrative import queries as narrated
from app.narrative.models import Fact, FactStatus, MessageAcknowledgement, SharedMessage, SituationReport
from app.plans.vocabulary import Track
from app.reviews import rules
from app.reviews.rules import Called, Due, Evidence, Figure, Happened, Known, Message, Sent, Targets, Version
from app.tasks import queries as tasks
from app.tasks.models import Task, TaskState

NEAR = timedelta(seconds=5)  # an act and its line in the log are written in one transaction
READ_WHOLE = (Kind.FACT, Kind.DECISION)


def figures_of(incident: Incident) -> list[Figure]:
    """The evaluation's figures, counted when something of the incident has changed since the last time."""
    topics = tuple(log.topic(incident, name) for name in log.TOPICS)
    return remembered(f"figures:{incident.public_id}", topics, lambda: rules.evaluate(gather(incident)))


def gather(incident: Incident) -> Evidence:
    """A fixed number of questions, however long the night was."""
    return _Gathering(incident).evidence


class _Places:
    """Finds the line of the log that tells of a moment."""

    def __init__(self, incident: Incident) -> None:
        self.chain, self.name = incident.chain_id, incident.chain.public_id
        query = sa.select(LogEntry.recorded_at, LogEntry.seq, LogEntry.kind, LogEntry.author_actor_key)
        query = query.where(LogEntry.chain_id == self.chain, LogEntry.kind != Kind.NOTE).order_by(LogEntry.seq)
        self.rows: list[tuple[datetime, int, Kind, str]] = [tuple(row) for row in db.session.execute(query)]  # type: ignore[misc]
        self.times = [row[0] for row in self.rows]

    def ref(self, seq: int | None) -> str | None:
        return None if seq is None else f"e-{self.name}-{seq}"

    def at(self, moment: datetime | None, *kinds: Kind, by: str = "") -> str | None:
        """The nearest of these kinds, its author before another's; None when nothing was written then."""
        if moment is None:
            return None
        first = bisect_left(self.times, moment - NEAR)
        near = []
        for recorded_at, seq, kind, author in self.rows[first:]:
            if recorded_at > moment + NEAR:
                break
            if kind in kinds:
                near.append((author != by if by else False, abs(recorded_at - moment), seq))
        return self.ref(min(near)[2]) if near else None

    def of(self, *kinds: Kind) -> list[str]:
        return [f"e-{self.name}-{seq}" for _at, seq, kind, _by in self.rows if kind in kinds]


class _Gathering:
    def __init__(self, incident: Incident) -> None:
        self.incident, self.document, self.places = incident, document_of(incident), _Places(incident)

    @property
    def evidence(self) -> Evidence:
        incident, places = self.incident, self.places
        chain = self.document.chain
        targets = Targets(
            timedelta(minutes=chain.deputy_after_minutes), timedelta(minutes=chain.all_after_minutes),
            None if incident.only_called else timedelta(minutes=self.document.first_report_minutes),
        )  # fmt: skip
        ends = places.of(Kind.STAND_DOWN, Kind.SUCCESSION)
        begins = places.of(Kind.ACTIVATION)
        return Evidence(
            incident.activated_at, targets, incident.ended_at, incident.is_afterwards,
            begins[0] if begins else None, ends[-1] if ends else None, self._parties, tuple(self._called()),
            tuple(self._reports()), tuple(self._messages), tuple(self._audiences()), self._after(),
            tuple(self._tasks()), tuple(self._facts()), tuple(self._sent()), tuple(places.of(Kind.CORRECTION)),
            tuple(self._leads()), tuple(self._against()), tuple(self._never_confirmed()), self._dimensions,
        )  # fmt: skip

    @cached_property
    def _parties(self) -> tuple[str, ...]:
        # A part that ended with the whole incident (a switch) was taken to the end.
        ended = self.incident.ended_at
        return tuple(
            p.actor.name for p in self.incident.participations if p.ended_at is None or (ended and p.ended_at >= ended)
        )

    @property
    def _dimensions(self) -> tuple[str, ...]:
        category = self.document.category(self.incident.category_key)
        return tuple(category.dimensions) if category else ()

    def _called(self) -> list[Called]:
        rounds: dict[int, list[Callout]] = {}
        for round_ in callouts.callouts_of(self.incident):
            if round_.state is not CalloutState.NOT_CALLED:
                rounds.setdefault(round_.actor_id, []).append(round_)
        first = self._first_handed_over([one for some in rounds.values() for one in some])
        return [self._call(some, first) for some in rounds.values()]

    def _call(self, some: list[Callout], first: dict[int, tuple[datetime, str]]) -> Called:
        handed = min((first[one.id] for one in some if one.id in first), default=(None, None))
        answers = [one.answered_at for one in some if one.answered_at is not None]
        answered = min(answers, default=None)
        actor = some[0].actor
        said = self.places.at(answered, Kind.CONTACT, by=actor.key)
        ref = f"c-{handed[1]}" if handed[1] else None
        return Called(actor.name, handed[0], answered, ref, said)

    def _first_handed_over(self, found: list[Callout]) -> dict[int, tuple[datetime, str]]:
        about = {callouts.about(one): one.id for one in found}
        query = sa.select(Delivery.about, Delivery.sent_at, Delivery.public_id).where(
            Delivery.about.in_(about), Delivery.sent_at.is_not(None)
        )
        first: dict[int, tuple[datetime, str]] = {}
        for key, sent_at, id_ in db.session.execute(query.order_by(Delivery.sent_at.desc(), Delivery.id.desc())):
            if sent_at is not None:
                first[about[key]] = (sent_at, id_)
        return first

    def _reports(self) -> list[Version]:
        of = SituationReport
        query = sa.select(of.number, of.made_at, of.next_update_at).where(of.incident_id == self.incident.id)
        found = db.session.execute(query.order_by(of.number))
        return [Version(n, at, promised, self.places.at(at, Kind.FACT)) for n, at, promised in found]

    @cached_property
    def _messages(self) -> list[Message]:
        of, said = SharedMessage, self._said_by
        query = sa.select(of.id, of.number, of.made_at, of.next_update_at).where(of.incident_id == self.incident.id)
        found = db.session.execute(query.order_by(of.number))
        return [
            Message(n, at, promised, self.places.at(at, Kind.MESSAGE), tuple(said.get(id_, ())))
            for id_, n, at, promised in found
        ]

    @cached_property
    def _said_by(self) -> dict[int, list[str]]:
        names = {p.actor_id: p.actor.name for p in self.incident.participations}
        query = sa.select(MessageAcknowledgement.message_id, MessageAcknowledgement.actor_id)
        query = query.join(MessageAcknowledgement.message).where(SharedMessage.incident_id == self.incident.id)
        said: dict[int, list[str]] = {}
        for message_id, actor_id in db.session.execute(query):
            said.setdefault(message_id, []).append(names.get(actor_id, ""))
        return said

    @cached_property
    def _broadcasts(self) -> list[Broadcast]:
        return broadcasts.broadcasts_of(self.incident)

    def _audiences(self) -> list[rules.Audience]:
        if self.incident.only_called:
            return []  # nobody was to be told
        reached = counted(self.incident, self._broadcasts).reached
        rows = Grid(self.incident, self._broadcasts, reached).rows
        return [
            rules.Audience(
                row.audience.label[:1].lower() + row.audience.label[1:], timedelta(minutes=row.audience.target_minutes),
                row.first_at, row.not_relevant is not None, self._told(row),
            )
            for row in rows
        ]  # fmt: skip

    def _told(self, row: Row) -> str | None:
        """The line of what told them first: a text that left, or what somebody noted."""
        left = [b for b in sent_and_taken_back(self._broadcasts).standing if row.audience.key in b.audiences]
        moments = [(b.queued_at, Kind.MESSAGE) for b in left if b.queued_at]
        moments += [(one.at, Kind.CONTACT) for one in row.by_hand]
        if row.first_at is None or not moments:
            return None
        at, kind = min(moments, key=lambda one: one[0])
        return self.places.at(at, kind)

    def _after(self) -> Happened | None:
        after = [b for b in self._broadcasts if b.phase is Phase.AFTER and b.queued_at is not None]
        first = min(after, key=lambda b: b.number, default=None)
        if first is None or first.queued_at is None:
            return None
        return Happened("after", first.queued_at, self.places.at(first.queued_at, Kind.MESSAGE))

    def _sent(self) -> list[Sent]:
        numbers = self._message_numbers
        return [
            Sent(
                b.number, b.queued_at, b.phase.value, numbers.get(b.message_id) if b.message_id else None,
                None if b.is_carried else self._newest_at(b.queued_at), b.release_kind is ReleaseKind.BREAK_GLASS,
                self.places.at(b.queued_at, Kind.MESSAGE),
            )
            for b in reversed(self._broadcasts)
            if b.queued_at is not None
        ]  # fmt: skip

    @cached_property
    def _message_numbers(self) -> dict[int, int]:
        query = sa.select(SharedMessage.id, SharedMessage.number).where(SharedMessage.incident_id == self.incident.id)
        return {row[0]: row[1] for row in db.session.execute(query)}

    def _newest_at(self, moment: datetime) -> int | None:
        return max((version.number for version in self._messages if version.at <= moment), default=None)

    def _tasks(self) -> list[Due]:
        return [self._due(task) for task in tasks.of_incident(self.incident) if not self._is_for_later(task)]

    def _is_for_later(self, task: Task) -> bool:
        """Not due before it was over: nobody was late with it."""
        ended = self.incident.ended_at
        return task.state is not TaskState.DONE and bool(ended and task.due_at and task.due_at > ended)

    def _due(self, task: Task) -> Due:
        done_at = task.settled_at if task.state is TaskState.DONE else None
        taken_from = task.card_actor.name if task.card_actor_id != task.actor_id else ""
        relevant = task.state is not TaskState.NOT_RELEVANT
        return Due(task.text, task.due_at, done_at, relevant, taken_from, self.places.at(task.settled_at, Kind.TASK))

    @cached_property
    def _whole(self) -> list[LogEntry]:
        """Entries that tell of a fact or of a new leader: few among thousands, so the database looks for the words."""
        said = sa.or_(*(LogEntry.content.contains(f'"{word}":', autoescape=True) for word in ("fact", "leader")))
        query = sa.select(LogEntry).where(LogEntry.chain_id == self.incident.chain_id, LogEntry.kind.in_(READ_WHOLE))
        return list(db.session.scalars(query.where(said).order_by(LogEntry.seq)))

    def _facts(self) -> list[Known]:
        told: dict[str, list[tuple[str, int]]] = {}
        for entry in self._whole:
            if fact := entry.data.get("fact"):
                told.setdefault(fact, []).append((entry.data.get("status", ""), entry.seq))
        return [self._known(fact, told.get(fact.public_id, [])) for fact in narrated.facts_of(self.incident)]

    def _known(self, fact: Fact, told: Collection[tuple[str, int]]) -> Known:
        refuted = fact.status is FactStatus.REFUTED
        others = [status for status, _seq in told if status != FactStatus.REFUTED]
        was = refuted and bool(others or (not told and fact.version > 1))
        last = max((seq for _status, seq in told), default=None)
        return Known(fact.text, was, fact.status is FactStatus.UNCONFIRMED, self.places.ref(last))

    def _leads(self) -> list[Happened]:
        found = [entry for entry in self._whole if entry.kind is Kind.DECISION and entry.data.get("leader")]
        return [Happened(entry.data["leader"], entry.recorded_at, self.places.ref(entry.seq)) for entry in found]

    def _against(self) -> list[Happened]:
        if self.incident.track is Track.NON_POLICE:
            stances = [one for _number, one in direction.last_stances(self.incident).values() if not one.agrees]
            return [Happened(s.actor.name, s.at, self.places.at(s.at, Kind.AGREEMENT)) for s in stances]
        receipts = [r for one in direction.instructions_of(self.incident) for r in one.receipts if r.deviated_at]
        return [
            Happened(r.actor.name, r.deviated_at, self.places.at(r.deviated_at, Kind.DECISION))
            for r in receipts
            if r.deviated_at is not None
        ]

    def _never_confirmed(self) -> list[Happened]:
        if self.incident.track is Track.NON_POLICE:
            return []
        waiting = [act for act in direction.acts_of(self.incident) if act.state is ActState.UNCONFIRMED]
        every = tuple(Kind)
        return [Happened(ACT_LABELS[a.kind], a.recorded_at, self.places.at(a.recorded_at, *every)) for a in waiting]
