"""How every page of a review reaches it, and what its forms have in common."""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, url_for

from app.incidents.access import Seen, seen_or_404
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.ruling import demand
from app.plans.tracks import Ruling
from app.reviews import queries
from app.reviews.models import Review

blueprint = Blueprint("reviews", __name__, url_prefix="/incidents/<public_id>/review")


def reached(public_id: str) -> tuple[Seen, Review]:
    """The incident's newest review, through what the reader may see."""
    seen = seen_or_404(public_id)
    return seen, queries.review_of(seen.incident) or abort(404)


def held(seen: Seen, rule: Callable[..., Ruling], *more: Any) -> None:
    """The incident's row is held, and the rule says yes to what stands now."""
    incident = locked(seen.incident)
    demand(rule(document_of(incident), seen.reader.who, facts_of(incident), *more), incident.area)


def address(incident: Incident, anchor: str | None = None, endpoint: str = "reviews.show", **more: Any) -> str:
    """Back to the review."""
    return url_for(endpoint, public_id=incident.public_id, _anchor=anchor, **more)


def digest(*what: object) -> str:
    """What a form was shown of the world."""
    return hashlib.sha256(repr(what).encode()).hexdigest()[:20]


def never_changes() -> str:
    """What others write meanwhile takes nothing from this form; whether it may still be sent, the rule says."""
    return "review"
