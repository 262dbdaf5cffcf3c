"""Opening cards, settling tasks, taking over a silent party's card, reminding once."""

from datetime import datetime, timedelta

from app.areas.by import By
from app.areas.models import Actor
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.notices.operations import notify
from app.plans.document import PlanDocument
from app.plans.vocabulary import SharingLevel, Track
from app.tasks import queries
from app.tasks.models import STATE_LABELS, Task, TaskSource, TaskState

REMINDED_EVERY = timedelta(minutes=30)


def open_card(incident: Incident, plan: PlanDocument, actor: Actor) -> list[Task]:
    """The actor's card of the plan becomes its tasks, due from the activation; opening it again adds nothing."""
    card = plan.card(actor.key, incident.track)
    if card is None:
        return []
    taken = queries.keys(incident)
    tasks = [
        Task(
            incident_id=incident.id,
            actor=actor,
            card_actor=actor,
            key=f"card:{actor.key}:{item.key}",
            source=TaskSource.CARD,
            text=item.text,
            due_at=incident.activated_at + timedelta(minutes=item.due_minutes),
        )
        for item in card.items
        if f"card:{actor.key}:{item.key}" not in taken
    ]
    db.session.add_all(tasks)
    db.session.flush()
    log.changed(incident, "tasks")
    return tasks


def add(
    incident: Incident,
    actor: Actor,
    *,
    key: str,
    source: TaskSource,
    text: str,
    due_at: datetime | None,
    phone: str | None = None,
) -> Task | None:
    """One more task, once per key: the same key again answers None."""
    if key in queries.keys(incident):
        return None
    task = Task(
        incident_id=incident.id,
        actor=actor,
        card_actor=actor,
        key=key,
        source=source,
        text=text,
        due_at=due_at,
        phone=phone,
    )
    db.session.add(task)
    db.session.flush()
    log.changed(incident, "tasks")
    return task


def change(task: Task, actor: Actor, text: str, due_at: datetime | None, *, by: By, not_cpr: bool = False) -> None:
    """Where the task came from says something else now. What was settled is open again if it is another thing to do."""
    is_another = (task.actor_id, task.text) != (actor.id, text)
    if due_at != task.due_at:
        task.reminded_at = None
    task.actor = task.card_actor = actor
    task.text, task.due_at = text, due_at
    if is_another and not task.is_open:
        reopen(task, by=by, not_cpr=not_cpr)
    db.session.flush()
    log.changed(task.incident, "tasks")


def settle(task: Task, state: TaskState, *, by: By, note: str = "", not_cpr: bool = False) -> None:
    """Done, or not relevant with a reason. Settling a task that is settled the same way changes nothing."""
    if task.state is state:
        return
    if state is TaskState.NOT_RELEVANT and not note.strip():
        raise Refused(Reason(N_("Skriv kort, hvorfor opgaven ikke er relevant.")))
    task.state, task.note = state, note.strip() or None
    task.settled_at, task.settled_by = clock.now(), by.user
    _log(task, by, not_cpr)


def reopen(task: Task, *, by: By, not_cpr: bool = False) -> None:
    """Settled by mistake, or to be done once more."""
    if task.is_open:
        return
    task.state, task.note, task.settled_at, task.settled_by = TaskState.OPEN, None, None, None
    _log(task, by, not_cpr)


def _log(task: Task, by: By, not_cpr: bool = False) -> None:
    text = f"{task.text} – {STATE_LABELS[task.state]}" + (f": {task.note}" if task.note else "")
    log.write(
        task.incident, Kind.TASK, text, by=by, sharing=SharingLevel.PARTIES,
        data={"task": task.public_id, "state": task.state.value}, not_cpr=not_cpr,
    )  # fmt: skip
    db.session.flush()
    log.changed(task.incident, "tasks")


def drop(incident: Incident, key_prefixes: tuple[str, ...], why: str) -> None:
    """What these open tasks asked for is no longer needed."""
    for task in queries.open_of(incident):
        if task.key.startswith(key_prefixes):
            task.state, task.note, task.settled_at = TaskState.NOT_RELEVANT, why, clock.now()
    db.session.flush()
    log.changed(incident, "tasks")


def take_card(incident: Incident, card_of: Actor, *, by: By, reason: str, not_cpr: bool = False) -> int:
    """`by`'s actor does the open tasks of a silent party's card tonight, on the record. Answers how many moved."""
    moved = [task for task in queries.open_of(incident, card_of) if task.source is TaskSource.CARD]
    for task in moved:
        task.actor = by.actor
    log.write(
        incident,
        Kind.DECISION,
        f"{by.actor.name} overtager kortet for {card_of.name}: {reason}",
        by=by,
        data={"tasks": len(moved)},
        not_cpr=not_cpr,
    )
    if incident.track is Track.POLICE or not card_of.is_police:
        notify(
            card_of,
            marked(incident, f"{by.actor.name} har overtaget jeres kort i hændelsen {incident.what}."),
            about=f"incident:{incident.public_id}",
            key=f"card-taken:{incident.id}:{card_of.id}:{by.actor.id}",
            without_police=incident.track is Track.NON_POLICE,
        )
    db.session.flush()
    log.changed(incident, "tasks")
    return len(moved)


def move_open_to_follow_up(incident: Incident) -> int:
    """At stand-down: what is still open is followed up, one tap for all."""
    tasks = queries.open_of(incident)
    for task in tasks:
        task.state, task.settled_at = TaskState.FOLLOW_UP, clock.now()
    db.session.flush()
    log.changed(incident, "tasks")
    return len(tasks)


def remind(incident: Incident, actor: Actor) -> None:
    """Tell a party once about each task whose deadline has passed: one text in half an hour, however many they are.

    What falls due within the half hour after a text waits for the next one.
    """
    now = clock.now()
    overdue = [task for task in queries.open_of(incident, actor) if task.is_overdue(now) and task.reminded_at is None]
    if not overdue or not incident.is_open or queries.was_reminded(incident, actor, since=now - REMINDED_EVERY):
        return
    for task in overdue:
        task.reminded_at = now
    notify(
        actor,
        _reminder(incident, overdue),
        about=f"incident:{incident.public_id}",
        key=f"overdue:{incident.id}:{actor.id}:{overdue[0].id}",
        without_police=incident.track is Track.NON_POLICE,
        send=True,
        is_exercise=incident.is_exercise,
        group=f"incident:{incident.id}",
    )
    db.session.flush()
    log.changed(incident, "tasks")


def _reminder(incident: Incident, overdue: list[Task]) -> str:
    first = overdue[0].text[:120]
    rest = f" Og {len(overdue) - 1} til." if len(overdue) > 1 else ""
    return marked(incident, f"Beredskab {incident.area.name}. Frist overskredet: {first}{rest}")
