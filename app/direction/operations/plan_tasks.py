"""Lines of the agreed plan that name a party are its tasks, and stay in step with the plan."""

from collections.abc import Iterable, Mapping

from app.areas.by import By
from app.areas.models import Actor
from app.direction.models import AgreedPlan
from app.direction.rules import Change, ChangeKind, Line
from app.incidents.models import Incident
from app.tasks import operations as tasks
from app.tasks import queries
from app.tasks.models import Task, TaskSource, TaskState


def key_of(line: Line) -> str:
    """The task's key, the same through all versions."""
    return f"plan:{line.key}"


def follow(
    incident: Incident,
    plan: AgreedPlan,
    changed: Iterable[Change],
    actors: Mapping[str, Actor],
    *,
    by: By,
    why: str,
    not_cpr: bool,
) -> None:
    """A new line: a task. Another text, party or deadline: the task says the same. No party, or gone: not relevant."""
    for change in changed:
        task = queries.by_key(incident, key_of(change.line))
        actor = actors.get(change.line.actor_key or "")
        if change.kind is ChangeKind.REMOVED or actor is None:
            _drop(task, plan, why, by, not_cpr)
        elif task is None:
            tasks.add(
                incident, actor, key=key_of(change.line), source=TaskSource.PLAN, text=change.line.text,
                due_at=change.line.due_at,
            )  # fmt: skip
        else:
            tasks.change(task, actor, change.line.text, change.line.due_at, by=by, not_cpr=not_cpr)
            if change.before is None or change.before.actor_key is None:  # it was taken out, and is there again
                tasks.reopen(task, by=by, not_cpr=not_cpr)


def _drop(task: Task | None, plan: AgreedPlan, why: str, by: By, not_cpr: bool) -> None:
    if task is None or not task.is_open:
        return
    note = f"Taget ud i aftalt plan v{plan.number}." + (f" {why}" if why else " Ingen part har den mere.")
    tasks.settle(task, TaskState.NOT_RELEVANT, by=by, note=note[:500], not_cpr=not_cpr)
