"""A course with a marked word in everything that can be written of it, and a search through the whole database."""

from collections import Counter

import sqlalchemy as sa

from app.broadcasts.models import Engagement, Informed
from app.broadcasts.publishing.models import Publication
from app.broadcasts.states import How
from app.direction.models import Instruction, InstructionReceipt, InstructionState
from app.exercises.models import Drill, DrillKind, Inject
from app.extensions import db
from app.incidents.models import ActivationRequest, Incident
from app.lib import clock
from app.plans.vocabulary import Track
from app.retention import operations
from app.retention.texts import ALARM, LEADER, TEXTS
from app.reviews import operations as reviews
from app.reviews import queries as reviewed
from tests.leaks.course import SECRET, Course, make_course
from tests.scene import Scene

MARK = "mærkeord"
GUARDED = {
    "debrief_answers", "review_comments", "review_conclusions", "review_sign_offs", "review_addenda",
    "public_summaries",
}  # fmt: skip


def closed_course(scene: Scene, clock_, track: Track, *, is_exercise: bool = False) -> Course:
    """Over, reviewed, locked, with an addendum; every word of it marked."""
    course = make_course(scene, track, is_over=True, is_exercise=is_exercise, board_is_told=not is_exercise)
    incident = course.incident
    _rare_rows(scene, course)
    clock_.advance(days=15)
    _teach(incident)
    review, by = reviewed.review_of(incident), scene.reader(scene.cast.helhedsplan).by
    reviews.sign_off(review, signs=False, reason=SECRET, by=by)
    reviews.lock(review, by=by)
    reviews.add_addendum(review, SECRET, by=by)
    db.session.commit()
    plant(incident)
    return course


def _teach(incident: Incident) -> None:
    """Lessons are kept, so they have words of their own."""
    for point in reviewed.learning_points_of(reviewed.review_of(incident)):
        point.text, point.plan_text = "En lektie", "En lektie" if point.plan_text else ""
    db.session.flush()


def _rare_rows(scene: Scene, course: Course) -> None:
    incident, user, actor = course.incident, scene.cast.ssp, scene.cast.actors["ssp"]
    contact, here = scene.contacts["youth_club"][0], {"incident_id": incident.id, "at": clock.now()}
    rows = [
        Informed(**here, audience_key="press", how=How.POSTER, note=SECRET, by_id=user.id, as_id=actor.id),
        Engagement(
            **here, audience_key="residents", contact_id=contact.id, task=SECRET, keep_away=SECRET, as_id=actor.id
        ),
        ActivationRequest(
            area_id=incident.area_id, by_user_id=user.id, by_actor_id=actor.id, track=incident.track, what=SECRET,
            category_key="rumours", incident_id=incident.id, created_at=clock.now(), once_key=f"asked-{incident.id}",
        ),
    ]  # fmt: skip
    if incident.is_exercise:
        drill = Drill(
            area_id=incident.area_id, kind=next(iter(DrillKind)), track=incident.track, category_key="rumours",
            what=SECRET, starts_at=clock.now(), planned_at=clock.now(), planned_by_id=user.id, planned_as_id=actor.id,
            incident_id=incident.id,
        )  # fmt: skip
        rows += [drill, Inject(drill=drill, number=1, after_minutes=5, text=SECRET)]
    else:
        rows.append(Publication(area_id=incident.area_id, incident_id=incident.id, texts={"da": SECRET}))
    db.session.add_all(rows)
    instruction = Instruction(
        incident_id=incident.id, number=99, text=SECRET, for_all=True, state=InstructionState.IN_FORCE,
        given_at=clock.now(), given_by_id=user.id, given_as_id=actor.id, ended_why="",
    )  # fmt: skip
    db.session.add(instruction)
    db.session.flush()
    db.session.add(InstructionReceipt(instruction_id=instruction.id, actor_id=actor.id, deviation=SECRET))
    held = operations.hold(incident, SECRET, by=scene.reader(user).by)
    operations.lift(incident, SECRET, by=scene.reader(user).by)
    assert held.lifted_at is not None
    db.session.commit()


def plant(incident: Incident) -> None:
    """In every listed column of every row that may be changed; the others got theirs from who wrote them."""
    for texts in TEXTS:
        table = texts.model.__tablename__
        if table in GUARDED:
            continue
        values = {c: _planted(c, gone, texts.model) for c, gone in texts.becomes.items()}
        change = sa.update(texts.model).where(texts.of(incident.id)).values(values)
        done = db.session.execute(change, execution_options={"synchronize_session": False})
        never = NEVER[incident.track] | (NOT_EXERCISED if incident.is_exercise else EXERCISED)
        assert done.rowcount or table in never, f"no row of {table} in this course: it would prove nothing"
    own = dict.fromkeys((*ALARM, *LEADER), MARK) | {Incident.leader_phone: "+4520007788"}
    db.session.execute(sa.update(Incident).where(Incident.id == incident.id).values(own))
    db.session.commit()
    db.session.expire_all()


# What there can be none of.
NEVER = {Track.POLICE: {"agreed_plans", "stances"}, Track.NON_POLICE: {"police_acts"}}
NOT_EXERCISED, EXERCISED = {"broadcast_recipients", "publications"}, {"drills", "drill_injects"}


def _planted(column, gone, model):
    if gone in ([], {}):
        return [MARK] if gone == [] else {MARK: [1]}
    if column.key in ("token_hash",):
        return sa.literal(MARK) + sa.cast(model.id, sa.String)
    return MARK


def places_of(*words: str) -> Counter[str]:
    """`table.column` of every value, in any table that is really there, that holds one of the words."""
    found: Counter[str] = Counter()
    inspector = sa.inspect(db.engine)
    with db.engine.connect() as connection:
        for name in inspector.get_table_names():
            table = sa.Table(name, sa.MetaData(), autoload_with=connection)
            for row in connection.execute(sa.select(table)).mappings():
                for column, value in row.items():
                    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                    found[f"{name}.{column}"] += any(word in text for word in words)
    return +found
