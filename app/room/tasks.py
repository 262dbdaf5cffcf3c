"""Tasks: done by one tap, settled with a word, opened again, added."""

from datetime import timedelta

from flask import abort
from wtforms import Field
from wtforms.validators import ValidationError

from app.accounts.guard import Permission, requires
from app.areas.models import Actor
from app.incidents import log
from app.incidents.access import Seen, seen_or_404
from app.incidents.forms import BE_CAREFUL, IncidentForm, long_text, new_once, radio, select, short_text
from app.incidents.models import Incident
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, _
from app.logbook.kinds import Kind
from app.notices.operations import notify
from app.plans.tracks import may_act
from app.plans.vocabulary import Track
from app.room import tasks_panel
from app.room.blueprint import address, blueprint
from app.room.held import held
from app.room.room import Room
from app.tasks import operations, queries
from app.tasks.models import Task, TaskSource, TaskState
from app.templating import clock_time

OUTCOMES = {TaskState.DONE: N_("Udført"), TaskState.NOT_RELEVANT: N_("Ikke relevant")}
DEADLINES = {
    15: N_("Om 15 minutter"), 30: N_("Om en halv time"), 60: N_("Om en time"), 120: N_("Om to timer"),
    0: N_("Ingen frist"),
}  # fmt: skip


class SettleForm(IncidentForm):
    """What became of it. A task that is not relevant says why."""

    outcome = radio(N_("Hvad blev der af opgaven?"), N_("Vælg, hvad der blev af opgaven."), OUTCOMES)
    note = long_text(N_("Bemærkning"), max_length=500, hint=BE_CAREFUL)

    def validate_note(self, field: Field) -> None:
        """Optional when done, needed when not relevant."""
        if self.outcome.data == TaskState.NOT_RELEVANT and not field.data:
            raise ValidationError(_("Skriv kort, hvorfor opgaven ikke er relevant."))


class NewTaskForm(IncidentForm):
    """Who does what by when."""

    actor = select(N_("Hvem skal gøre det?"), N_("Vælg, hvem der skal gøre det."))
    text = short_text(
        N_("Hvad skal de gøre?"), required=N_("Skriv, hvad de skal gøre."), max_length=300, hint=BE_CAREFUL
    )
    minutes = radio(N_("Hvornår skal det være gjort?"), N_("Vælg en frist."), DEADLINES)


@blueprint.route("/tasks/<task>", methods=["GET", "POST"])
@requires(Permission.ACT)
def task(public_id: str, task: str) -> Shown:
    """One task: what became of it, in the reader's words."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    found = task_or_404(seen.incident, task)
    form = SettleForm(outcome=TaskState.DONE.value)

    def act() -> str:
        held(seen, may_act)
        state, by = TaskState(form.outcome.data), seen.reader.by
        operations.settle(found, state, by=by, note=form.note.data or "", not_cpr=form.not_cpr.data)
        return room.url(anchor="todo")

    page = FormPage(
        found.text, _("Gem"), room.url(anchor="todo"), template="room/task_page.html", world=lambda: _digest(found),
        changed=lambda: _("Opgaven er ændret imens. %(now)s.", now=tasks_panel.note(room, found) or _("Den er åben")),
    )  # fmt: skip
    words = tasks_panel.note(room, found)
    return form_page(seen, form, page, act, task=found, room=room, words=words, new_once=new_once)


@blueprint.post("/tasks/<task>/done")
@requires(Permission.ACT)
def task_done(public_id: str, task: str) -> Shown:
    """One tap. A task that somebody settled otherwise meanwhile is shown instead of changed."""
    seen = seen_or_404(public_id)
    found = task_or_404(seen.incident, task)

    def act() -> str:
        held(seen, may_act)
        if not found.is_open and found.state is not TaskState.DONE:
            return address(seen.incident, "task", task=found.public_id)
        operations.settle(found, TaskState.DONE, by=seen.reader.by)
        return address(seen.incident, anchor="todo")

    return one_tap(seen, act)


@blueprint.post("/tasks/<task>/reopen")
@requires(Permission.ACT)
def task_reopen(public_id: str, task: str) -> Shown:
    """Settled by mistake, or to be done once more."""
    seen = seen_or_404(public_id)
    found = task_or_404(seen.incident, task)

    def act() -> str:
        held(seen, may_act)
        operations.reopen(found, by=seen.reader.by)
        return address(seen.incident, anchor="todo")

    return one_tap(seen, act)


@blueprint.route("/tasks/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add_task(public_id: str) -> Shown:
    """A task for one of the parties, on the record; the party is told on its front page."""
    seen = seen_or_404(public_id)
    form = NewTaskForm(minutes="30", actor=seen.reader.actor.public_id)
    actors = {actor.public_id: actor for actor in _may_be_asked(seen)}
    form.actor.choices = [(key, actor.name) for key, actor in actors.items()]

    def act() -> str:
        incident = held(seen, may_act)
        _add(seen, incident, actors[form.actor.data], form)
        return address(incident, anchor="tasks")

    return form_page(seen, form, FormPage(_("Ny opgave"), _("Giv opgaven"), address(seen.incident)), act)


def task_or_404(incident: Incident, public_id: str) -> Task:
    """One of the incident's tasks."""
    return queries.by_public_id(incident, public_id) or abort(404)


def _add(seen: Seen, incident: Incident, actor: Actor, form: NewTaskForm) -> None:
    minutes, text = int(form.minutes.data), form.text.data or ""
    due_at = clock.now() + timedelta(minutes=minutes) if minutes else None
    until = f", frist kl. {clock_time(due_at)}" if due_at else ""
    said = f"Ny opgave til {actor.name}{until}: {text}"
    log.write(incident, Kind.TASK, said, by=seen.reader.by, not_cpr=form.not_cpr.data)
    key = f"added:{seen.reader.user.id}:{form.once.data}"[:120]
    new = operations.add(incident, actor, key=key, source=TaskSource.ADDED, text=text, due_at=due_at)
    if new is not None and actor.id != seen.reader.actor.id:
        notify(
            actor, marked(incident, f"{seen.reader.actor.name} har givet jer en opgave{until}: {text}")[:500],
            about=f"incident:{incident.public_id}", key=f"task:{new.id}",
            without_police=incident.track is Track.NON_POLICE,
        )  # fmt: skip


def _may_be_asked(seen: Seen) -> list[Actor]:
    """Those who take part; the police are given tasks by nobody but themselves."""
    here = [p.actor for p in seen.incident.participations if p.ended_at is None]
    own = seen.reader.actor
    return [a for a in here if not a.is_police or a.id == own.id or seen.incident.is_exercise]


def _digest(task: Task) -> str:
    return f"{task.public_id}.{task.state}.{task.actor_id}"
