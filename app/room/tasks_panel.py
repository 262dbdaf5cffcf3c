"""Everybody's tasks: the reader's own first, then the leader's, then the rest, party by party."""

from dataclasses import dataclass

from app.areas.models import Actor
from app.lib import clock
from app.lib.i18n import _
from app.room.room import Room
from app.tasks.models import STATE_LABELS, Task
from app.tasks.standing import TaskLine
from app.templating import moment


@dataclass(frozen=True)
class TaskGroup:
    """One party's tasks."""

    actor: Actor
    tasks: list[TaskLine]
    is_own: bool

    @property
    def summary(self) -> str:
        """`Ungdomsklubben: 2 åbne, 1 forsinket`."""
        now = clock.now()
        open_, late = sum(t.is_open for t in self.tasks), sum(t.is_overdue(now) for t in self.tasks)
        if not open_:
            return _("%(party)s: ingen åbne", party=self.actor.name)
        if not late:
            return _("%(party)s: %(n)s åbne", party=self.actor.name, n=open_)
        return _("%(party)s: %(n)s åbne, %(late)s forsinket", party=self.actor.name, n=open_, late=late)


def groups(room: Room) -> list[TaskGroup]:
    """One group for each party that has tasks."""
    by_actor: dict[int, list[TaskLine]] = {}
    for task in room.tasks:
        by_actor.setdefault(task.actor_id, []).append(task)
    own, leader = room.reader.actor.id, room.incident.leader_actor_id
    order = sorted(by_actor, key=lambda actor_id: (actor_id != own, actor_id != leader))
    return [TaskGroup(room.actor(i), by_actor[i], i == own) for i in order]


def note(room: Room, task: TaskLine | Task) -> str:
    """What stands under the task: what became of it, or what it waits for."""
    parts = []
    if task.card_actor_id != task.actor_id:
        parts.append(_("Overtaget fra %(party)s", party=room.actor(task.card_actor_id).name))
    if not task.is_open:
        who = "" if room.hides_people_of(room.actor(task.actor_id)) else task.settler
        when = moment(task.settled_at) if task.settled_at else ""
        parts.append(" ".join(word for word in (_(STATE_LABELS[task.state]).capitalize(), when, who) if word))
        if task.note:
            parts.append(task.note)
    elif task.key in room.waiting_for_police:
        parts.append(_("Først når politiet siger ja"))
    return ". ".join(parts)
