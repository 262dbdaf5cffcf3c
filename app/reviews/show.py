"""The review on one page, and the course's list alone, filtered, for paper too."""

from typing import Any

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.incidents.access import Seen, seen_or_404
from app.incidents.course import course_of
from app.reviews import queries
from app.reviews.page import ReviewPage
from app.reviews.picture import picture
from app.reviews.reaching import address, blueprint
from app.reviews.rules import PLAN_PART_LABELS
from app.reviews.timeline import PAGE, SORT_LABELS, Course, Filter, Sort

ON_PAPER = 1000


@blueprint.get("")
@requires(Permission.READ_ROOM)
def show(public_id: str) -> str:
    """Everything on one page; the course begins here and goes on in its own list."""
    seen = seen_or_404(public_id)
    page = ReviewPage(seen, _chosen(seen))
    return render_template(
        "reviews/show.html", page=page, incident=seen.incident, picture=picture(page.course),
        course=page.course.page(None, Filter(), PAGE // 2), number_of=_number_of,
        plan_parts=PLAN_PART_LABELS,
    )  # fmt: skip


@blueprint.get("/timeline")
@requires(Permission.READ_ROOM)
def timeline(public_id: str) -> str:
    """The list alone: by sort, by party, a page at a time or a thousand for paper."""
    seen = seen_or_404(public_id)
    parts = course_of(seen)
    course, only = Course(parts), _filter(parts)
    after = course.key(request.args.get("after", ""))
    size = ON_PAPER if "paper" in request.args else PAGE
    return render_template(
        "reviews/timeline.html", incident=seen.incident, course=course.page(after, only, size), only=only,
        sorts=SORT_LABELS, parties=_parties(parts), on_paper=size == ON_PAPER, is_first=after is None,
        picture=picture(course) if after is None and not only.narrows else "", of_many=len(parts) > 1,
    )  # fmt: skip


@blueprint.get("/places/<ref>")
@requires(Permission.READ_ROOM)
def place(public_id: str, ref: str) -> Response:
    """From a figure to the line it comes from."""
    seen = seen_or_404(public_id)
    key = Course(course_of(seen)).place(ref) or abort(404)
    at = address(seen.incident, key.name, "reviews.timeline", after=key.just_before.token)
    return redirect(at, 303)


def _chosen(seen: Seen) -> Any:
    number = request.args.get("number", type=int)
    if number is None:
        return queries.review_of(seen.incident)
    return next((one for one in queries.reviews_of(seen.incident) if one.number == number), None) or abort(404)


def _filter(parts: list[Seen]) -> Filter:
    sort = request.args.get("sort", "")
    party = request.args.get("party", "")
    known = party if any(party == key for key, _name in _parties(parts)) else ""
    return Filter(Sort(sort) if sort in set(Sort) else None, known)


def _parties(parts: list[Seen]) -> list[tuple[str, str]]:
    return list({p.actor.key: p.actor.name for one in parts for p in one.incident.participations}.items())


def _number_of(ref: str) -> str:
    """What a link to a place is called: the entry's number."""
    return ref.rsplit("-", 1)[1] if ref.startswith("e-") else ""

