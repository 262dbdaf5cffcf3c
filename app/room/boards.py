"""What was sent to the boards, for their members: a list on the front page and a page each; no way on from there."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, render_template

from app.accounts.guard import Permission, requires
from app.broadcasts import boards, queries
from app.broadcasts.briefing import parts
from app.broadcasts.models import Broadcast
from app.broadcasts.states import PHASE_LABELS, Phase
from app.incidents.access import Known, Reader, known_in
from app.lib.i18n import _
from app.reviews import boards as reviewed
from app.reviews import queries as reviews
from app.reviews.models import PublicSummary

blueprint = Blueprint("boards", __name__)


@dataclass(frozen=True)
class Read:
    """One text as a board member sees it. `taken_back_at`: it counts no more since then."""

    text: Broadcast
    taken_back_at: datetime | None

    @property
    def title(self) -> str:
        """`Orientering`, `Rettelse` …"""
        if self.text.phase is not Phase.WITHDRAWAL and self.parts:
            return _("Orientering")
        words = _(PHASE_LABELS[self.text.phase])
        return words[:1].upper() + words[1:]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Under its three headings, when it is a briefing."""
        return parts(self.text.text)


def briefings_for(reader: Reader) -> list[Read]:
    """The newest first."""
    return [_read(one) for one in boards.texts_for(reader.user, reader.actor, reader.who)]


@blueprint.get("/briefings/<broadcast_id>")
@requires(Permission.READ_AREA)
def briefing(broadcast_id: str) -> str:
    """One text, for whom it was meant; for everybody else there is nothing here."""
    found = boards.text(broadcast_id) or abort(404)
    if not any(_may(known, found) for known in known_in(found.incident.area_id)):
        abort(404)
    return render_template("room/briefing.html", one=_read(found), area=found.incident.area)


def summaries_for(reader: Reader) -> list[PublicSummary]:
    """What came of reviews, the newest first."""
    return reviewed.summaries_for(reader.user, reader.actor, reader.who)


@blueprint.get("/summaries/<summary_id>")
@requires(Permission.READ_AREA)
def summary(summary_id: str) -> str:
    """One of them; for everybody else there is nothing here."""
    found = reviews.summary(summary_id) or abort(404)
    area = found.review.incident.area
    if not any(reviewed.may_read(one.user, one.actor, one.who, found) for one in known_in(area.id)):
        abort(404)
    return render_template("room/summary.html", one=found, area=area)


def _may(known: Known, found: Broadcast) -> bool:
    return boards.may_read(known.user, known.actor, known.who, found)


def _read(found: Broadcast) -> Read:
    end = queries.withdrawal_of(found)
    return Read(found, end.queued_at if end else None)
