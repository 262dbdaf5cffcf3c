"""*Gør til tiltag*: a learning point as the beginning of a measure, for those who take part in its incident."""

from flask import url_for

from app.incidents.access import seen_or_404
from app.lib import clock
from app.lib.i18n import _
from app.measures.operations import Origin
from app.measures.origins import Start
from app.measures.vocabulary import OriginKind
from app.plans.tracks import may_enter_room
from app.reviews import queries
from app.reviews.models import LearningPoint


def start(public_id: str) -> Start | None:
    """Its words, owner and deadline go along, the deadline unless it has passed."""
    point = queries.point_by_id(public_id)
    if point is None:
        return None
    incident = point.review.incident
    seen = seen_or_404(incident.public_id)
    if not may_enter_room(seen.reader.who, seen.facts):
        return None
    return Start(
        Origin(OriginKind.LEARNING, public_id, incident), seen.reader,
        url_for("reviews.show", public_id=incident.public_id, _anchor=f"point-{public_id}"),
        _("Kommer af læringspunktet: %(what)s", what=point.text), _given(point),
    )  # fmt: skip


def _given(point: LearningPoint) -> dict[str, object]:
    given: dict[str, object] = {"what": point.text, "owner": point.owner.public_id}
    if point.due_on >= clock.local(clock.now()).date():
        given["due_on"] = point.due_on
    return given
