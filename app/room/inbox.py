"""The area's inbox: replies that fit no question. They never enter an incident by themselves."""

import sqlalchemy as sa
from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.extensions import db
from app.incidents.access import Reader, reader_or_none
from app.lib import clock
from app.messaging.inbox import GROUP
from app.messaging.models import Delivery, InboundMessage
from app.plans.document import PlanDocument
from app.plans.queries import plan_for

blueprint = Blueprint("inbox", __name__)
SHOWN = 50


@blueprint.get("/inbox")
@requires(Permission.COORDINATE)
def show() -> str:
    """What waits, newest first, with the name of whom the number belongs to, where we have written to it."""
    reader = _reader_or_404()
    messages = list(db.session.scalars(_unhandled(reader).order_by(InboundMessage.received_at.desc()).limit(SHOWN)))
    return render_template("room/inbox.html", messages=messages, names=_names(reader, messages))


@blueprint.post("/inbox/<public_id>/handled")
@requires(Permission.COORDINATE)
def handled(public_id: str) -> Response:
    """Somebody has seen to it."""
    reader = _reader_or_404()
    message = db.session.scalar(_unhandled(reader).where(InboundMessage.public_id == public_id))
    if message is None:
        return redirect(url_for(".show"), 303)  # a colleague was faster
    message.handled_at = clock.now()
    db.session.commit()
    return redirect(url_for(".show"), 303)


def waiting(reader: Reader, plan: PlanDocument) -> int | None:
    """How many wait; None for those who have no inbox."""
    if not may_read(reader, plan):
        return None
    return db.session.scalar(sa.select(sa.func.count()).select_from(_unhandled(reader).subquery()))


def may_read(reader: Reader, plan: PlanDocument) -> bool:
    """Coordinators of parties; never the police: a reply may be about anything."""
    who = reader.who
    return who.coordinates and not who.police_in_area and reader.actor.key in plan.party_keys


def _reader_or_404() -> Reader:
    reader = reader_or_none()
    if reader is None or not may_read(reader, plan_for(reader.area).document):
        abort(404)
    return reader


def _unhandled(reader: Reader) -> sa.Select[InboundMessage]:
    return sa.select(InboundMessage).where(
        InboundMessage.area_id == reader.area.id, InboundMessage.matched.is_(False), InboundMessage.handled_at.is_(None)
    )


def _names(reader: Reader, messages: list[InboundMessage]) -> dict[str, str]:
    if reader.actor.is_civil:
        return {}  # volunteers do not learn each other's names
    addresses = {message.from_address for message in messages}
    query = sa.select(Delivery.address, Delivery.name).where(
        Delivery.area_id == reader.area.id, Delivery.address.in_(addresses), Delivery.group != GROUP
    )
    return {row.address: row.name for row in db.session.execute(query.order_by(Delivery.id))}
