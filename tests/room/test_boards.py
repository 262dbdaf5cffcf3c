"""What was sent to the boards reaches their members on a page each; nothing else does, and nobody of the police."""

import re

import pytest

from app.broadcasts import operations, queries
from app.broadcasts.briefing import joined, parts
from app.broadcasts.states import Phase
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery
from tests.broadcasts.making import awaiting, compose, deliveries, police_case, sent
from tests.narrative.making import make_message
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, plain, submit

BOARD, SECTIONS = "social_housing_board", "section_boards"
TEXT = joined("Et rygte går.", "Utryghed.", "Vi går rundt.")
POLICE = ("police", "police_and_ssp", "board_and_police")


@pytest.fixture
def boards(scene):
    """A chair of the boligsociale bestyrelse and one of the section Lindehuse, both to be written to."""
    area = scene.cast.lindevangen
    chairs = (("Forperson", "30000071", BOARD), ("Lindehuses forperson", "30000072", SECTIONS))
    for name, number, key in (*chairs, ("Anna", "30000073", "residents")):
        add_contact(area, name=name, points=[(PointKind.MOBILE, number)], audiences=(key,))
    db.session.commit()


@pytest.fixture
def incident(scene, boards):
    """A rumour, no matter for the police."""
    made = scene.activate(scene.cast.ssp, what="Hemmeligt rygte om drab")
    make_message(scene, made, what_happened="Det fælles budskab")
    return made


def briefed(app, scene, incident, *audiences, **more):
    made = sent(scene, incident, *(audiences or (BOARD,)), **{"text": TEXT} | more)
    Dispatcher(app).drain()
    db.session.expire_all()
    return made


def page_of(made):
    return f"/briefings/{made.public_id}"


def mails_about(made):
    return db.session.query(Delivery).filter_by(group=f"briefing:{made.public_id}").all()


def test_the_member_is_told_reads_it_under_its_headings_and_finds_no_way_on(app, scene, incident, at):
    member = at(scene.cast.board)
    assert "Ingen orienteringer" in member.text("/")
    made = briefed(app, scene, incident)
    front, page = member.text("/"), member.text(page_of(made))
    assert "Der er en ny orientering til bestyrelsen." in front and page_of(made) in front
    for words in ("<h2>Situationen</h2>", "<h2>Mulige konsekvenser</h2>", "<h2>Mulige tiltag</h2>", "Et rygte går."):
        assert words in page
    for words in ("Hemmeligt", "Det fælles budskab", "SSP og", incident.public_id, "/incidents/"):
        assert words not in page.replace(made.made_as.name, ""), words
        assert words not in front, words
    assert member.get(address(incident)).status_code in (403, 404)
    (mail,) = mails_about(made)
    assert mail.address == scene.cast.board.email and page_of(made) in mail.text and "rygte" not in mail.text


def test_a_draft_one_that_waits_and_one_for_others_are_not_there(scene, incident, at):
    member = at(scene.cast.board)
    waiting = awaiting(scene, incident, None, BOARD)
    for one in (compose(scene, incident, None, BOARD), waiting, sent(scene, incident, "residents")):
        assert member.get(page_of(one)).status_code == 404
    assert "Ingen orienteringer" in member.text("/")


def test_nobody_but_board_members_of_the_area_reads_it_there(app, scene, incident, at):
    made = briefed(app, scene, incident)
    for name, user in scene.cast.everybody().items():
        expected = 200 if name == "board" else (403, 404)
        status = at(user).get(page_of(made)).status_code
        assert status == expected or status in (expected if isinstance(expected, tuple) else ()), name


@pytest.mark.parametrize("name", POLICE)
def test_of_a_b_nobody_of_the_police_reads_hears_or_is_mailed_anything(app, scene, incident, at, name):
    user = getattr(scene.cast, name)
    before = plain(at(user).text("/"))
    made = briefed(app, scene, incident, BOARD, SECTIONS)
    visitor = at(user)
    assert plain(visitor.text("/")) == before
    answer, none = visitor.get(page_of(made)), visitor.get("/briefings/" + "A" * 22)
    assert answer.status_code == none.status_code in (403, 404)
    assert user.email not in {one.address for one in mails_about(made)}


def test_a_board_member_who_is_police_reads_those_of_a_politisag(app, scene, boards, at):
    case = police_case(scene)
    make_message(scene, case, scene.cast.helhedsplan)
    made = briefed(app, scene, case)
    assert at(scene.cast.board_and_police).get(page_of(made)).status_code == 200
    assert {mail.state for mail in mails_about(made)} == {"sent"} and len(mails_about(made)) == 2


def test_a_board_member_whose_mail_is_the_polices_is_outside_b(app, scene, incident, at):
    points = [(PointKind.EMAIL, scene.cast.board.email)]
    add_contact(scene.cast.lindevangen, name="Vagten", actor=scene.cast.actors["police"], points=points)
    made = briefed(app, scene, incident)
    assert at(scene.cast.board).get(page_of(made)).status_code == 404
    assert mails_about(made) == [] and "Ingen orienteringer" in at(scene.cast.board).text("/")


def test_one_narrowed_to_another_section_is_not_theirs_until_they_are_named(app, scene, incident, at):
    other = db.session.query(Contact).filter_by(name="Lindehuses forperson").one()
    made = briefed(app, scene, incident, SECTIONS, named={SECTIONS: (other.id,)})
    assert at(scene.cast.board).get(page_of(made)).status_code == 404 and mails_about(made) == []
    other.user_id = scene.cast.board.id
    db.session.commit()
    assert at(scene.cast.board).get(page_of(made)).status_code == 200


def test_who_gets_the_text_by_the_same_mail_is_not_mailed_about_it_too(app, scene, incident):
    points = [(PointKind.EMAIL, scene.cast.board.email)]
    add_contact(scene.cast.lindevangen, name="Bente", points=points, audiences=(BOARD,))
    db.session.commit()
    assert mails_about(briefed(app, scene, incident)) == []


def test_taken_back_it_says_so_and_stopped_before_it_left_it_is_gone(app, scene, incident, at, clock):
    made = briefed(app, scene, incident)
    operations.withdraw(made, scene.reader(scene.cast.ssp), clock.now)
    db.session.commit()
    member = at(scene.cast.board)
    assert "Trukket tilbage kl." in member.text(page_of(made))
    assert "trukket tilbage" in member.text("/") and "Tilbagetrækning" in member.text("/")
    stopped = sent(scene, incident, BOARD, text="Stoppet.")
    assert member.get(page_of(stopped)).status_code == 200
    operations.stop(stopped, scene.reader(scene.cast.ssp))
    db.session.commit()
    assert member.get(page_of(stopped)).status_code == 404
    assert {mail.state for mail in mails_about(stopped)} == {"cancelled"}


def test_an_exercise_tells_no_board(app, scene, boards, at):
    incident = scene.activate(scene.cast.ssp, is_exercise=True)
    make_message(scene, incident)
    made = sent(scene, incident, BOARD)
    assert at(scene.cast.board).get(page_of(made)).status_code == 404 and mails_about(made) == []
    assert len(deliveries(made)) > 0


def test_put_away_the_notice_is_gone_and_the_text_stays(app, scene, incident, at):
    made = briefed(app, scene, incident)
    member = at(scene.cast.board)
    until = re.search(r'name="until" value="([^"]+)"', member.text("/"))[1]
    assert member.post("/notices/seen", {"until": until}).status_code == 303
    front = member.text("/")
    assert "Der er en ny orientering" not in front and page_of(made) in front


@pytest.mark.parametrize("text", ["Alt er roligt.", "Situationen:\nRolig.", TEXT.replace("Mulige tiltag:", "Tiltag:")])
def test_a_text_without_the_three_headings_is_no_briefing(text):
    assert parts(text) == []


def test_a_briefing_comes_apart_as_it_was_put_together():
    assert [said for _heading, said in parts(joined("En.\n\nTo.", "Tre", "Fire"))] == ["En.\n\nTo.", "Tre", "Fire"]


def test_written_by_its_form_it_is_told_as_an_update_the_second_time(app, scene, incident, at):
    done(submit(
        at(scene.cast.helhedsplan), address(incident, "/broadcasts/briefing"), situation="A", consequences="B",
        measures="C",
    ))  # fmt: skip
    (made,) = queries.broadcasts_of(incident)
    assert made.phase is Phase.FIRST and parts(made.text)[0] == ("Situationen", "A")
