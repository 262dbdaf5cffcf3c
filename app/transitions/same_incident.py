"""B → A: "Er det samme hændelse?" The tovholder says so, and chooses what goes along to the police's case.

Nothing goes by itself. The police's case never shows that there was another: no link, no text of ours, no number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from app.broadcasts import operations as broadcasts
from app.broadcasts import queries as texts
from app.broadcasts.models import Broadcast
from app.broadcasts.standing import Grid, Row
from app.callout import operations as callout
from app.callout.queries import group_of
from app.errors import Refused
from app.extensions import db
from app.incidents import course, log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.locks import locked
from app.incidents.models import Incident, SameAnswer, SameIncidentQuestion
from app.incidents.queries import open_in
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.lib.types import new_public_id
from app.live.operations import raised_by
from app.live.remembered import unless_none
from app.logbook.kinds import Kind
from app.notices.operations import forget_one, notify
from app.plans.tracks import may_answer_same_incident, may_give_summary
from app.plans.vocabulary import IncidentStatus, Track
from app.tasks import operations as tasks
from app.tasks import queries as task_queries
from app.tasks.models import Task, TaskSource, TaskState
from app.transitions.ruling import demand
from app.transitions.switch import end_as

GONE_ALONG = N_("Gået med til politisagen.")
NOT_POLICE_AFTER_ALL = "Politiet har afkræftet, at de har en sag. Hændelsen er aktiv igen uden politiet."
CALLS = (TaskSource.CALL, TaskSource.CHAIN)  # they end with the call-out that they belong to
LOG_IS_OPEN = frozenset(IncidentStatus) - {IncidentStatus.CLOSED, IncidentStatus.ANNULLED}


@dataclass(frozen=True)
class Along:
    """What the tovholder ticked and typed for the police's case."""

    tasks: tuple[Task, ...] = ()
    texts: tuple[Broadcast, ...] = ()
    told: tuple[str, ...] = ()
    summary: str = ""
    not_cpr: bool = False


def ask(police_case: Incident) -> list[SameIncidentQuestion]:
    """Each open B of the area that is as real as the new case; its tovholder is told. Once per pair."""
    return [
        _ask(incident, police_case)
        for incident in open_in(police_case.area)
        if incident.track is Track.NON_POLICE and incident.is_exercise is police_case.is_exercise
    ]


def ask_of_new(incident: Incident) -> list[SameIncidentQuestion]:
    """The police had a case in the area before this began: whoever leads it is asked in the room, without a text."""
    return [
        _ask(incident, police_case, send=False)
        for police_case in open_in(incident.area)
        if police_case.track is Track.POLICE and police_case.is_exercise is incident.is_exercise
    ]


def _ask(incident: Incident, police_case: Incident, *, send: bool = True) -> SameIncidentQuestion:
    question = SameIncidentQuestion(incident=incident, police_case=police_case, asked_at=clock.now())
    db.session.add(question)
    db.session.flush()
    notify(
        incident.leader,
        marked(incident, f"Beredskab {incident.area.name}: Politiet har en sag i området. "
               f"Er det samme hændelse som jeres: {incident.what[:80].rstrip(' .')}? Svar i Beredskab."),
        about=f"incident:{incident.public_id}", key=_notice_key(question), without_police=True, send=send,
        is_exercise=incident.is_exercise, group=group_of(incident),
    )  # fmt: skip
    log.changed(incident, "state")
    return question


def _notice_key(question: SameIncidentQuestion) -> str:
    return f"same:{question.id}"


def questions_of(incident: Incident) -> list[SameIncidentQuestion]:
    """Those that still matter: both run. One answered with no can be answered anew."""

    def ask() -> Sequence[sa.Row[SameIncidentQuestion, IncidentStatus]]:
        query = sa.select(SameIncidentQuestion, Incident.status).join(SameIncidentQuestion.police_case)
        mine = query.where(SameIncidentQuestion.incident_id == incident.id)
        return db.session.execute(mine.order_by(SameIncidentQuestion.id)).all()

    asked = unless_none(f"same:{incident.public_id}", _topic(incident.id), ask) if incident.is_open else ()
    return [question for question, status in asked if status is IncidentStatus.ACTIVE]


def _topic(incident_id: int) -> str:
    return log.topic_of(incident_id, "state")


raised_by(SameIncidentQuestion, lambda question: (_topic(question.incident_id),))


def may_go_along(question: SameIncidentQuestion) -> list[Task]:
    """Open tasks of those who take part in the police's case too."""
    there = {p.actor_id for p in question.police_case.participations if p.ended_at is None}
    found = task_queries.open_of(question.incident)
    return [task for task in found if task.actor_id in there and task.source not in CALLS]


def texts_for(question: SameIncidentQuestion) -> list[Broadcast]:
    """What has not been sent, and may become a draft that waits for the police."""
    return texts.unsent(question.incident)


def told_for(question: SameIncidentQuestion) -> list[Row]:
    """The audiences that have heard something, which the police may be told."""
    return [row for row in Grid(question.incident).rows if row.is_informed and not row.is_partly]


def answer_no(question: SameIncidentQuestion, reader: Reader) -> None:
    """Two incidents: both run. Raises Refused."""
    incident = _answer(question, reader, SameAnswer.NO)
    log.write(incident, Kind.SUCCESSION, "Ikke samme hændelse som politiets sag. Begge fortsætter.", by=reader.by)
    log.changed(incident, "state")


def answer_yes(question: SameIncidentQuestion, reader: Reader, along: Along) -> None:
    """B ends as *overgået til politisag*; what was ticked and typed goes along. Raises Refused."""
    incident = _answer(question, reader, SameAnswer.YES)
    police_case = locked(question.police_case)  # the younger one last, as everywhere: no two wait for each other
    if not police_case.is_open:
        raise Refused(Reason(N_("Politiets sag er slut. Hændelsen kan ikke gå over i den.")))
    chosen = [task for task in may_go_along(question) if task in along.tasks]
    for task in chosen:
        _pass_on(task, police_case, reader)
    written = [text for text in texts_for(question) if text in along.texts]
    for text in written:
        broadcasts.carry(text, police_case, reader.actor, reader.by)
    told = [row for row in told_for(question) if row.audience.key in along.told]
    for row in told:
        broadcasts.say_told(row, police_case, reader.actor, reader.by, logged_by=reader.by)
    if along.summary:
        log.write(police_case, Kind.NOTE, along.summary, by=reader.by, not_cpr=along.not_cpr)
    log.write(incident, Kind.SUCCESSION, _said(len(chosen), len(written), len(told), bool(along.summary)), by=reader.by)
    course.link(incident, police_case)
    called = end_as(incident, IncidentStatus.TO_POLICE, written)
    callout.tell_called(incident, called, _text(incident), f"to-police:{incident.id}")


def give_summary(incident: Incident, reader: Reader, text: str, *, not_cpr: bool = False) -> None:
    """What was not written when it went over may follow. Raises Refused."""
    incident = locked(incident)
    demand(may_give_summary(document_of(incident), reader.who, facts_of(incident)), incident.area)
    police_case = course.successor_of(incident)
    if police_case is None or locked(police_case).status not in LOG_IS_OPEN:
        raise Refused(Reason(N_("Politiets sag er lukket. Der kan ikke skrives mere i den.")))
    log.write(police_case, Kind.NOTE, text, by=reader.by, not_cpr=not_cpr)
    log.write(incident, Kind.SUCCESSION, "Resumé givet videre til politisagen.", by=reader.by)


def undo_yes(police_case: Incident) -> None:
    """The police never activated: what went over into their case runs on. Texts that became drafts are gone with it."""
    for incident in course.predecessors_of(police_case):
        if incident.status is IncidentStatus.TO_POLICE and course.successor_of(incident) is police_case:
            _run_on(locked(incident))


def _run_on(incident: Incident) -> None:
    minutes = document_of(incident).update_every_minutes
    incident.status, incident.ended_at = IncidentStatus.ACTIVE, None
    incident.next_update_at = clock.now() + timedelta(minutes=minutes)
    for task in task_queries.of_incident(incident):
        if task.state is TaskState.NOT_RELEVANT and task.note == GONE_ALONG:
            task.state, task.note, task.settled_at, task.settled_by_id = TaskState.OPEN, "", None, None
    db.session.flush()
    callout.let_answer(incident)
    entry = log.write(incident, Kind.SUCCESSION, NOT_POLICE_AFTER_ALL, by=None)
    for participation in incident.participations:
        if participation.ended_at is None:
            notify(
                participation.actor, marked(incident, f"Beredskab {incident.area.name}: {NOT_POLICE_AFTER_ALL}"),
                about=f"incident:{incident.public_id}", key=f"not-police:{entry.chain_id}:{entry.seq}:"
                f"{participation.actor_id}", without_police=True, send=True, is_exercise=incident.is_exercise,
                group=group_of(incident),
            )  # fmt: skip
    log.changed(incident, *log.TOPICS)


def _answer(question: SameIncidentQuestion, reader: Reader, answer: SameAnswer) -> Incident:
    incident = locked(question.incident)
    db.session.refresh(question)
    demand(may_answer_same_incident(document_of(incident), reader.who, facts_of(incident)), incident.area)
    question.answer, question.answered_at = answer, clock.now()
    question.answered_by_id, question.answered_as_id = reader.user.id, reader.actor.id
    forget_one(_notice_key(question))
    db.session.flush()
    return incident


def _pass_on(task: Task, police_case: Incident, reader: Reader) -> None:
    # The key says nothing of where it came from.
    tasks.add(
        police_case, task.actor, key=f"added:{new_public_id()}", source=TaskSource.ADDED, text=task.text,
        due_at=task.due_at, phone=task.phone,
    )  # fmt: skip
    # Whoever wrote the task has said already that what looks like a CPR number is none.
    log.write(police_case, Kind.TASK, f"Ny opgave til {task.actor.name}: {task.text}", by=reader.by, not_cpr=True)
    task.state, task.note, task.settled_at = TaskState.NOT_RELEVANT, str(GONE_ALONG), clock.now()
    task.settled_by_id = reader.user.id


def _said(count: int, written: int, told: int, has_summary: bool) -> str:
    parts = ["Overgået til politisag: det er samme hændelse."]
    given = {0: "Ingen opgaver", 1: "1 åben opgave"}.get(count, f"{count} åbne opgaver")
    parts.append(f"{given} er givet videre.")
    drafts = {0: "Ingen beskeder", 1: "1 besked"}.get(written, f"{written} beskeder")
    parts.append(f"{drafts} er givet videre som kladde.")
    if told:
        parts.append(f"Givet videre, hvem der har fået besked: {told}.")
    parts.append("Et resumé er givet videre." if has_summary else "Intet resumé er givet videre.")
    return " ".join(parts)


def _text(incident: Incident) -> str:
    what = incident.what[:70].rstrip(" .")
    return marked(
        incident, f"Beredskab {incident.area.name}: {what} er nu en politisag. Politiet leder. "
        "Er du med i den, får du besked i den."
    )  # fmt: skip
