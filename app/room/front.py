"""The front page: what runs, what waits for this reader, and the one big button. Each kind of reader gets a page."""

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from app.accounts import sign_in
from app.accounts.guard import Permission, by_phone, requires
from app.callout import operations as callout
from app.callout import queries as callouts
from app.callout.models import Answered, Callout, CalloutState
from app.extensions import db
from app.incidents.access import Reader, pass_of, reader_or_none, seen_or_404
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import ActivationRequest, Incident
from app.lib import clock
from app.live.queries import versions
from app.live.views import poll_response, quiet
from app.plans.document import PlanDocument
from app.plans.queries import plan_for
from app.plans.tracks import may_act
from app.plans.tracks.facts import ROOM_ROLES
from app.reviews.models import LearningPoint, Review
from app.room import notices, requests
from app.room.boards import briefings_for, summaries_for
from app.room.heard import may_write_for_police
from app.room.inbox import waiting
from app.room.running import Running, answered, category_label, reachable_ids, running, topics
from app.room.ways import ways_of
from app.tasks.models import Task, TaskState
from app.transitions.ruling import demand

blueprint = Blueprint("front", __name__)
TASKS_SHOWN = 5
WAITING = (CalloutState.CALLING, CalloutState.EXHAUSTED)


@dataclass(frozen=True)
class Now:
    """What the living part of the front page shows."""

    running: Running
    calls: list[Callout]
    to_answer: list[ActivationRequest]
    asked: list[ActivationRequest]
    told: list[notices.Told]
    tasks: list[Task]
    moment: datetime

    @property
    def overdue(self) -> int:
        return sum(task.is_overdue(self.moment) for task in self.tasks)


@blueprint.get("/")
@requires(Permission.SELF, urgent=True)
def show() -> AnyResponse | str:
    """The page that fits the reader. A registered phone, or a new declaration unread, gets what cannot wait."""
    if (held := pass_of(current_user)) is not None:
        return redirect(url_for("incident.show", public_id=held.incident.public_id))
    reader = reader_or_none()
    if current_user.is_administrator or reader is None:
        return _without_area()
    plan = plan_for(reader.area)
    can = ways_of(plan.document, reader.who)
    if by_phone() or not current_user.has_declared:
        return render_template("room/front_urgent.html", ways=can, now_shown=_urgent(reader, plan.document))
    if reader.role not in ROOM_ROLES:
        return render_template(
            "room/front_board.html", reader=reader, told=notices.told(reader), briefings=briefings_for(reader),
            summaries=summaries_for(reader),
        )
    heard = topics(reader, plan.document)
    standing = versions(heard.values())
    return render_template(
        "room/front.html", reader=reader, plan=plan, ways=can, now_shown=_now(reader, plan.document),
        versions={name: standing[topic] for name, topic in heard.items()},
        points=_follow_ups(reader), inbox=waiting(reader, plan.document), **_words(reader),
    )  # fmt: skip


@blueprint.get("/front/live")
@quiet
@requires(Permission.READ_ROOM)
def live() -> Response:
    """The poll of the front page."""
    reader = reader_or_none() or abort(404)
    return poll_response(topics(reader, plan_for(reader.area).document))


@blueprint.get("/front/now")
@quiet
@requires(Permission.READ_ROOM)
def now() -> str:
    """The living part alone."""
    reader = reader_or_none() or abort(404)
    plan = plan_for(reader.area).document
    heard = " ".join(topics(reader, plan))
    return render_template("room/_front_now.html", now_shown=_now(reader, plan), topics=heard, **_words(reader))


@blueprint.post("/front/calls/<public_id>")
@requires(Permission.SELF, urgent=True)
def answer(public_id: str) -> AnyResponse:
    """*Vi har set det*, in one tap. A second tap, or one too late, leads on just the same."""
    call = db.session.scalar(sa.select(Callout).where(Callout.public_id == public_id)) or abort(404)
    seen = seen_or_404(call.incident.public_id)
    if call.actor_id != seen.reader.actor.id:
        abort(404)
    demand(may_act(document_of(seen.incident), seen.reader.who, seen.facts), seen.incident.area)
    locked(call.incident)
    db.session.refresh(call)
    callout.acknowledge(call, Answered.APP, seen.reader.by.label, by=seen.reader.by)
    db.session.commit()
    page = "activation.receipt" if by_phone() else "incident.show"
    return redirect(url_for(page, public_id=seen.incident.public_id), 303)


def _open_calls(reader: Reader, mine: list[Incident]) -> list[Callout]:
    """Rounds that wait for an answer of the reader's actor, in incidents they may enter."""
    if not reader.who.acts:
        return []
    rounds = (callouts.latest(incident, reader.actor) for incident in mine)
    return [r for r in rounds if r is not None and r.state in WAITING]


def _now(reader: Reader, plan: PlanDocument) -> Now:
    urgent, now_running = _urgent(reader, plan), running(reader)
    tasks = _open_tasks(reader, now_running.mine)
    return replace(urgent, running=now_running, told=notices.told(reader), tasks=tasks)


def _urgent(reader: Reader, plan: PlanDocument) -> Now:
    """What cannot wait for a sign-in: calls to answer, requests to say yes to."""
    calls = _open_calls(reader, running(reader).mine)
    to_answer, asked = requests.answerable(reader, plan), requests.own_open(reader)
    return Now(Running([], []), calls, to_answer, asked, [], [], clock.now())


def _words(reader: Reader) -> dict[str, object]:
    return {
        "answered": answered, "category_label": category_label, "tasks_shown": TASKS_SHOWN,
        "may_write_for_police": lambda incident: may_write_for_police(incident, reader),
    }  # fmt: skip


def _open_tasks(reader: Reader, mine: list[Incident]) -> list[Task]:
    query = sa.select(Task).where(
        Task.incident_id.in_([incident.id for incident in mine]),
        Task.actor_id == reader.actor.id,
        Task.state == TaskState.OPEN,
    )
    return list(db.session.scalars(query.order_by(Task.due_at.nulls_last(), Task.id)))


def _follow_ups(reader: Reader) -> list[tuple[LearningPoint, Incident]]:
    """What the reader's actor has promised to change, from incidents that the reader may see."""
    query = (
        sa.select(LearningPoint, Incident)
        .join(LearningPoint.review)
        .join(Review.incident)
        .where(
            LearningPoint.owner_actor_id == reader.actor.id,
            LearningPoint.closed_at.is_(None),
            Review.incident_id.in_(reachable_ids(reader)),
        )
    )
    return [(point, incident) for point, incident in db.session.execute(query.order_by(LearningPoint.due_on))]


def _without_area() -> str:
    """An administrator has people and settings; somebody without a role is told what to do."""
    template = "room/front_administrator.html" if current_user.is_administrator else "room/front_nobody.html"
    return render_template(template, told=notices.told(None), numbers=sign_in.activator_numbers())
