"""Two people send their forms at the same moment: it ends in an allowed state, nobody gets a text twice, and the
one who came second is shown so with what they typed."""

import html
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.broadcasts import queries
from app.broadcasts.models import Broadcast
from app.broadcasts.states import BroadcastState
from app.extensions import db
from app.incidents.models import Incident, SameIncidentQuestion
from app.logbook.verify import verify_chain
from app.messaging.dispatcher import Dispatcher
from app.messaging.states import DeliveryState
from app.plans.vocabulary import IncidentStatus
from app.tasks import operations as tasks
from tests.broadcasts.making import add_audiences, awaiting, deliveries, police_case, sent
from tests.factories import Visitor
from tests.narrative.making import make_message
from tests.room.incident_forms import at as address
from tests.room.incident_forms import opened
from tests.scene import Scene

Post = tuple[Visitor, str, dict[str, Any]]
LEFT = {DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.UNCERTAIN}


def ready(visitor: Visitor, path: str, **typed: Any) -> Post:
    """The form as this person has it open, filled in."""
    return visitor, path, opened(visitor, path) | typed | {"csrf_token": visitor.token}


def at_once(*posts: Post, beside: Callable[[], object] = lambda: None) -> list[TestResponse]:
    """All start together, `beside` too."""
    start = Barrier(len(posts) + 1)
    db.session.commit()

    def post(visitor: Visitor, path: str, data: dict[str, Any]) -> TestResponse:
        start.wait(timeout=30)
        return visitor.client.post(path, data=data)

    def other() -> None:
        start.wait(timeout=30)
        beside()

    with ThreadPoolExecutor(len(posts) + 1) as pool:
        along = pool.submit(other)
        answers = list(pool.map(lambda one: post(*one), posts))
        along.result()
    db.session.expire_all()
    return answers


def codes(answers: list[TestResponse]) -> list[int]:
    return [answer.status_code for answer in answers]


@pytest.fixture
def b(scene: Scene) -> Incident:
    """A gathering, not a matter for the police, with audiences and a shared message."""
    add_audiences(scene)
    incident = scene.activate(scene.cast.ssp, category="youth_gathering")
    make_message(scene, incident)
    return incident


def same(b: Incident) -> str:
    found = db.session.scalars(sa.select(SameIncidentQuestion).filter_by(incident_id=b.id)).one()
    return address(b, f"/same-incident/{found.public_id}")


def page_of(text: Broadcast, page: str) -> str:
    return address(text.incident, f"/broadcasts/{text.public_id}/{page}")


def nobody_twice(*texts: Broadcast) -> bool:
    got = [d.address for text in texts for d in deliveries(text) if d.state is not DeliveryState.CANCELLED]
    return len(got) == len(set(got))


# ---- a message and the switch ----------------------------------------------------------------------------------------


def test_a_release_and_the_switch_at_once_never_let_a_stopped_text_go(scene, b, at):
    text = awaiting(scene, b, text="Klubben lukker.")
    case = police_case(scene)
    ssp, helper = at(scene.cast.ssp), at(scene.cast.helhedsplan)
    yes = ready(ssp, same(b), answer="yes", texts=[text.public_id], summary="To unge sloges.")
    answers = at_once(yes, ready(helper, page_of(text, "release"), when="now"))
    assert sorted(codes(answers)) == [303, 409]
    if answers[0].status_code == 303:
        assert b.status is IncidentStatus.TO_POLICE and text.state is BroadcastState.CANCELLED
        assert deliveries(text) == [] and len(queries.broadcasts_of(case)) == 1
        assert "ændret" in answers[1].text
    else:
        assert b.status is IncidentStatus.ACTIVE and text.state is BroadcastState.UNDER_WAY
        assert "To unge sloges." in html.unescape(answers[0].text), "the summary is kept"
        assert queries.broadcasts_of(case) == []
    assert verify_chain(b.chain_id).is_whole and verify_chain(case.chain_id).is_whole


def test_the_polices_yes_and_their_release_of_the_case_at_once(scene, at):
    add_audiences(scene)
    case = police_case(scene)
    make_message(scene, case, scene.cast.helhedsplan)
    text = awaiting(scene, case, scene.cast.ssp, text="Bliv inde.")
    answers = at_once(
        ready(at(scene.cast.police), page_of(text, "release"), when="now"),
        ready(at(scene.cast.police), address(case, "/release"), accepting="helhedsplan"),
    )
    # Who comes second has no part in it any more, and is told so.
    assert codes(answers)[1] == 303 and codes(answers)[0] in (303, 403, 409)
    assert case.status is IncidentStatus.RELEASED
    assert codes(answers)[0] != 403 or "Din del af hændelsen er afsluttet" in answers[0].text
    opened_ = db.session.scalars(sa.select(Incident).filter(Incident.once_key.like("released:%"))).one()
    [draft] = queries.broadcasts_of(opened_)
    assert draft.state is BroadcastState.DRAFT and deliveries(draft) == []
    assert {d.state for d in deliveries(text)} <= {DeliveryState.CANCELLED}


def test_the_switch_beside_the_sender_leaves_nobody_with_two(app: Flask, scene, b, at):
    text = sent(scene, b, "residents", "institutions", text="Klubben lukker.")
    case = police_case(scene)
    ssp = at(scene.cast.ssp)

    def send() -> None:
        with app.app_context():
            Dispatcher(app).drain()
            db.session.remove()

    yes = ready(ssp, same(b), answer="yes", texts=[text.public_id])
    [answer] = at_once(yes, beside=send)
    assert answer.status_code == 303 and b.status is IncidentStatus.TO_POLICE
    states = {d.state for d in deliveries(text)}
    assert states <= {DeliveryState.CANCELLED, *LEFT}
    for draft in queries.broadcasts_of(case):
        path = page_of(draft, "ready")
        at(scene.cast.ssp).post(path, opened(ssp, path) | {"when": "now"})
        police = at(scene.cast.police)
        police.post(page_of(draft, "release"), opened(police, page_of(draft, "release")) | {"when": "now"})
        db.session.expire_all()
        assert nobody_twice(text, draft)


# ---- a message -------------------------------------------------------------------------------------------------------


def test_a_release_and_an_edit_at_once_are_one_and_the_other_keeps_its_text(scene, b, at):
    text = awaiting(scene, b, text="Den læste tekst.")
    written = {"phase": "first", "audiences": ["residents"], "text": "Den nye tekst."}
    answers = at_once(
        ready(at(scene.cast.helhedsplan), page_of(text, "release"), when="now"),
        ready(at(scene.cast.ssp), page_of(text, "edit"), **written),
    )
    assert sorted(codes(answers)) == [303, 409]
    if answers[0].status_code == 303:
        assert text.text == "Den læste tekst." == deliveries(text)[0].text
        assert "Den nye tekst." in html.unescape(answers[1].text), "what was typed is kept"
    else:
        assert text.text == "Den nye tekst." and deliveries(text) == []
        assert "Den nye tekst." in html.unescape(answers[0].text), "and the second sees what it says now"


def test_two_edits_at_once_are_one_and_the_second_sees_both_texts(scene, b, at):
    text = awaiting(scene, b, text="Den første tekst.")
    written = {"phase": "first", "audiences": ["residents"]}
    answers = at_once(
        ready(at(scene.cast.helhedsplan), page_of(text, "edit"), text="Helles tekst.", **written),
        ready(at(scene.cast.ssp), page_of(text, "edit"), text="Sannes tekst.", **written),
    )
    assert sorted(codes(answers)) == [303, 409]
    second = html.unescape(next(answer for answer in answers if answer.status_code == 409).text)
    assert "Helles tekst." in second and "Sannes tekst." in second
    assert text.version == 2 and text.text in ("Helles tekst.", "Sannes tekst.")


# ---- who leads, and how it ends --------------------------------------------------------------------------------------


def test_two_who_take_over_at_once_are_one_and_the_other_is_shown_who(scene, b, at):
    path = address(b, "/lead")
    answers = at_once(
        ready(at(scene.cast.helhedsplan), path, reason="SSP svarer ikke"),
        ready(at(scene.cast.youth_club), path, reason="Vi står her"),
    )
    assert sorted(codes(answers)) == [303, 409]
    second = next(answer for answer in answers if answer.status_code == 409)
    assert b.leader.name in html.unescape(second.text) and b.leader.key in ("helhedsplan", "youth_club")
    assert "Vi står her" in second.text or "SSP svarer ikke" in second.text


def test_the_switch_and_the_stand_down_at_once_end_it_once(scene, b, at):
    case = police_case(scene)
    db.session.commit()
    tasks.move_open_to_follow_up(b)
    answers = at_once(
        ready(at(scene.cast.ssp), same(b), answer="yes", summary="To unge sloges."),
        ready(at(scene.cast.ssp), address(b, "/stand-down"), note="Der er ro."),
    )
    assert sorted(codes(answers)) == [303, 409]
    assert b.status is (IncidentStatus.TO_POLICE if codes(answers)[0] == 303 else IncidentStatus.STOOD_DOWN)
    second = html.unescape(next(a for a in answers if a.status_code == 409).text)
    assert "To unge sloges." in second or "Der er ro." in second
    assert case.status is IncidentStatus.ACTIVE and verify_chain(b.chain_id).is_whole


def test_a_yes_and_the_polices_stand_down_at_once(scene, b, at):
    case = police_case(scene)
    tasks.move_open_to_follow_up(case)
    answers = at_once(
        ready(at(scene.cast.ssp), same(b), answer="yes", summary="To unge sloges."),
        ready(at(scene.cast.police), address(case, "/stand-down")),
    )
    assert codes(answers)[1] == 303 and case.status is IncidentStatus.STOOD_DOWN
    if codes(answers)[0] == 303:
        assert b.status is IncidentStatus.TO_POLICE
    else:
        assert codes(answers)[0] in (409, 422) and b.status is IncidentStatus.ACTIVE
        assert "To unge sloges." in html.unescape(answers[0].text)


def test_two_tovholders_answers_at_once_count_once(scene, b, at):
    """The first taps *ja*; the second has just taken over and taps *nej*."""
    police_case(scene)
    answers = at_once(
        ready(at(scene.cast.ssp), same(b), answer="yes"),
        ready(at(scene.cast.helhedsplan), address(b, "/lead"), reason="SSP svarer ikke"),
    )
    assert sorted(codes(answers)) == [303, 409]
    assert b.status is (IncidentStatus.TO_POLICE if codes(answers)[0] == 303 else IncidentStatus.ACTIVE)
