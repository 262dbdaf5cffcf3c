"""A request for activation: its asker follows it, whoever may activate says yes with one tap."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.guard import Permission, by_phone, requires
from app.areas.models import Area
from app.extensions import db
from app.incidents.access import Reader, reader_in
from app.incidents.facts import facts_of
from app.incidents.models import ActivationRequest, RequestState
from app.incidents.names import are_hidden
from app.incidents.queries import open_requests
from app.lib import personal_data
from app.live.views import quiet, state_response
from app.plans.document import PlanDocument
from app.plans.queries import plan_for
from app.plans.tracks import may_activate, may_see_incident
from app.plans.vocabulary import Track
from app.room import ways
from app.transitions import requests

blueprint = Blueprint("requests_", __name__)


@dataclass(frozen=True)
class SeenRequest:
    """A request that this reader made, or may answer."""

    request: ActivationRequest
    reader: Reader
    plan: PlanDocument
    is_own: bool
    may_answer: bool


def seen_request_or_404(public_id: str) -> SeenRequest:
    """Outsiders, and the police where it is no politisag, meet nothing."""
    row = db.session.scalar(sa.select(ActivationRequest).where(ActivationRequest.public_id == public_id))
    reader = reader_in(db.session.get_one(Area, row.area_id)) if row else None
    if row is None or reader is None:
        abort(404)
    return _seen(row, reader, plan_for(reader.area).document) or abort(404)


def answerable(reader: Reader, plan: PlanDocument) -> list[ActivationRequest]:
    """Open requests that this reader may say yes to."""
    return [r for r in open_requests(reader.area) if may_activate(plan, reader.who, r.track)]


def own_open(reader: Reader) -> list[ActivationRequest]:
    """What this reader has asked for and nobody has answered."""
    return [r for r in open_requests(reader.area) if r.by_user_id == reader.user.id and _may_know(r, reader)]


@blueprint.get("/requests/<public_id>")
@requires(Permission.SELF, urgent=True)
def show(public_id: str) -> str:
    """The state, what was typed, who was asked with numbers."""
    seen = seen_request_or_404(public_id)
    asked = ways.numbers(seen.reader.area, seen.plan, seen.request.track)
    category = seen.plan.category(seen.request.category_key)
    more = {"room": _room_of(seen), "asker": _asker(seen)}
    return render_template("room/requests.html", seen=seen, asked=asked, category=category, **more)


def _asker(seen: SeenRequest) -> str:
    asked = seen.request
    is_hidden = are_hidden(seen.reader.actor, asked.by_actor)
    return asked.by_actor.name if is_hidden else f"{asked.by_user.name}, {asked.by_actor.name}"


@blueprint.get("/requests/<public_id>/live")
@quiet
@requires(Permission.SELF, urgent=True)
def live(public_id: str) -> Response:
    """Whether somebody has answered."""
    return state_response({"request": seen_request_or_404(public_id).request.state.value})


@blueprint.get("/requests/<public_id>/state")
@quiet
@requires(Permission.SELF, urgent=True)
def state(public_id: str) -> str:
    """The panel that lives."""
    seen = seen_request_or_404(public_id)
    return render_template("room/_requests_state.html", seen=seen, room=_room_of(seen))


@blueprint.post("/requests/<public_id>/acceptance")
@requires(Permission.SELF, urgent=True)
def accept(public_id: str) -> AnyResponse:
    """*Ja, aktivér*: the first yes activates, a later one leads to the same incident."""
    seen = seen_request_or_404(public_id)
    if not seen.may_answer:
        abort(403)
    incident = requests.accept(seen.request, seen.reader.area, seen.reader, not_cpr=_was_ticked(seen.request))
    db.session.commit()
    page = "activation.receipt" if by_phone() else "incident.show"
    return redirect(url_for(page, public_id=incident.public_id), 303)


@blueprint.post("/requests/<public_id>/withdrawal")
@requires(Permission.SELF, urgent=True)
def withdraw(public_id: str) -> AnyResponse:
    """The asker changes their mind."""
    seen = seen_request_or_404(public_id)
    requests.withdraw(seen.request, seen.reader)
    db.session.commit()
    return redirect(url_for("requests_.show", public_id=public_id), 303)


def _seen(row: ActivationRequest, reader: Reader, plan: PlanDocument) -> SeenRequest | None:
    is_own = row.by_user_id == reader.user.id
    may_answer = bool(may_activate(plan, reader.who, row.track))
    if not _may_know(row, reader) or not (is_own or may_answer):
        return None
    return SeenRequest(row, reader, plan, is_own, may_answer)


def _may_know(row: ActivationRequest, reader: Reader) -> bool:
    return row.track is Track.POLICE or not reader.who.police_in_area


def _was_ticked(row: ActivationRequest) -> bool:
    # The form took such a number only with the asker's word that it is no CPR number.
    return any(personal_data.refusal(text) for text in (row.what, row.where_note))


def _room_of(seen: SeenRequest) -> str | None:
    """The incident's address, for those who may see it."""
    incident = seen.request.incident
    if seen.request.state is not RequestState.ACCEPTED or incident is None:
        return None
    allowed = may_see_incident(seen.reader.who, facts_of(incident))
    return url_for("incident.show", public_id=incident.public_id) if allowed else None
