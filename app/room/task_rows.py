"""Tasks as rows, each as `components/task_row`, with numbers to ring. A room has a hundred: a function writes.

What of a row is the same for everybody to whom it says the same is written once and kept. The token, the once-only key
and the clock are each reader's own and are put in between.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from app.components import countdown, csrf, icon, phone_link
from app.incidents.forms import new_once
from app.lib.i18n import N_, catalogue
from app.room.room import Room
from app.room.tasks_panel import note
from app.tasks.models import TaskState
from app.tasks.standing import TaskLine
from app.templating import in_page

KEPT = 10_000


class Said(NamedTuple):
    """What a row says and offers to this reader, beside the task itself."""

    prefix: str
    href: str
    leads_there: bool
    ticks: bool
    note: str
    party: tuple[str, str] | None  # whom it asks to ring to: name and page


def rows(room: Room, tasks: Iterable[TaskLine], prefix: str) -> Markup:
    """The box is there for those who may tick it. `prefix` keeps the ids of a page's lists apart."""
    token, texts, runs = csrf() if room.acts else Markup(), catalogue(), room.incident.is_open
    written = []
    for task in tasks:
        before, between, after = _row(task, said := _said(room, task, prefix), texts)
        if said.ticks:
            before += f'{token}<input type="hidden" name="once" value="{new_once()}">'
        clock = ""
        if runs and task.is_open and task.due_at:
            clock = f'<span class="row-note">{countdown(task.due_at)}</span>\n'
        written.append(f"{before}{between}{clock}{after}")
    return Markup(f'<ul class="rows">\n{"".join(written)}</ul>')


def _said(room: Room, task: TaskLine, prefix: str) -> Said:
    party = room.party_behind(task) if task.is_open else None
    return Said(
        prefix, room.task_url(task), room.acts,
        ticks=room.acts and task.is_open and task.actor_id == room.reader.actor.id,
        note=note(room, task),
        party=(party.name, room.url("party", actor=party.public_id)) if party else None,
    )  # fmt: skip


@lru_cache(maxsize=KEPT)  # each language has its own texts
def _row(task: TaskLine, said: Said, _texts: Any) -> tuple[str, str, str]:
    """Up to the token, up to the clock, and the rest."""
    id, href, text = f"{said.prefix}-{task.public_id}", escape(said.href), escape(task.text)
    done = " task--done" if task.state is TaskState.DONE else ""
    title = f'<a href="{href}">{text}</a>' if said.leads_there else text
    form, mark = (f'<form method="post" action="{href}/done">', _box(task, id)) if said.ticks else ("", _mark(task))
    return (
        f'<li class="task{done}" id="{id}" data-item>\n{form}',
        f'{mark}<div class="task-main">\n<span class="task-title">{title}</span>\n',
        f"{_under(task, said)}</div>\n</li>\n",
    )


def _box(task: TaskLine, id: str) -> str:
    said = f'<span class="sr-only">{in_page(N_("Markér som udført: %(title)s"), title=task.text)}</span>'
    return f'\n<button class="task-mark" type="submit" id="{id}-mark">{said}</button></form>\n'


def _mark(task: TaskLine) -> str:
    is_done = task.state is TaskState.DONE
    shown = icon("success", in_page(N_("Udført"))) if is_done else icon("minus", in_page(N_("Ikke udført")))
    return f'<span class="task-shown">{shown}</span>\n'


def _under(task: TaskLine, said: Said) -> str:
    """What became of it, or whom to ring and where."""
    under = str(escape(said.note))
    if task.is_open and task.phone:
        under += phone_link(task.phone, in_page(N_("kontakten")))
    if said.party:
        words = in_page(N_("Til %(party)s"), party=said.party[0])
        under += f' <a class="tap" href="{escape(said.party[1])}">{words}</a>'
    return f'<span class="row-note">{under}</span>\n' if under else ""
