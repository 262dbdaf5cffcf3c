"""What the records say about the course by themselves: how long, who answered when, which tasks were late."""

from app.callout import queries as callouts
from app.callout.models import CalloutState
from app.incidents.models import Incident
from app.lib.i18n import _
from app.tasks import queries as tasks
from app.tasks.models import Task, TaskState
from app.templating import moment, span


def figures(incident: Incident) -> list[tuple[str, str]]:
    """Terms and what they are; only what is known."""
    rows = [(_("Aktiveret"), moment(incident.activated_at))]
    if incident.ended_at is not None:
        rows.append((_("Afblæst"), moment(incident.ended_at)))
        rows.append((_("Varighed"), span(incident.ended_at - incident.activated_at)))
    if incident.is_afterwards:
        return [*rows, (_("Registreret efterfølgende"), moment(incident.recorded_at))]
    return [*rows, *_answers(incident), *_tasks(incident)]


def _answers(incident: Incident) -> list[tuple[str, str]]:
    asked = [c for c in callouts.latest_of(incident) if c.state is not CalloutState.NOT_CALLED]
    answered = sorted(c.answered_at for c in asked if c.answered_at is not None)
    if not asked:
        return []
    words = _("%(n)s af %(all)s parter", n=len(answered), all=len(asked))
    if answered:
        words += ", " + _("den sidste efter %(span)s", span=span(answered[-1] - incident.activated_at))
    return [(_("Svarede på tilkald"), words)]


def _tasks(incident: Incident) -> list[tuple[str, str]]:
    found = tasks.of_incident(incident)
    done = [task for task in found if task.state is TaskState.DONE]
    if not found:
        return []
    words = _("%(n)s af %(all)s udført", n=len(done), all=len(found))
    if late := sum(_was_late(task) for task in done):
        words += ", " + _("%(n)s efter fristen", n=late)
    return [(_("Opgaver"), words)]


def _was_late(task: Task) -> bool:
    return task.due_at is not None and task.settled_at is not None and task.settled_at > task.due_at
