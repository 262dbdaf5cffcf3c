"""The debrief's questions on a page of its own, for a contact without login; and who is reminded, when, once."""

import re

from app.areas.models import Membership
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.lib import clock as time
from app.messaging.models import Delivery
from app.notices.models import Notice
from app.plans.vocabulary import Track
from app.reviews import jobs, queries
from app.reviews.operations import answer
from app.transitions.stand_down import StandDown, stand_down
from tests.callout.conftest import count
from tests.reviews.test_lock import lock
from tests.reviews.test_page import address, send


def links(review) -> list[str]:
    texts = db.session.query(Delivery).filter_by(about=f"debrief:{review.id}").order_by(Delivery.id)
    return [found[0] for one in texts if (found := re.search(r"/d/[\w-]+", one.text))]


def send_link(scene, at, over, contact) -> str:
    path = address(over, "/links/new")
    assert send(at(scene.cast.helhedsplan), path, contact=contact.public_id).status_code == 303
    return links(queries.review_of(over))[-1]


def test_a_contact_without_login_answers_until_the_review_is_locked(scene, at, over):
    path = send_link(scene, at, over, scene.contacts["youth_club"][1])
    out = at()
    page = out.text(path)
    assert "Hvordan gik det for Ungdomsklubben?" in page and "Rygte om drab" not in page
    digest = re.search(r'name="digest"[^>]*value="([^"]+)"', page)[1]
    once = {"once": "o" * 20, "digest": digest}
    refused = out.post(path, once | {"q0": "Det var 010203-1234"})
    assert refused.status_code == 422 and "CPR" in refused.text and "010203-1234" in refused.text
    assert out.post(path, once | {"q0": "Vi blev ringet op for sent."}).status_code == 200
    inside = at(scene.cast.ssp).text(address(over))
    assert "Vi blev ringet op for sent." in inside and "youth_club B" in inside and "på link" in inside
    log = [entry.text or "" for entry in queries.entries_after(over, 0, 100)]
    assert any("Svar modtaget på debriefen fra Ungdomsklubben" in text for text in log)
    assert not any("ringet op for sent" in text for text in log)

    stale = out.post(path, once | {"q0": "Noget andet"})
    assert stale.status_code == 409 and "Noget andet" in stale.text
    assert db.session.query(Delivery).filter(Delivery.text.contains("/d/")).one().without_police
    lock(scene, at, over)
    for answer_ in (out.get(path), out.post(path, once | {"q0": "For sent"})):
        assert answer_.status_code == 404 and "Linket gælder ikke mere" in answer_.text


def test_a_link_ends_for_whoever_becomes_police_and_none_is_sent_to_them(scene, at, over):
    club = scene.contacts["youth_club"][0]
    path = send_link(scene, at, over, club)
    number = club.point(PointKind.MOBILE).address
    add_contact(
        scene.cast.lindevangen, name="V", actor=scene.cast.actors["police"], points=[(PointKind.MOBILE, number)]
    )
    db.session.commit()
    gone, never = at().get(path), at().get("/d/never-was")
    assert gone.status_code == never.status_code == 404 and len(gone.text) == len(never.text)
    assert club.public_id not in at(scene.cast.helhedsplan).text(address(over, "/links/new"))


def test_a_party_sends_links_to_its_own_people_alone_and_the_leader_to_all(scene, at, over):
    own, others = scene.contacts["ssp"][1].public_id, scene.contacts["youth_club"][1].public_id
    page = at(scene.cast.ssp).text(address(over, "/links/new"))
    assert own in page and others not in page
    assert send(at(scene.cast.ssp), address(over, "/links/new"), contact=others).status_code == 422


def test_silent_parties_are_reminded_in_office_hours_once_each_time_and_by_link_where_nobody_has_a_login(
    scene, over, clock
):
    review = queries.review_of(over)
    db.session.query(Membership).filter_by(actor_id=scene.cast.actors["youth_club"].id).update({"ended_at": time.now()})
    by = scene.reader(scene.cast.ssp).by
    answer(review, by.actor, {"q0": "Godt"}, by=by)
    db.session.commit()
    assert jobs.remind_of_debrief() == 0  # Sunday night
    clock.advance(hours=34)  # Tuesday, 9.40
    for _ in range(2):
        jobs.remind_of_debrief()
    told = {one.key.split(":")[0] + ":" + one.key.split(":")[2] for one in db.session.query(Notice).filter(
        Notice.key.like("debrief-first:%"))}  # fmt: skip
    ids = {key: scene.cast.actors[key].id for key in ("youth_club", "family_centre", "helhedsplan")}
    assert told == {f"debrief-first:{id_}" for id_ in ids.values()}
    assert len(links(review)) == 1
    clock.advance(days=1)  # Wednesday, after the deadline
    jobs.remind_of_debrief()
    assert count(Notice, Notice.key.like("debrief-late:%")) + count(Notice, Notice.key.like("debrief-due:%")) == 3
    assert not {d.address for d in db.session.query(Delivery).filter_by(group=f"debrief:{review.id}")} & {
        point.address for contact in scene.contacts["police"] for point in contact.points
    }


def test_an_answer_after_the_deadline_is_marked_and_stays_so(scene, at, over, clock):
    clock.advance(days=5)
    send(at(scene.cast.ssp), address(over, "/answers"), q0="Sent")
    assert "Svarede efter fristen" in at(scene.cast.helhedsplan).text(address(over))


def test_owners_are_reminded_until_the_point_is_closed(scene, at, over, clock):
    owner = scene.cast.actors["youth_club"].public_id
    send(at(scene.cast.ssp), address(over, "/learning/new"), text="Aftal vagter", owner=owner, due_on="2026-12-03")
    clock.advance(hours=34)  # Tuesday 24 November, nine days before
    assert jobs.remind_of_learning() == 0
    clock.advance(days=3)  # Friday 27
    assert [jobs.remind_of_learning(), jobs.remind_of_learning()] == [1, 0]
    clock.advance(days=7)  # Friday 4 December, a day late
    assert [jobs.remind_of_learning(), jobs.remind_of_learning()] == [1, 0]
    clock.advance(days=7)
    assert jobs.remind_of_learning() == 1
    told = db.session.query(Notice).filter(Notice.key.like("learning:%")).all()
    assert all(one.without_police and one.actor_id == scene.cast.actors["youth_club"].id for one in told)
    point = queries.learning_points_of(queries.review_of(over))[0]
    send(at(scene.cast.youth_club), address(over, f"/learning/{point.public_id}"), note="Vagtplan lavet")
    clock.advance(days=7)
    assert jobs.remind_of_learning() == 0


def test_an_exercise_says_so_in_every_reminder(scene, clock):
    incident = scene.activate(scene.cast.ssp, Track.NON_POLICE, is_exercise=True)
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    clock.advance(hours=34)
    jobs.remind_of_debrief()
    sent = db.session.query(Delivery).filter_by(group=f"debrief:{queries.review_of(incident).id}").all()
    assert sent and all(one.text.startswith("ØVELSE") and one.is_exercise for one in sent)
