"""Who may see, change and begin a measure, and when it is reminded of. Pure: facts in, a ruling out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.lib.i18n import N_
from app.plans.tracks import IncidentFacts, Ruling, Who, may_see_incident
from app.plans.tracks.acting import acts_in
from app.plans.tracks.facts import ROOM_ROLES, YES, no, only_coordinators
from app.plans.tracks.seeing import NOT_POLICE, PART_ENDED
from app.plans.vocabulary import IncidentStatus

NOT_THEIRS = N_("Tiltaget er kun for dem, der var med i hændelsen.")
OVER = frozenset({IncidentStatus.STOOD_DOWN, IncidentStatus.IN_REVIEW, IncidentStatus.CLOSED})

OFFICE_HOURS = range(8, 16)  # a reminder is no alarm
AHEAD = timedelta(days=7)
WEEK = timedelta(days=7)
MOST_OVERDUE = 4


@dataclass(frozen=True)
class MeasureFacts:
    """A measure as the rules know it. It lies in the area where `Who` is known."""

    owner: str
    is_published: bool
    without_police: bool
    changed_at: datetime


def may_see(who: Who, measure: MeasureFacts, incident: IncidentFacts | None) -> Ruling:
    """What is published is everybody's in the area; the rest is for those who may see its incident.

    An actor whose part in the incident ended sees what had not changed since, and what it owns itself.
    When the incident is gone, the owner's people keep it: but nobody of the police what came of a B.
    """
    if not who.is_member:
        return no(NOT_THEIRS)
    if measure.is_published:
        return YES
    if measure.without_police and who.police_in_area:
        return no(NOT_POLICE)
    if who.role not in ROOM_ROLES:
        return no(NOT_THEIRS)
    owns = who.actor_key == measure.owner
    if incident is None:
        return YES if owns else no(NOT_THEIRS)
    seeing = may_see_incident(who, incident)
    ended_at = incident.ended_participants.get(who.actor_key or "")
    if seeing and not owns and ended_at is not None and measure.changed_at > ended_at:
        return no(PART_ENDED)
    return seeing


def may_change(who: Who, measure: MeasureFacts, incident: IncidentFacts | None) -> Ruling:
    """Edit, close, open again, publish: any coordinator who sees it, but not with a part that has ended."""
    seeing = may_see(who, measure, incident)
    if not seeing:
        return seeing
    if not who.coordinates:
        return only_coordinators(who)
    is_inside = incident is None or who.actor_key in incident.participants
    return YES if measure.is_published or is_inside or who.actor_key == measure.owner else no(PART_ENDED)


def may_begin(who: Who, incident: IncidentFacts) -> Ruling:
    """A measure comes of an incident that is over, and was real; an exercise leaves learning points."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    if not who.coordinates:
        return only_coordinators(who)
    if incident.is_exercise:
        return no(N_("En øvelse giver læringspunkter, ikke tiltag."))
    return YES if incident.status in OVER else no(N_("Et tiltag laves, når beredskabet er afblæst."))


def reminder_due(due_on: date, set_on: date, today: date) -> str | None:
    """The one thing to say today: `ahead`, `due`, `overdue-1` …; None when there is nothing.

    Of what was missed (a worker that stood still) only the newest is said. A deadline set less than a week
    before it falls is not reminded of at once.
    """
    late = (today - due_on) // WEEK
    if late >= 1:
        return f"overdue-{late}" if late <= MOST_OVERDUE else None
    if today >= due_on:
        return "due"
    return "ahead" if set_on <= due_on - AHEAD <= today else None


def in_office_hours(wall: datetime) -> bool:
    """On Danish clocks."""
    return wall.weekday() < 5 and wall.hour in OFFICE_HOURS
