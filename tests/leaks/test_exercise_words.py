"""Nothing of an exercise can be taken for real, and nothing real for an exercise, by any text on its way."""

import pytest
import sqlalchemy as sa

from app.callout import jobs as callout
from app.contacts.models import Contact, PointKind
from app.exercises import operations as exercises
from app.extensions import db
from app.messaging.models import Delivery
from app.notices.models import Notice
from app.plans.vocabulary import Track
from app.tasks import jobs as tasks
from app.transitions import lead
from app.transitions.annul import annul
from app.transitions.stand_down import StandDown, stand_down
from tests.leaks.course import make_course
from tests.leaks.filling import big_form
from tests.scene import Scene

MARK = "ØVELSE"
ENDS = ("stand down", "annul", "break off")


def by_mail_alone(scene: Scene) -> None:
    """Half of the contacts have no mobile: what they get is a mail with a subject."""
    for contact in db.session.query(Contact).filter(Contact.position == 0):
        contact.points = [point for point in contact.points if point.kind is PointKind.EMAIL]
    db.session.commit()


def everything_happens(scene: Scene, at, clock, end: str, *, is_exercise: bool) -> None:
    course = make_course(scene, Track.NON_POLICE, is_exercise=is_exercise)
    visitor, path = at(scene.cast.ssp), f"/incidents/{course.incident.public_id}/tasks/new"
    form = big_form(visitor.text(path))
    given = form.data | {"actor": scene.cast.actors["youth_club"].public_id, "minutes": "15"}
    assert visitor.post(path, given).status_code == 303
    for _ in range(5):
        clock.advance(minutes=3)
        callout.take_due_steps()
    reader = scene.reader(scene.cast.helhedsplan)
    lead.take_over_lead(course.incident, reader, "Nærmest")
    lead.take_card(course.incident, scene.cast.actors["family_centre"], reader, "De svarer ikke")
    db.session.commit()
    clock.advance(hours=1)
    tasks.remind_overdue()
    if end == "stand down":
        stand_down(course.incident, reader, StandDown((), move_tasks=True))
    elif end == "annul":
        annul(course.incident, reader, "Forkert knap")
    else:
        exercises.break_off(course.incident, reader)
    db.session.commit()


def all_texts(*, of_drills: bool = True) -> list[str]:
    """`of_drills`: also what is told of exercises that are planned."""
    hidden = ("request:",) if of_drills else ("request:", "drill")
    sent = sa.select(Delivery.text, Delivery.subject).where(*(~Delivery.about.startswith(one) for one in hidden))
    told = sa.select(Notice.text).where(*(~Notice.about.startswith(one) for one in hidden))
    return [text for row in db.session.execute(sent) for text in row if text] + list(db.session.scalars(told))


@pytest.mark.parametrize("end", ENDS)
def test_every_text_subject_and_notice_of_an_exercise_says_so(scene, at, clock, end) -> None:
    by_mail_alone(scene)
    everything_happens(scene, at, clock, end, is_exercise=True)
    texts = all_texts()
    assert len(texts) > 15
    assert not [text for text in texts if not text.startswith(MARK)]


@pytest.mark.parametrize("end", ENDS[:2])
def test_no_real_text_says_so(scene, at, clock, end) -> None:
    everything_happens(scene, at, clock, end, is_exercise=False)
    assert not [text for text in all_texts(of_drills=False) if MARK in text]
