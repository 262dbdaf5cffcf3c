"""What the scheduler calls: it is time for an exercise that somebody planned, or long since the area held one."""

from app.areas.models import Area
from app.areas.queries import all_areas, coordinators_of, police_in_area
from app.exercises import queries, telling
from app.exercises.rules import overdue_round
from app.extensions import db
from app.lib import clock
from app.notices.operations import notify, notify_user
from app.plans.models import PlanStatus
from app.plans.queries import versions_of
from app.plans.vocabulary import HELHEDSPLAN, Track
from app.reviews.rules import in_office_hours

LONG_SINCE = "Det er over et kvartal siden, I holdt en øvelse. Planlæg en: en øvelse i tilkald tager ti minutter."


def say_that_it_is_time() -> int:
    """Nothing starts by itself: whoever planned it is told, once. Answers how many were told."""
    told = 0
    for drill in queries.due(clock.now()):
        told += telling.is_due(drill)
        db.session.commit()
    return told


def remind_of_drills() -> int:
    """In office hours, each month that an area is late: its coordinators and the helhedsplan. One commit per area."""
    if not in_office_hours(clock.now()):
        return 0
    told = 0
    for area in all_areas():
        told += _remind(area)
        db.session.commit()
    return told


def _remind(area: Area) -> int:
    approved = [plan.approved_at for plan in versions_of(area) if plan.status is not PlanStatus.DRAFT]
    since = min((at for at in approved if at), default=None)
    if since is None:  # an area without a plan of its own has other things to do first
        return 0
    told, about = 0, f"drills:{area.public_id}"
    # Nobody of the police hears, by silence, of an exercise without them.
    for tracks in (tuple(Track), (Track.POLICE,)):
        last = queries.last_held(area, tracks)
        late = overdue_round(last, since, clock.now())
        if late is None:
            continue
        key = f"no-drill:{area.id}:{last.isoformat() if last else 'never'}:{late}"
        is_for_police = len(tracks) == 1
        for person in coordinators_of(area):
            if police_in_area(person, area) is is_for_police:
                told += notify_user(person.id, LONG_SINCE, about=about, key=f"{key}:u{person.id}") is not None
        helhedsplan = next((actor for actor in area.actors if actor.key == HELHEDSPLAN), None)
        if helhedsplan is not None and not is_for_police:
            told += notify(helhedsplan, LONG_SINCE, about=about, key=key, without_police=True, send=True) is not None
    return told
