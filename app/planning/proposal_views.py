"""*Læg i udkastet*: what a learning point proposes lies beside the section that it would change."""

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.incidents.access import Reader
from app.planning import operations, queries
from app.planning.pages import tap
from app.planning.reaching import Desk, writer
from app.plans.places import Section
from app.reviews.models import LearningPoint
from app.reviews.queries import points_for

blueprint = Blueprint("proposals", __name__, url_prefix="/learning")


@blueprint.post("/<point_id>/proposal")
@requires(Permission.COORDINATE)
def place(point_id: str) -> Response:
    """Into the open draft, which is begun when there is none."""
    who, in_force = writer()
    point = _point(who, point_id)
    section = _section(point)
    draft = queries.draft_of(who.area) or operations.begin(who.area, who.by)
    there = url_for("planning.section", section=section)

    def act() -> str:
        operations.place_proposal(draft, point.public_id, section)
        return there

    return tap(Desk(who, in_force, draft), act, there)


@blueprint.post("/<point_id>/proposal/removal")
@requires(Permission.COORDINATE)
def take_out(point_id: str) -> Response:
    """Out of the draft: the point stays open."""
    who, in_force = writer()
    point = _point(who, point_id)
    draft = queries.draft_of(who.area) or abort(404)

    def act() -> str:
        for one in queries.proposals_of(draft):
            if one.point == point.public_id:
                operations.take_out_proposal(one)
        return url_for("planning.section", section=_section(point))

    return tap(Desk(who, in_force, draft), act, url_for("planning.show"))


def _point(who: Reader, point_id: str) -> LearningPoint:
    """An open one with a proposal, of an incident that the reader may see."""
    found = next((point for point, _ in points_for(who) if point.public_id == point_id), None)
    if found is None or found.plan_part is None or found.closed_at is not None:
        abort(404)
    return found


def _section(point: LearningPoint) -> Section:
    name = str(point.plan_part)
    return Section(name) if name in set(Section) else Section.PURPOSE
