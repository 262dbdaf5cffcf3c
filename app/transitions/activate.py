"""Activation: the incident, its parties, their cards and the first calls, in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from app.areas.models import Actor, Area, Place
from app.callout import operations as callout
from app.direction.models import HEARD_BY, PoliceActKind
from app.direction.police_word import PoliceSaid as PoliceSaid
from app.direction.police_word import record
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.models import Incident, Joined, Participation
from app.incidents.queries import actors_by_key, by_once_key
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook import operations as logbook
from app.logbook.kinds import Kind
from app.plans.document import PlanDocument
from app.plans.models import Plan
from app.plans.queries import plan_for
from app.plans.tracks import (
    Participant,
    Ruling,
    default_leader,
    leader_choices,
    may_activate,
    may_record_for_police,
    may_start_exercise,
    participants,
)
from app.plans.vocabulary import POLICE, TRACK_LABELS, CallLevel, Track
from app.tasks import operations as tasks
from app.transitions import same_incident
from app.transitions.parties import with_actors
from app.transitions.ruling import demand


@dataclass(frozen=True)
class Alarm:
    """What the activator typed: the four questions and the ground. `not_cpr`: a number in it is no CPR number."""

    track: Track
    category_key: str
    what: str
    place: Place | None = None
    where_note: str = ""
    how_now: str = ""
    done_so_far: str = ""
    not_cpr: bool = False


@dataclass(frozen=True)
class Afterwards:
    """Real times of what is registered afterwards: nobody is called, nothing counts down."""

    started_at: datetime
    ended_at: datetime


class Wakes(StrEnum):
    """Whom an exercise calls. What is real calls as planned, always."""

    AS_PLANNED = "as_planned"
    EVERYBODY = "everybody"  # every party but the police, also the one whose coordinator begins it
    NOBODY = "nobody"  # they sit around a table


@dataclass(frozen=True)
class Activation:
    """Everything an activation needs. `once_key` is the form's: the same key again is the same incident.

    `wakes` and `only_calls` are an exercise's: whom it calls, and whether the call-out is all of it.
    """

    area: Area
    alarm: Alarm
    reader: Reader
    once_key: str
    police_said: PoliceSaid | None = None
    leader_key: str | None = None
    is_exercise: bool = False
    afterwards: Afterwards | None = None
    wakes: Wakes = Wakes.AS_PLANNED
    only_calls: bool = False


def activate(new: Activation) -> Incident:
    """Activate, or answer the incident that this form already made. Raises Refused with who can instead."""
    _lock(new.area)
    if (existing := by_once_key(new.once_key)) is not None:
        return existing
    plan, document, warning = plan_for(new.area)
    demand(_may(document, new), new.area)
    actors = actors_by_key(new.area)
    incident = _row(new, plan, document, actors)
    parties = _participants(new, document, actors)
    joined = _join(incident, parties, actors)
    _write_log(incident, new, warning)
    if new.police_said:
        record(incident, PoliceActKind.ACTIVATION, new.police_said, by=new.reader.by)
    if not new.afterwards:
        _wake(incident, document, parties, joined, opens_cards=not new.only_calls)
    if not new.afterwards:
        same_incident.ask(incident) if incident.is_police_case else same_incident.ask_of_new(incident)
    log.changed(incident, *log.TOPICS)
    return incident


def _lock(area: Area) -> None:
    # Two taps of one form, or two parties at once: one after the other.
    db.session.execute(sa.select(Area.id).where(Area.id == area.id).with_for_update())


def _may(document: PlanDocument, new: Activation) -> Ruling:
    if new.is_exercise:
        return may_start_exercise(document, new.reader.who, new.alarm.track)
    if new.police_said:
        return may_record_for_police(document, new.reader.who, track=new.alarm.track)
    return may_activate(document, new.reader.who, new.alarm.track)


def _activator_key(new: Activation) -> str:
    """The police when they did it, by word or in an exercise by somebody playing them; else the actor at the phone."""
    return POLICE if new.alarm.track is Track.POLICE else new.reader.actor.key


def _row(new: Activation, plan: Plan | None, document: PlanDocument, actors: dict[str, Actor]) -> Incident:
    now, alarm = clock.now(), new.alarm
    began = new.afterwards.started_at if new.afterwards else now
    leader = _leader(new, document, actors)
    recorded = new.reader.actor.key != _activator_key(new)
    incident = Incident(
        area=new.area, plan=plan, chain=logbook.open_chain(new.area.id), track=alarm.track, is_exercise=new.is_exercise,
        category_key=alarm.category_key, what=alarm.what, place=alarm.place, where_note=alarm.where_note,
        how_now=alarm.how_now, done_so_far=alarm.done_so_far, activated_at=began, recorded_at=now,
        is_afterwards=new.afterwards is not None, activator=actors[_activator_key(new)],
        recorder_actor_id=new.reader.actor.id if recorded else None, activated_by=new.reader.user, leader=leader,
        leader_label=_leader_label(new, leader), leader_phone=_leader_phone(new, leader),
        glimpse_closed=document.hides_glimpse and alarm.track is Track.POLICE, once_key=new.once_key,
        next_update_at=None
        if new.afterwards or new.only_calls
        else began + timedelta(minutes=document.first_report_minutes),
        only_called=new.only_calls or None,
    )  # fmt: skip
    db.session.add(incident)
    db.session.flush()
    return incident


def _leader(new: Activation, document: PlanDocument, actors: dict[str, Actor]) -> Actor:
    key = new.leader_key or default_leader(document, new.alarm.track, _activator_key(new))
    choices = leader_choices(new.alarm.track, tuple(p.actor_key for p in _rule_participants(new, document)))
    if key not in choices or key not in actors:
        raise Refused(Reason(N_("Vælg en tovholder, der er med i hændelsen.")))
    return actors[key]


def _leader_label(new: Activation, leader: Actor) -> str:
    if new.police_said:
        return f"{new.police_said.said_by}, {leader.name}"[:160]
    if new.is_exercise and leader.key == POLICE and new.reader.actor.key != POLICE:
        return f"{leader.name} (spilles af {new.reader.user.name})"[:160]
    return f"{new.reader.user.name}, {leader.name}"[:160] if leader.id == new.reader.actor.id else leader.name


def _leader_phone(new: Activation, leader: Actor) -> str | None:
    own = new.reader.user.phone if leader.id == new.reader.actor.id else None
    return own or leader.phone


def _rule_participants(new: Activation, document: PlanDocument) -> tuple[Participant, ...]:
    recorded_by = new.reader.actor.key if new.reader.actor.key != _activator_key(new) else None
    return participants(document, new.alarm.track, new.alarm.category_key, _activator_key(new), recorded_by)


def _participants(new: Activation, document: PlanDocument, actors: dict[str, Actor]) -> list[Participant]:
    allowed = with_actors(_rule_participants(new, document), new.alarm.track, actors)
    return [_woken(p, new.wakes) for p in allowed] if new.is_exercise else allowed


def _woken(party: Participant, wakes: Wakes) -> Participant:
    if wakes is Wakes.NOBODY:
        return replace(party, call_level=CallLevel.WHEN_NEEDED)
    if wakes is Wakes.EVERYBODY and party.actor_key != POLICE:
        return replace(party, call_level=CallLevel.CALL_NOW, is_here=False)
    return party


def _join(incident: Incident, parties: list[Participant], actors: dict[str, Actor]) -> dict[str, Participation]:
    joined = {}
    for party in parties:
        actor = actors[party.actor_key]
        why = Joined.PLAN
        if actor.id == incident.activator_actor_id:
            why = Joined.ACTIVATOR
        elif actor.id == incident.recorder_actor_id:
            why = Joined.RECORDER
        joined[party.actor_key] = Participation(
            incident_id=incident.id,
            actor=actor,
            call_level=party.call_level,
            joined=why,
            joined_at=incident.activated_at,
        )
    incident.participations = list(joined.values())
    db.session.flush()
    return joined


def _write_log(incident: Incident, new: Activation, warning: Reason | None) -> None:
    said = new.police_said
    behalf = f"politiet v/ {said.said_by}, {HEARD_BY[said.heard_by]}" if said else None
    text = _alarm_text(incident)
    log.write(
        incident, Kind.ACTIVATION, text, by=new.reader.by, at=incident.activated_at, on_behalf_of=behalf,
        data={"track": incident.track.value, "category": incident.category_key, "exercise": incident.is_exercise,
              "afterwards": incident.is_afterwards},
        not_cpr=new.alarm.not_cpr,
    )  # fmt: skip
    log.write(incident, Kind.DECISION, f"Leder: {incident.leader_label}", by=new.reader.by, at=incident.activated_at)
    if warning:
        log.write(incident, Kind.NOTE, warning.in_danish(), by=None)


def _alarm_text(incident: Incident) -> str:
    opening = "Registreret efter hændelsen" if incident.is_afterwards else "Aktiveret"
    parts = [f"{opening} som {TRACK_LABELS[incident.track]}: {incident.what.rstrip('.')}. Sted: {incident.where}."]
    if incident.how_now:
        parts.append(f"Situationen nu: {incident.how_now}")
    if incident.done_so_far:
        parts.append(f"Iværksat: {incident.done_so_far}")
    return " ".join(parts)


def _wake(
    incident: Incident, document: PlanDocument, parties: list[Participant], joined: dict[str, Participation],
    *, opens_cards: bool,
) -> None:
    for party in parties:
        participation = joined[party.actor_key]
        if opens_cards:
            tasks.open_card(incident, document, participation.actor)
        callout.start(incident, participation, document.chain, is_here=party.is_here)
