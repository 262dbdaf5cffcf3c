"""Tasks as rows, each as `components/task_row`, with numbers to ring. A room has a hundred: a function writes."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from app.components import countdown, csrf, icon, phone_link
from app.incidents.forms import new_once
from app.lib.i18n import N_
from app.room.room import Room
from app.room.tasks_panel import note
from app.tasks.models import Task, TaskState
from app.templating import in_page


def rows(room: Room, tasks: Iterable[Task], prefix: str) -> Markup:
    """The box is there for those who may tick it. `prefix` keeps the ids of a page's lists apart."""
    token = csrf() if room.acts else Markup()
    return Markup(f'<ul class="rows">\n{"".join(_row(room, task, prefix, token) for task in tasks)}</ul>')


def _row(room: Room, task: Task, prefix: str, token: Markup) -> str:
    id, href, text = f"{prefix}-{task.public_id}", escape(room.task_url(task)), escape(task.text)
    done = " task--done" if task.state is TaskState.DONE else ""
    due = ""
    if task.is_open and task.due_at and room.incident.is_open:
        due = f'<span class="row-note">{countdown(task.due_at)}</span>\n'
    title = f'<a href="{href}">{text}</a>' if room.acts else text
    return (
        f'<li class="task{done}" id="{id}" data-item>\n{_mark(room, task, id, href, token)}<div class="task-main">\n'
        f'<span class="task-title">{title}</span>\n{due}{_under(room, task)}</div>\n</li>\n'
    )


def _mark(room: Room, task: Task, id: str, href: str, token: Markup) -> str:
    if task.is_open and room.acts and task.actor_id == room.reader.actor.id:
        said = f'<span class="sr-only">{in_page(N_("Markér som udført: %(title)s"), title=task.text)}</span>'
        return (
            f'<form method="post" action="{href}/done">{token}<input type="hidden" name="once" value="{new_once()}">\n'
            f'<button class="task-mark" type="submit" id="{id}-mark">{said}</button></form>\n'
        )
    is_done = task.state is TaskState.DONE
    shown = icon("success", in_page(N_("Udført"))) if is_done else icon("minus", in_page(N_("Ikke udført")))
    return f'<span class="task-shown">{shown}</span>\n'


def _under(room: Room, task: Task) -> str:
    """What became of it, or whom to ring and where."""
    said = str(escape(note(room, task)))
    if task.is_open and task.phone:
        said += phone_link(task.phone, in_page(N_("kontakten")))
    if task.is_open and (party := room.party_behind(task)):
        words = in_page(N_("Til %(party)s"), party=party.name)
        said += f' <a class="tap" href="{escape(room.url("party", actor=party.public_id))}">{words}</a>'
    return f'<span class="row-note">{said}</span>\n' if said else ""
