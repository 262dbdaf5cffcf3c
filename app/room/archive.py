"""Earlier incidents: those this reader may see, and no trace of others."""

import sqlalchemy as sa
from flask import Blueprint, abort, render_template, request, url_for

from app.accounts.guard import Permission, requires
from app.extensions import db
from app.incidents.access import Reader, reachable, reader_or_none
from app.incidents.models import Incident
from app.lib.i18n import _
from app.plans.vocabulary import STATUS_LABELS, TRACK_LABELS, Track
from app.room.running import category_label

blueprint = Blueprint("archive", __name__)
PAGE = 20
EXERCISES = "exercises"


@blueprint.get("/incidents")
@requires(Permission.READ_ROOM)
def show() -> str:
    """Newest first; the next page begins after a public id."""
    reader = reader_or_none() or abort(404)
    kind = request.args.get("kind", "")
    found = incidents_of(reader, kind, request.args.get("after", ""))
    page = found[:PAGE]
    older = url_for(".show", kind=kind or None, after=page[-1].public_id) if len(found) > PAGE else None
    return render_template(
        "room/archive.html", incidents=page, kind=kind, kinds=kinds(reader), older=older,
        newest=url_for(".show", kind=kind or None) if "after" in request.args else None,
        category_label=category_label, status_labels=STATUS_LABELS,
    )  # fmt: skip


def kinds(reader: Reader) -> list[tuple[str, str]]:
    """The words to filter by. For the police there is one track."""
    tracks = [Track.POLICE] if reader.who.police_in_area else list(Track)
    named = [(track.value, _(TRACK_LABELS[track]).capitalize()) for track in tracks]
    return [("", _("Alle")), *named, (EXERCISES, _("Øvelser"))]


def incidents_of(reader: Reader, kind: str, after: str) -> list[Incident]:
    """One more than a page. Exercises stand apart from what was real, except under *Alle*."""
    query = reachable(reader).order_by(None).order_by(Incident.activated_at.desc(), Incident.id.desc())
    if kind == EXERCISES:
        query = query.where(Incident.is_exercise.is_(True))
    elif kind in set(Track):
        query = query.where(Incident.track == Track(kind), Incident.is_exercise.is_(False))
    if after:
        # Through what the reader can reach, so that a foreign id says nothing.
        last = db.session.scalar(reachable(reader).where(Incident.public_id == after)) or abort(404)
        there = sa.tuple_(sa.literal(last.activated_at, Incident.activated_at.type), sa.literal(last.id))
        query = query.where(sa.tuple_(Incident.activated_at, Incident.id) < there)
    return list(db.session.scalars(query.limit(PAGE + 1)))
