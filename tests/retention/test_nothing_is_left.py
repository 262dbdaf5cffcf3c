"""Twelve months after closing, no table holds a word of the incident, a text that was sent, or an address of it."""

import pytest

from app.broadcasts import jobs as broadcasts
from app.extensions import db
from app.logbook.verify import verify_chain
from app.messaging import jobs as messaging
from app.plans.vocabulary import Track
from app.retention import jobs, operations
from tests.leaks.course import SECRET
from tests.retention.words import MARK, closed_course, places_of

# What came of it is kept: about the plan and the place, never about a person.
LESSONS = {
    "measures.title", "measures.what", "measures.expected", "measures.result",
    "measure_changes.before", "measure_changes.after",
}  # fmt: skip


# Present contacts, logins and the plan keep their numbers; what was sent to them does not.
NUMBERS = ("+4520", "@lindevangen.example")
PRESENT = {"contact_points.address", "users.email", "users.phone", "actors.phone"}


CASES = [(Track.POLICE, False), (Track.NON_POLICE, False), (Track.NON_POLICE, True)]


@pytest.mark.parametrize(("track", "is_exercise"), CASES)
def test_a_year_after_the_lock_the_whole_database_holds_no_word_of_it(scene, clock, track, is_exercise):
    course = closed_course(scene, clock, track, is_exercise=is_exercise)
    if not is_exercise:
        operations.note_export(course.incident, by=scene.reader(scene.cast.helhedsplan).by)
    db.session.commit()
    clock.advance(days=364)
    messaging.expire()
    assert jobs.keep_to_the_rules() == 0
    assert len(places_of(MARK, SECRET)) > 50
    clock.advance(days=2)
    assert jobs.keep_to_the_rules() == 1
    broadcasts.forget_recipients()
    messaging.forget_deliveries()
    messaging.forget_replies()
    assert set(places_of(MARK, SECRET)) <= LESSONS
    assert set(places_of(*NUMBERS)) <= PRESENT
    chain = course.incident.chain
    assert verify_chain(chain.id).is_whole
    seq = chain.seq
    clock.advance(days=40)
    assert jobs.keep_to_the_rules() == 0
    assert course.incident.chain.seq == seq
