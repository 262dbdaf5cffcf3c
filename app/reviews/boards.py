"""Which summaries of reviews a board member may read: approved ones of the own area, and of a B never the police."""

from app.accounts.models import User
from app.areas.models import Actor
from app.broadcasts.boards import own_addresses
from app.contacts.queries import police_addresses
from app.incidents.facts import facts_of
from app.plans.tracks import Who, may_be_briefed
from app.plans.vocabulary import Track
from app.reviews import queries
from app.reviews.models import PublicSummary


def summaries_for(user: User, actor: Actor, known: Who) -> list[PublicSummary]:
    """The newest first, each review once."""
    tracks = (Track.POLICE.value,) if known.police_in_area else tuple(track.value for track in Track)
    found = queries.approved_in(actor.area_id, only=tracks)
    return [one for one in found if may_read(user, actor, known, one)]


def may_read(user: User, actor: Actor, known: Who, summary: PublicSummary) -> bool:
    """Approved, the newest that is, and for this member."""
    incident = summary.review.incident
    if summary.approved_at is None or actor.area_id != incident.area_id:
        return False
    if not may_be_briefed(known, facts_of(incident)):
        return False
    if incident.track is Track.NON_POLICE and own_addresses(user) & police_addresses(incident.area):
        return False
    newest = queries.approved_summary_of(summary.review)
    return newest is not None and newest.id == summary.id
