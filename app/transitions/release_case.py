"""A → B: the police let the case go. It ends for everybody at that moment; the others go on in a new incident.

What the police see is that their part ended. A release recorded for them can be denied: then the case runs on.
"""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from app.areas.models import Actor, Area
from app.broadcasts import operations as broadcasts
from app.broadcasts import queries as texts
from app.broadcasts.models import Broadcast
from app.broadcasts.standing import Grid
from app.callout import operations as callout
from app.callout import queries as callouts
from app.callout.models import CalloutState
from app.direction.models import PoliceAct, PoliceActKind
from app.direction.police_word import PoliceSaid, record
from app.direction.queries import full_facts
from app.errors import Refused
from app.extensions import db
from app.incidents import course, log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident, Joined, Participation
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.lib.types import new_public_id
from app.logbook import operations as logbook
from app.logbook.kinds import Kind
from app.notices.operations import notify
from app.plans.tracks import accepting_choices, may_release_case
from app.plans.vocabulary import IncidentStatus, Track
from app.tasks import operations as tasks
from app.tasks import queries as task_queries
from app.tasks.models import Task, TaskSource
from app.transitions import same_incident
from app.transitions.ruling import demand
from app.transitions.switch import end_as, end_passes

CALLS = (TaskSource.CALL, TaskSource.CHAIN)
NOT_RELEASED = "Politiet har afkræftet, at de frigav sagen. Politisagen fortsætter."


@dataclass(frozen=True)
class Release:
    """Who goes on with it, as the police named them; `police_said` when somebody records it for the police."""

    accepting: Actor
    note: str = ""
    police_said: PoliceSaid | None = None
    not_cpr: bool = False


def release_case(case: Incident, reader: Reader, typed: Release) -> Incident:
    """Answers the incident that the others go on in. Raises Refused."""
    db.session.execute(sa.select(Area.id).where(Area.id == case.area_id).with_for_update())
    case = locked(case)
    document, facts = document_of(case), full_facts(case)
    demand(may_release_case(document, reader.who, facts, on_behalf=bool(typed.police_said)), case.area)
    if typed.accepting.key not in accepting_choices(document, facts):
        raise Refused(Reason(N_("Vælg en tovholder, der er med i hændelsen.")))
    next_update_at, before = case.next_update_at, task_queries.of_incident(case)
    carried = [task for task in before if not task.actor.is_police and task.source not in CALLS]
    still_open = {task.id for task in carried if task.is_open}
    _write_log(case, reader, typed)
    opened = _open(case, reader, typed)
    opened.next_update_at = next_update_at or clock.now() + timedelta(minutes=document.first_report_minutes)
    _carry(opened, carried, still_open)
    _wake(case, opened)
    end_as(case, IncidentStatus.RELEASED, _carry_texts(case, opened, reader))
    for participation in case.participations:
        participation.ended_at = participation.ended_at or case.ended_at
    course.link(case, opened)
    _tell(case, opened)
    same_incident.ask_of_new(opened)
    log.changed(opened, *log.TOPICS)
    return opened


def _write_log(case: Incident, reader: Reader, typed: Release) -> None:
    said = typed.police_said
    text = f"Politiet har frigivet sagen. {typed.accepting.name} går videre som tovholder."
    behalf = said.in_the_log if said else None
    log.write(
        case, Kind.SUCCESSION, f"{text} {typed.note}".strip(), by=reader.by, on_behalf_of=behalf,
        not_cpr=typed.not_cpr,
    )  # fmt: skip
    if said:
        record(case, PoliceActKind.CASE_RELEASE, said, by=reader.by)


def _open(case: Incident, reader: Reader, typed: Release) -> Incident:
    now, is_own = clock.now(), reader.actor.id == typed.accepting.id
    opened = Incident(
        area=case.area, plan=case.plan, chain=logbook.open_chain(case.area_id), track=Track.NON_POLICE,
        is_exercise=case.is_exercise, category_key=case.category_key, what=case.what, place=case.place,
        where_note=case.where_note, activated_at=now, recorded_at=now, activator=typed.accepting,
        activated_by=reader.user, leader=typed.accepting,  # open again: it is the police's case no more
        leader_label=reader.by.label[:160] if is_own else typed.accepting.name,
        leader_phone=(reader.user.phone if is_own else None) or typed.accepting.phone,
        once_key=f"released:{case.id}:{new_public_id()}",
    )  # fmt: skip
    opened.participations = [
        Participation(actor=p.actor, call_level=p.call_level, joined=_why(p, typed.accepting), joined_at=now)
        for p in case.participations
        if p.ended_at is None and not p.actor.is_police
    ]
    db.session.add(opened)
    db.session.flush()
    # The police let go and name who goes on; what is written from here on is the others' own.
    by = None if reader.who.police_in_area else reader.by
    text = f"Politiet har frigivet sagen: {opened.what.rstrip('.')}. Sted: {opened.where}."
    log.write(opened, Kind.ACTIVATION, text, by=by, data={"track": opened.track.value}, not_cpr=True)
    log.write(opened, Kind.DECISION, f"Tovholder: {opened.leader_label}", by=by)
    return opened


def _why(before: Participation, accepting: Actor) -> Joined:
    return Joined.ACTIVATOR if before.actor_id == accepting.id else before.joined


def _carry(opened: Incident, carried: list[Task], still_open: set[int]) -> None:
    """Open tasks go along. What was settled is not asked again where both tracks' cards hold it."""
    document = document_of(opened)
    cards = {p.actor.key: document.card(p.actor.key, opened.track) for p in opened.participations}
    again = {f"card:{key}:{item.key}" for key, card in cards.items() if card for item in card.items}
    db.session.add_all(
        Task(
            incident_id=opened.id, actor=t.actor, card_actor=t.card_actor, key=t.key, source=t.source, text=t.text,
            phone=t.phone, due_at=t.due_at, state=t.state, note=t.note, settled_at=t.settled_at,
            settled_by_id=t.settled_by_id,
        )
        for t in carried
        if t.id in still_open or t.key in again
    )  # fmt: skip
    db.session.flush()
    for participation in opened.participations:
        tasks.open_card(opened, document, participation.actor)


def _carry_texts(case: Incident, opened: Incident, reader: Reader) -> list[Broadcast]:
    """What waited for the police becomes drafts; all who go on could read it, and who was told, before."""
    unsent, told = texts.unsent(case), [row for row in Grid(case).rows if row.is_informed and not row.is_partly]
    by = None if reader.who.police_in_area else reader.by
    for text in unsent:
        broadcasts.carry(text, opened, opened.leader, by)
    for row in told:
        broadcasts.say_told(row, opened, opened.leader, reader.by, logged_by=None)
    return unsent


def _wake(case: Incident, opened: Incident) -> None:
    """Whoever had answered has answered here too; nobody is called twice for the same evening."""
    states = {round_.actor_id: round_.state for round_ in callouts.latest_of(case)}
    for participation in opened.participations:
        is_here = states.get(participation.actor_id) is CalloutState.ACKNOWLEDGED
        callout.start(opened, participation, document_of(opened).chain, is_here=is_here)


def _tell(case: Incident, opened: Incident) -> None:
    for participation in opened.participations:
        actor, accepts = participation.actor, participation.actor_id == opened.leader_actor_id
        whom = "I er tovholder nu" if accepts else f"Tovholder er nu: {opened.leader.name}"
        notify(
            actor, marked(opened, f"Beredskab {opened.area.name}: Politiet har frigivet {opened.what[:80]}. {whom}."),
            about=f"incident:{opened.public_id}", key=f"released:{opened.id}:{actor.id}", without_police=True,
            send=accepts, is_exercise=opened.is_exercise, group=callouts.group_of(opened),
        )  # fmt: skip


def confirmed(act: PoliceAct, how: str) -> None:
    """Those who went on are told in their own log, where they can read it."""
    opened = course.successor_of(act.incident)
    if opened is not None:
        log.write(opened, Kind.SUCCESSION, f"Politiets frigivelse af sagen er bekræftet: {how}", by=None, not_cpr=True)


def undo_release(case: Incident) -> None:
    """The police deny it: their case runs on with everybody whose part ended then, and what was opened is annulled."""
    if case.status is not IncidentStatus.RELEASED:
        return
    opened = course.successor_of(case)
    if opened is not None and (opened := locked(opened)).is_open:
        _annul(opened)
    for participation in case.participations:
        participation.ended_at = None if participation.ended_at == case.ended_at else participation.ended_at
    case.status, case.ended_at = IncidentStatus.ACTIVE, None
    case.next_update_at = clock.now() + timedelta(minutes=document_of(case).update_every_minutes)
    db.session.flush()
    callout.let_answer(case)
    entry = log.write(case, Kind.DECISION, "Frigivelsen er trukket tilbage. Politisagen er aktiv igen.", by=None)
    for participation in case.participations:
        if participation.ended_at is None and not participation.actor.is_police:
            notify(
                participation.actor, marked(case, f"Beredskab {case.area.name}: {NOT_RELEASED}"),
                about=f"incident:{case.public_id}", key=f"not-released:{case.id}:{entry.seq}:{participation.actor_id}",
                without_police=False, send=True, is_exercise=case.is_exercise, group=callouts.group_of(case),
            )  # fmt: skip


def _annul(opened: Incident) -> None:
    log.write(opened, Kind.SUCCESSION, NOT_RELEASED, by=None)
    callout.stop_all(opened)
    broadcasts.stop_all(opened, NOT_RELEASED)
    end_passes(opened)
    opened.status, opened.ended_at, opened.next_update_at = IncidentStatus.ANNULLED, clock.now(), None
    opened.annul_reason = NOT_RELEASED
    db.session.flush()
    log.changed(opened, *log.TOPICS)
