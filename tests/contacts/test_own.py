"""One's own numbers: a test message on the way that a call-out goes, its code, and the half-yearly question."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.contacts.jobs import ask_to_confirm
from app.contacts.models import PointCheck, PointKind
from app.contacts.operations import add_contact, edit_contact
from app.extensions import db
from app.messaging.models import Delivery
from tests.factories import Visitor


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


# ---- without login ---------------------------------------------------------------------------------------------------

OFFICE = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def press(clock, scene):
    """A contact of an audience, old, and one more of each kind that is not asked."""
    made = add_contact(
        scene.cast.lindevangen, name="Linde Avis", function="redaktør", audiences=["press"],
        points=[(PointKind.MOBILE, "20555501"), (PointKind.EMAIL, "red@linde.example")],
    )  # fmt: skip
    others = [
        add_contact(scene.cast.lindevangen, name="Beboer", points=[(PointKind.MOBILE, "20555502")],
                    audiences=["residents"]),
        add_contact(scene.cast.lindevangen, name="Har sagt nej", points=[(PointKind.MOBILE, "20555503")],
                    audiences=["press"]),
        add_contact(scene.cast.lindevangen, name="Siger forkert", points=[(PointKind.MOBILE, "20555504")],
                    audiences=["press"]),
    ]  # fmt: skip
    for one in (made, *others):
        one.confirmed_at = clock.now - timedelta(days=300)
    others[1].opted_out_at = others[2].disputed_at = clock.now
    db.session.commit()
    clock.set(OFFICE)
    return made


def link_in(text: str) -> str:
    return re.search(r"/c/[\w-]+", text)[0]


def test_a_contact_without_login_confirms_by_the_link_and_opening_it_changes_nothing(app, scene, press, clock):
    ask_to_confirm()
    (text,) = sent("+4520555501")
    assert "Der er ikke sket noget" in text
    for number in ("+4520555502", "+4520555503", "+4520555504"):
        assert sent(number) == []
    press.points[0].dead_at = clock.now
    db.session.commit()
    anybody, link = Visitor(app), link_in(text)
    page = anybody.text(link)
    assert "Linde Avis" in page and "20 •• •• 01" in page and "20 55 55 01" not in page and "red@" not in page
    assert anybody.post(link, {"answer": "whatever"}).status_code == 422
    db.session.refresh(press)
    assert press.confirmed_at < clock.now
    assert "Vi kan stadig nå dig" in anybody.post(link, {"answer": "right"}).get_data(as_text=True)
    db.session.expire_all()
    assert press.confirmed_at == clock.now and press.points[0].dead_at is None
    assert anybody.post(link, {"answer": "wrong"}).status_code == anybody.get(link).status_code == 404


def test_a_no_is_shown_to_those_who_keep_the_list_until_somebody_has_mended_it(app, scene, at, press, clock):
    ask_to_confirm()
    Visitor(app).post(link_in(sent("+4520555501")[0]), {"answer": "wrong"})
    visitor = at(scene.cast.helhedsplan)
    assert "Linde Avis" in visitor.text("/contacts?state=disputed")
    clock.advance(days=30)
    ask_to_confirm()
    assert len(sent("+4520555501")) == 1, "not asked again before it is mended"
    edit_contact(press, name="Linde Avis", points={}, function="", actor=None, position=0, place=None, entrance="",
                 audiences=None, language=press.language, is_police=False, is_volunteer=False,
                 humans_only=False)  # fmt: skip
    assert press.disputed_at is None and [m.audience_key for m in press.audiences] == ["press"]


def test_silence_is_reminded_of_once_and_then_shown(scene, press, clock):
    for days, texts in ((0, 1), (7, 1), (8, 2), (30, 2)):  # the last: a third is never sent
        clock.advance(days=days)
        for _worker in range(2):
            ask_to_confirm()
        assert len(sent("+4520555501")) == texts, days
    assert "spørger igen" in sent("+4520555501")[1]


@pytest.mark.parametrize("what", ["moved", "ended", "old", "guessed"])
def test_a_link_is_worth_nothing_once_it_is_not_theirs_any_more(app, scene, press, clock, what):
    ask_to_confirm()
    link = link_in(sent("+4520555501")[0])
    if what == "moved":
        press.points[0].address = "+4520555599"
    elif what == "ended":
        press.ended_at = clock.now
    elif what == "old":
        clock.advance(days=61)
    else:
        link = link[:-4] + "AAAA"
    db.session.commit()
    answer = Visitor(app).get(link)
    assert answer.status_code == 404 and "Linde Avis" not in answer.get_data(as_text=True)
