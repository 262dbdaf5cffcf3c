"""An incident with everything that can hang on one, and the ids that its addresses take."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.broadcasts import operations as broadcasts
from app.broadcasts.models import PressEnquiry
from app.broadcasts.states import Phase
from app.callout import queries as callouts
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact
from app.direction import queries as direction
from app.direction.models import HeardBy
from app.direction.operations import save_line
from app.direction.rules import Line, Part
from app.documents import operations as documents
from app.exercises.operations import Planned
from app.exercises.operations import plan as plan_drill
from app.exercises.vocabulary import DrillKind
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident, SameIncidentQuestion
from app.incidents.texts import marked
from app.indicators.dimensions import Dimension
from app.indicators.models import SurveyRound
from app.lib import clock
from app.lib.languages import Language
from app.logbook.kinds import Kind
from app.measures.operations import Origin, Words, close, create
from app.measures.telling import of_deadline
from app.measures.vocabulary import Horizon, OriginKind, Status
from app.messaging import inbox
from app.messaging.models import Delivery
from app.notices.operations import notify
from app.planning import operations as planning
from app.plans.places import Section
from app.plans.vocabulary import Track
from app.reviews import operations as reviews
from app.reviews.rules import Criterion, PlanPart
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


def make_course(
    scene: Scene, track: Track = Track.NON_POLICE, *, is_over: bool = False, is_exercise: bool = False,
    board_is_told: bool = False,
) -> Course:  # fmt: skip
    """Activated by SSP; in A as recorded for the police. Everything is committed.

    `board_is_told`: the text to the boligsociale bestyrelse has left, and its members may read it; else it is a draft.
    """
    incident = _incident(scene, track, is_exercise)
    course = Course(incident, {"question": "none", "figure": f"{SurveyRound.query.first().public_id}.T1"})
    _write(scene, course)
    _brief(scene, course, board_is_told=board_is_told)
    if track is Track.NON_POLICE:
        _agree(scene, course)
        _ask_for_another(scene, course)
        _ask_if_same(course)
    _let_in(scene, course)
    _review(scene, course, is_over=is_over, board_is_told=board_is_told)
    db.session.commit()
    return course


def _incident(scene: Scene, track: Track, is_exercise: bool) -> Incident:
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, clock.now()) if track is Track.POLICE else None
    what = "Skyderi" if said else f"{SECRET} om drab"
    category = "shooting" if said else "rumours"
    return scene.activate(
        scene.cast.ssp, track, what=what, category=category, police_said=said, is_exercise=is_exercise
    )


def _write(scene: Scene, course: Course) -> None:
    incident, by = course.incident, scene.reader(scene.cast.ssp).by
    log.write(incident, Kind.NOTE, SECRET, by=by)
    fact = make_fact(scene, incident, SECRET)
    make_report(scene, incident, situation=SECRET)
    make_message(scene, incident, what_happened=SECRET)
    written = broadcasts.compose(
        incident, scene.reader(scene.cast.ssp), broadcasts.Typed(Phase.FIRST, ("residents",), SECRET)
    )
    reader = scene.reader(scene.cast.ssp)
    broadcasts.translate(written, reader, Language.ARABIC, SECRET, version=written.version)
    broadcasts.approve_translation(written, reader, Language.ARABIC, "Samira Said, tolk", version=written.version)
    course.others["/incidents/<public_id>/broadcasts"] = _tell_by_hand(scene, incident)
    course.others["/documents"] = {"public_id": _paper(scene, incident)}
    acts = direction.acts_of(incident)
    actor = scene.cast.actors["youth_club"]
    notify(
        actor, marked(incident, SECRET), about=f"incident:{incident.public_id}", key=f"n:{incident.id}",
        without_police=incident.track is Track.NON_POLICE, send=True, is_exercise=incident.is_exercise,
    )  # fmt: skip
    round_ = callouts.latest(incident, actor)
    call = next(d for d in db.session.query(Delivery).filter_by(about=f"callout:{round_.id}"))
    course.ids |= {
        "public_id": incident.public_id, "seq": "1", "number": "1", "fact_id": fact.public_id, "name": "log",
        "task": tasks.of_incident(incident)[0].public_id, "actor": actor.public_id,
        "act": acts[0].public_id if acts else "none", "broadcast_id": written.public_id, "language": "ar",
    }  # fmt: skip
    course.others |= {
        "/activate": {"public_id": incident.public_id},
        "/front/calls": {"public_id": round_.public_id},
        "/k": {"token": re.search(r"/k/([\w-]+)", call.text)[1]},
    }


def _paper(scene: Scene, incident: Incident) -> str:
    about, name = f"incident:{incident.public_id}", "situationsbillede.pdf"
    wanted = documents.Wanted("situation_report", about, SECRET, name, "/", {"title": SECRET})
    return documents.ask(wanted, by=scene.reader(scene.cast.ssp).by).public_id


def _brief(scene: Scene, course: Course, *, board_is_told: bool) -> None:
    reader, key = scene.reader(scene.cast.ssp), "social_housing_board"
    if not db.session.query(Contact).filter_by(name="Forperson").first():
        points = [(PointKind.MOBILE, "20880002")]
        add_contact(scene.cast.lindevangen, name="Forperson", points=points, audiences=[key])
    made = broadcasts.compose(course.incident, reader, broadcasts.Typed(Phase.FIRST, (key,), SECRET))
    if board_is_told:
        broadcasts.break_glass(made, reader, "Ingen andre er her.")
    course.others["/briefings"] = {"broadcast_id": made.public_id}


def resident_of(scene: Scene) -> Contact:
    """One resident to ring to, the same for every course: contacts are the area's, not the incident's."""
    there = db.session.query(Contact).filter_by(name="Beboer").first()
    points = [(PointKind.MOBILE, "20880001")]
    return there or add_contact(scene.cast.lindevangen, name="Beboer", points=points, audiences=["residents"])


def _tell_by_hand(scene: Scene, incident: Incident) -> dict[str, str]:
    asked = PressEnquiry(
        incident_id=incident.id, outlet="Linde Avis", enquiry=SECRET, at=clock.now(), as_id=scene.cast.actors["ssp"].id
    )
    db.session.add(asked)
    db.session.flush()
    return {"key": "residents", "contact_id": resident_of(scene).public_id, "enquiry_id": asked.public_id}


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


def _ask_if_same(course: Course) -> None:
    case = db.session.query(Incident).filter_by(track=Track.POLICE).first()
    if case is not None:
        there = {"incident_id": course.incident.id, "police_case_id": case.id}
        asked = db.session.query(SameIncidentQuestion).filter_by(**there).first()  # asked by itself, in most courses
        asked = asked or SameIncidentQuestion(incident=course.incident, police_case=case, asked_at=clock.now())
        db.session.add(asked)
        db.session.flush()
        course.ids["question"] = asked.public_id


def _let_in(scene: Scene, course: Course) -> None:
    held = colleague.let_in(
        course.incident, scene.reader(scene.cast.ssp), "Vibe Vikar", GUEST_PHONE, "/colleague/{pass}"
    )
    course.ids["colleague_pass"] = held.public_id
    course.others["/colleague"] = {"pass_id": held.public_id}


def _plan_a_drill(scene: Scene, incident: Incident) -> str:
    """An exercise on the same track, with a story, for tomorrow."""
    story = [(0, SECRET), (10, SECRET)]
    meant = Planned(
        DrillKind.TABLETOP, incident.track, incident.category_key, SECRET, clock.now() + timedelta(days=1), story=story
    )
    return plan_drill(scene.cast.lindevangen, meant, reader=scene.reader(scene.cast.ssp)).public_id


def _review(scene: Scene, course: Course, *, is_over: bool, board_is_told: bool) -> None:
    incident, reader = course.incident, scene.reader(scene.cast.ssp)
    course.others["/exercises"] = {"drill_id": _plan_a_drill(scene, incident)}
    course.ids |= {"point_id": "none", "criterion": "timeliness", "ref": f"e-{incident.chain.public_id}-1"}
    course.others |= {"/d": {"token": "none"}, "/summaries": {"summary_id": "none"}, "/learning": {"point_id": "none"}}
    course.others["/measures"] = {"measure_id": "none", "kind": "incident", "origin_id": incident.public_id}
    if not is_over:
        return
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, clock.now()) if incident.track is Track.POLICE else None
    stand_down(incident, reader, StandDown((), move_tasks=True, police_said=said))
    review = reviews.open_review(incident)
    reviews.answer(review, reader.actor, {"q0": SECRET}, by=reader.by)
    point = reviews.add_learning_point(
        review, SECRET, scene.cast.actors["ssp"], date(2026, 12, 24), by=reader.by,
        proposal=reviews.Proposal(PlanPart.CHAIN, SECRET),
    )  # fmt: skip
    course.ids["point_id"] = point.public_id
    course.others["/learning"] = {"point_id": point.public_id}
    planning.place_proposal(planning.begin(incident.area, reader.by), point.public_id, Section.CHAIN)
    reviews.comment(review, Criterion.ROLES, SECRET, disagrees=True, by=reader.by)
    reviews.conclude(review, SECRET, by=reader.by)
    reviews.send_link(review, reader.actor, scene.contacts["ssp"][1], by=reader.by)
    sent = db.session.query(Delivery).filter_by(about=f"debrief:{review.id}").one()
    course.others["/d"] = {"token": re.search(r"/d/([\w-]+)", sent.text)[1]}
    if not incident.is_exercise:
        summary = reviews.write_summary(review, SECRET, by=reader.by)
        if board_is_told:
            reviews.approve_summary(summary, by=reader.by)
        course.others["/summaries"] = {"summary_id": summary.public_id}
    if not incident.is_exercise:
        _follow_up(scene, course, point.public_id)


def _follow_up(scene: Scene, course: Course, point_id: str) -> None:
    """A measure of the incident and one of its learning point; the second is past its deadline and told of."""
    incident, by, made = course.incident, scene.reader(scene.cast.helhedsplan).by, []
    for origin in (
        Origin(OriginKind.INCIDENT, incident.public_id, incident),
        Origin(OriginKind.LEARNING, point_id, incident),
    ):
        words = Words(
            SECRET, SECRET, SECRET, Dimension.COHESION, Horizon.BRIDGE, scene.cast.actors["ssp"], date(2026, 12, 24)
        )
        made.append(create(incident.area, words, origin, by=by))
    of_deadline(made[1], "overdue-1")
    close(made[0], Status.DONE, SECRET, by=by)
    course.others["/measures"] = {"measure_id": made[1].public_id, "kind": "learning", "origin_id": point_id}
