"""What the reader's party, or the reader, was told and has not said *set* to."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.extensions import db
from app.incidents.access import Reader, reader_or_none
from app.notices.models import Notice
from app.notices.operations import mark_seen
from app.notices.queries import unseen
from app.plans.tracks.facts import ROOM_ROLES

blueprint = Blueprint("notices", __name__)


@dataclass(frozen=True)
class Told:
    """A notice and where it leads."""

    notice: Notice
    href: str | None
    may_put_away: bool


def told(reader: Reader | None) -> list[Told]:
    """Newest first. A party's own are for those who may enter rooms; what comes of a B is never for the police."""
    # A request for activation stands on the front page by itself, with its button.
    shown = [n for n in _unseen(reader) if not n.about.startswith("request:")]
    return [Told(n, _page_of(n), _may_put_away(n, reader)) for n in shown]


@blueprint.post("/notices/seen")
@requires(Permission.SELF)
def seen() -> Response:
    """Everything that was on the page has been read: all until the newest of it."""
    try:
        until = datetime.fromisoformat(request.form.get("until", ""))
    except ValueError:
        return redirect("/", 303)
    reader = reader_or_none()
    for notice in _unseen(reader):
        if until.tzinfo is not None and notice.at <= until and _may_put_away(notice, reader):
            mark_seen(notice)
    db.session.commit()
    return redirect("/", 303)


def _unseen(reader: Reader | None) -> list[Notice]:
    if reader is None or reader.role not in ROOM_ROLES or reader.who.is_administrator:
        of_police = reader is None or reader.who.is_administrator or reader.who.police_in_area
        return unseen(current_user.id, None, is_police=of_police)
    return unseen(reader.user.id, reader.actor.id, is_police=reader.who.police_in_area)


def _may_put_away(notice: Notice, reader: Reader | None) -> bool:
    """One's own; the party's by those who act for it: an observer puts nothing away for the others."""
    return notice.user_id is not None or (reader is not None and reader.who.acts)


def _page_of(notice: Notice) -> str | None:
    kind, _, public_id = notice.about.partition(":")
    if kind == "briefing":
        return url_for("boards.briefing", broadcast_id=public_id)
    if kind == "finding":
        return url_for("findings.show", finding_id=public_id)
    if kind == "clearing":
        return url_for("clearing.show", report_id=public_id)
    if kind in ("plan", "draft"):
        return url_for("plans.show" if kind == "plan" else "planning.show")
    if kind in ("drill", "drills"):
        return url_for("drills.drill", drill_id=public_id) if kind == "drill" else url_for("exercises.door")
    if kind == "measure":
        return url_for("measures.show", measure_id=public_id)
    return url_for("incident.show", public_id=public_id) if kind == "incident" else None
