"""The area's open actions, and what a year of reviews adds up to: of the incidents that this reader may see."""

from flask import Blueprint, abort, render_template

from app.accounts.guard import Permission, requires
from app.incidents.access import Reader, reader_or_none
from app.incidents.forms import new_once
from app.lib import clock
from app.plans.queries import plan_for
from app.plans.tracks import may_edit_plan
from app.reviews import queries
from app.reviews.rules import FEWEST, PLAN_PART_LABELS
from app.reviews.years import Year, years_of

blueprint = Blueprint("learning", __name__, url_prefix="/learning")


@blueprint.get("")
@requires(Permission.READ_ROOM)
def show() -> str:
    """Open ones first, by deadline; what was closed below."""
    reader = _reader()
    points = queries.points_for(reader)
    return render_template(
        "reviews/board.html", reader=reader, area=reader.area, today=clock.local(clock.now()).date(),
        still=[one for one in points if one[0].closed_at is None],
        closed=[one for one in points if one[0].closed_at is not None][-50:], parts=PLAN_PART_LABELS,
        may_edit_plan=may_edit_plan(plan_for(reader.area).document, reader.who), new_once=new_once,
    )  # fmt: skip


@blueprint.get("/years")
@requires(Permission.READ_ROOM)
def years() -> str:
    """By year and category; exercises for themselves."""
    reader = _reader()
    found: list[Year] = years_of(reader)
    return render_template("reviews/years.html", area=reader.area, years=found, fewest=FEWEST)


def _reader() -> Reader:
    return reader_or_none() or abort(404)
