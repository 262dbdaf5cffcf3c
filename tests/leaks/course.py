"""An incident with everything that can hang on one, and the ids that its addresses take."""

import re
from dataclasses import dataclass, field
from datetime import date

from app.callout import queries as callouts
from app.direction import queries as direction
from app.direction.models import HeardBy
from app.direction.operations import save_line
from app.direction.rules import Line, Part
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.lib import clock
from app.logbook.kinds import Kind
from app.messaging import inbox
from app.messaging.models import Delivery
from app.notices.operations import notify
from app.plans.vocabulary import Track
from app.reviews import operations as reviews
from app.tasks import queries as tasks
from app.transitions import colleague, requests
from app.transitions.activate import Alarm, PoliceSaid
from app.transitions.stand_down import StandDown, stand_down
from tests.narrative.making import make_fact, make_message, make_report
from tests.scene import Scene

SECRET = "hemmeligt rygte"
GUEST_PHONE = "+4520999999"


@dataclass
class Course:
    """`ids` by the name of the converter, for addresses under the incident; `others` by the address's beginning."""

    incident: Incident
    ids: dict[str, str] = field(default_factory=dict)
    others: dict[str, dict[str, str]] = field(default_factory=dict)


def make_course(scene: Scene, track: Track = Track.NON_POLICE, *, is_over: bool = False) -> Course:
    """Activated by SSP; in A as recorded for the police. Everything is committed."""
    incident = _incident(scene, track)
    course = Course(incident)
    _write(scene, course)
    if track is Track.NON_POLICE:
        _agree(scene, course)
        _ask_for_another(scene, course)
    _let_in(scene, course)
    _review(scene, course, is_over=is_over)
    db.session.commit()
    return course


def _incident(scene: Scene, track: Track) -> Incident:
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, clock.now()) if track is Track.POLICE else None
    what = "Skyderi" if said else f"{SECRET} om drab"
    category = "shooting" if said else "rumours"
    return scene.activate(scene.cast.ssp, track, what=what, category=category, police_said=said)


def _write(scene: Scene, course: Course) -> None:
    incident, by = course.incident, scene.reader(scene.cast.ssp).by
    log.write(incident, Kind.NOTE, SECRET, by=by)
    fact = make_fact(scene, incident, SECRET)
    make_report(scene, incident, situation=SECRET)
    make_message(scene, incident, what_happened=SECRET)
    acts = direction.acts_of(incident)
    actor = scene.cast.actors["youth_club"]
    without_police = incident.track is Track.NON_POLICE
    notify(actor, SECRET, about=f"incident:{incident.public_id}", key=f"n:{incident.id}", without_police=without_police,
           send=True)  # fmt: skip
    round_ = callouts.latest(incident, actor)
    call = next(d for d in db.session.query(Delivery).filter_by(about=f"callout:{round_.id}"))
    course.ids |= {
        "public_id": incident.public_id, "seq": "1", "number": "1", "fact_id": fact.public_id, "name": "log",
        "task": tasks.of_incident(incident)[0].public_id, "actor": actor.public_id,
        "act": acts[0].public_id if acts else "none",
    }  # fmt: skip
    course.others |= {
        "/activate": {"public_id": incident.public_id},
        "/front/calls": {"public_id": round_.public_id},
        "/k": {"token": re.search(r"/k/([\w-]+)", call.text)[1]},
    }


def _agree(scene: Scene, course: Course) -> None:
    for user in (scene.cast.ssp, scene.cast.helhedsplan):
        newest = direction.latest_plan(course.incident)
        line = Line(f"line-{user.id}", Part.HANDLING, SECRET, "youth_club")
        save_line(course.incident, scene.reader(user), line, base=newest.number if newest else 0)
    course.ids |= {"key": line.key, "line": line.key}


def _ask_for_another(scene: Scene, course: Course) -> None:
    alarm = Alarm(course.incident.track, "rumours", SECRET)
    asked = requests.request_activation(
        scene.cast.lindevangen, alarm, scene.reader(scene.cast.youth_club), f"ask:{course.incident.id}"
    )
    phone = scene.contacts["youth_club"][0].points[0].address
    heard = inbox.receive("log", f"in-{course.incident.id}", phone, "", SECRET)
    course.others |= {"/requests": {"public_id": asked.public_id}, "/inbox": {"public_id": heard.public_id}}


def _let_in(scene: Scene, course: Course) -> None:
    held = colleague.let_in(
        course.incident, scene.reader(scene.cast.ssp), "Vibe Vikar", GUEST_PHONE, "/colleague/{pass}"
    )
    course.ids["colleague_pass"] = held.public_id
    course.others["/colleague"] = {"pass_id": held.public_id}


def _review(scene: Scene, course: Course, *, is_over: bool) -> None:
    incident, reader = course.incident, scene.reader(scene.cast.ssp)
    course.ids["point_id"] = "none"
    if not is_over:
        return
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, clock.now()) if incident.track is Track.POLICE else None
    stand_down(incident, reader, StandDown((), move_tasks=True, police_said=said))
    review = reviews.open_review(incident)
    reviews.answer(review, reader.actor, {"q0": SECRET}, by=reader.by)
    point = reviews.add_learning_point(review, SECRET, scene.cast.actors["ssp"], date(2026, 12, 24), by=reader.by)
    course.ids["point_id"] = point.public_id
