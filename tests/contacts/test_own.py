"""One's own numbers: a test message on the way that a call-out goes, its code, and the half-yearly question."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.contacts.jobs import ask_to_confirm
from app.contacts.models import PointCheck
from app.extensions import db
from app.messaging.models import Delivery


@pytest.fixture
def mine(clock, scene):
    contact = scene.contacts["ssp"][1]
    contact.user_id = scene.cast.ssp.id
    contact.confirmed_at = clock.now - timedelta(days=300)
    db.session.commit()
    return contact


def sent(address: str) -> list[str]:
    return list(db.session.scalars(sa.select(Delivery.text).where(Delivery.address == address).order_by(Delivery.id)))


def code_in(text: str) -> str:
    return re.search(r"\d{6}", text)[0]


def test_a_code_that_came_confirms_the_contact_and_revives_the_number(scene, at, mine, clock):
    mine.points[0].dead_at = clock.now
    db.session.commit()
    visitor, url = at(scene.cast.ssp), f"/contacts/own/{mine.public_id}/0"
    assert visitor.post(f"{url}/test", {}).status_code == 303
    (text,) = sent(mine.points[0].address)
    assert visitor.post(f"{url}/confirmation", {"code": code_in(text)}).status_code == 303
    db.session.refresh(mine)
    assert mine.confirmed_at == clock.now and mine.points[0].dead_at is None


def test_a_wrong_code_says_so_and_five_of_them_end_the_test(scene, at, mine):
    visitor, url = at(scene.cast.ssp), f"/contacts/own/{mine.public_id}/0"
    visitor.post(f"{url}/test", {})
    right = code_in(sent(mine.points[0].address)[0])
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _ in range(5):
        answer = visitor.post(f"{url}/confirmation", {"code": wrong})
        assert answer.status_code == 422 and "Det er ikke koden." in answer.text
    assert visitor.post(f"{url}/confirmation", {"code": right}).status_code == 422
    assert db.session.scalars(sa.select(PointCheck)).one().confirmed_at is None


def test_a_second_tap_sends_nothing_and_an_old_code_is_worth_nothing(scene, at, mine, clock):
    visitor, url = at(scene.cast.ssp), f"/contacts/own/{mine.public_id}/0"
    for _ in range(2):
        visitor.post(f"{url}/test", {})
    (text,) = sent(mine.points[0].address)
    clock.advance(hours=1, minutes=1)
    assert visitor.post(f"{url}/confirmation", {"code": code_in(text)}).status_code == 422


def test_nobody_else_s_number_can_be_tested(scene, at, mine):
    other = scene.contacts["youth_club"][0]
    visitor = at(scene.cast.ssp)
    for url in (f"/contacts/own/{other.public_id}/0/test", f"/contacts/own/{mine.public_id}/9/test"):
        assert visitor.post(url, {}).status_code == 404
    assert sent(other.points[0].address) == []
    assert other.name not in visitor.text("/contacts/own")


def test_the_page_teaches_whoever_is_not_on_the_list(scene, at, mine):
    assert "Du står ikke på kontaktlisten" in at(scene.cast.ssp_observer).text("/contacts/own")


def test_an_old_confirmation_is_asked_about_once_and_in_office_hours(scene, mine, clock):
    ask_to_confirm()
    assert sent(mine.points[0].address) == []
    clock.set(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    for _ in range(2):
        ask_to_confirm()
    assert len(sent(mine.points[0].address)) == 1
    assert sent(scene.contacts["ssp"][0].points[0].address) == []


def test_people_whom_only_people_call_are_not_asked_by_a_machine(scene, mine, clock):
    mine.humans_only = True
    clock.set(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    ask_to_confirm()
    assert sent(mine.points[0].address) == []
