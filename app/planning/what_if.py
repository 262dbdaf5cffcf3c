"""*Hvad sker der, hvis …*: what an activation would do, by the same rules and queries as the real one. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.areas.models import Actor, Area
from app.areas.roles import Role
from app.callout.operations import line_of, waits, ways_to
from app.contacts.models import Contact
from app.contacts.reaching import texting_address
from app.incidents.queries import actors_by_key
from app.lib.i18n import N_, Reason
from app.lib.text import plain
from app.plans.document import ActionCard, Audience, CallOutChain, MessageTemplate, PlanDocument
from app.plans.messages import AREA, best, filled
from app.plans.tracks import (
    IncidentFacts,
    Participant,
    Ruling,
    Who,
    default_leader,
    leader_choices,
    may_activate,
    may_record_for_police,
    may_release,
    may_request_activation,
    participants,
)
from app.plans.vocabulary import POLICE, CallLevel, IncidentStatus, MessagePhase, Track
from app.transitions.parties import with_actors


@dataclass(frozen=True)
class Question:
    """Who activates what, when. By somebody else than the police a politisag is recorded for them."""

    activator: str
    track: Track
    category: str
    at: datetime

    @property
    def recorded_by(self) -> str | None:
        """Who sits with the phone, when the police have called."""
        return self.activator if self.track is Track.POLICE and self.activator != POLICE else None

    @property
    def activated_by(self) -> str:
        """Whose activation it is."""
        return POLICE if self.track is Track.POLICE else self.activator


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked: by text, by the machine's call, or by a person with a phone."""

    contact: Contact
    is_texted: bool
    is_rung: bool


@dataclass(frozen=True)
class Step:
    """At this time these are asked, as long as nobody has answered. Nobody: the leader is told."""

    at: datetime
    after: timedelta
    asked: tuple[Asked, ...]
    is_end: bool = False


@dataclass(frozen=True)
class PartyThen:
    """One party of the incident: how it is woken, whom, and its card."""

    actor: Actor
    level: CallLevel
    is_here: bool
    steps: tuple[Step, ...]
    told: Contact | None
    card: ActionCard | None


@dataclass(frozen=True)
class AudienceThen:
    """One audience: by when, who preferably releases, what would be begun with."""

    audience: Audience
    preferred: str
    first: MessageTemplate | None
    text: str
    needs_no_police: bool


@dataclass(frozen=True)
class Answer:
    """Everything that would follow. With a refusal nothing does but what `asks` says."""

    ruling: Ruling
    asks: tuple[Actor, ...]
    leader: Actor | None
    may_lead: tuple[Actor, ...]
    parties: tuple[PartyThen, ...]
    releasers: tuple[Actor, ...]
    audiences: tuple[AudienceThen, ...]
    first_report_at: datetime


def answer(area: Area, plan: PlanDocument, question: Question) -> Answer:
    """What would happen in this area by this plan."""
    actors = actors_by_key(area)
    found = participants(
        plan, question.track, question.category, question.activated_by, question.recorded_by
    )
    taking_part = with_actors(found, question.track, actors)
    leader = default_leader(plan, question.track, question.activated_by)
    choices = leader_choices(question.track, tuple(p.actor_key for p in taking_part))
    ruling = _ruling(plan, question)
    return Answer(
        ruling, _asks(plan, question, ruling, actors), actors.get(leader),
        tuple(actors[key] for key in choices if key in actors and key != leader),
        tuple(_party(plan, question, one, actors[one.actor_key]) for one in taking_part),
        tuple(actors[p.actor_key] for p in taking_part if _releases(plan, question, p, taking_part, leader)),
        tuple(_audience(area, plan, question, one) for one in plan.audiences),
        question.at + timedelta(minutes=plan.first_report_minutes),
    )  # fmt: skip


def _coordinator(actor_key: str) -> Who:
    """Anybody with all rights of the actor; the rules look at nothing else."""
    return Who(0, actor_key, actor_key, Role.COORDINATOR, police_in_area=actor_key == POLICE)


def _ruling(plan: PlanDocument, question: Question) -> Ruling:
    who = _coordinator(question.activator)
    if question.recorded_by:
        return may_record_for_police(plan, who, track=question.track)
    return may_activate(plan, who, question.track)


def _asks(plan: PlanDocument, question: Question, ruling: Ruling, actors: dict[str, Actor]) -> tuple[Actor, ...]:
    """Whom *Bed om aktivering* asks in turn, for somebody who may not activate."""
    if ruling or not may_request_activation(plan, _coordinator(question.activator), question.track):
        return ()
    return tuple(actors[key] for key in plan.activators(question.track) if key in actors)


def _party(plan: PlanDocument, question: Question, party: Participant, actor: Actor) -> PartyThen:
    steps: tuple[Step, ...] = ()
    told = None
    if not party.is_here and party.call_level is CallLevel.CALL_NOW:
        steps = tuple(_steps(plan.chain, question, actor))
    elif not party.is_here and party.call_level is CallLevel.NOTIFY:
        everybody = line_of(actor, question.track, question.at).everybody
        told = next((c for c in everybody if not c.humans_only and texting_address(c)), None)
    card = plan.card(actor.key, question.track)
    return PartyThen(actor, party.call_level, party.is_here, steps, told, card)


def _steps(chain: CallOutChain, question: Question, actor: Actor) -> Iterator[Step]:
    """A round that nobody answers. A step that finds nobody hands over at once, as in the real one."""
    first, deputy, everybody, end = waits(chain)
    taken: timedelta | None = None
    hurry = False
    for wait, number in ((first, 0), (deputy, 1), (everybody, 2)):
        after = taken if hurry and taken is not None else wait
        # Whom the duty roster names at that minute: a shift may end while nobody answers.
        line = line_of(actor, question.track, question.at + after)
        people = (line.on_duty, line.deputies, line.everybody)[number]
        taken, hurry = after, not people
        if people:
            yield Step(question.at + after, after, tuple(map(_asked, people)))
    yield Step(question.at + end, end, (), is_end=True)


def _asked(contact: Contact) -> Asked:
    reached, number = ways_to(contact)
    return Asked(contact, reached is not None, number is not None)


def _releases(
    plan: PlanDocument, question: Question, party: Participant, taking_part: list[Participant], leader: str
) -> bool:
    facts = IncidentFacts(
        0, question.track, IncidentStatus.ACTIVE, leader, frozenset(p.actor_key for p in taking_part),
        question.activated_by, question.recorded_by,
    )  # fmt: skip
    return bool(may_release(plan, _coordinator(party.actor_key), facts, frozenset()))


def _audience(area: Area, plan: PlanDocument, question: Question, audience: Audience) -> AudienceThen:
    first = best(plan, question.category, {audience.key}, MessagePhase.FIRST)
    text = plain(filled(first.text, {AREA: area.name})) if first else ""
    free = bool(first and first.released_by) and question.track is Track.POLICE
    return AudienceThen(audience, plan.called(audience.releaser or plan.releaser), first, text, free)


def unknown(question: Question, plan: PlanDocument) -> Reason | None:
    """Why the plan has no answer: the category is never on this track."""
    category = plan.category(question.category)
    if category is not None and question.track not in category.may_be:
        return Reason(N_("%(category)s er aldrig i det spor. Vælg et andet."), {"category": category.label})
    return None
