"""The switch on screen: the question, what goes along, the release, the whole course; and what the police never see."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import DECLARATION_VERSION
from app.direction.models import HeardBy
from app.direction.queries import acts_of
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident, SameIncidentQuestion
from app.lib import clock as time
from app.logbook.kinds import Kind
from app.logbook.verify import verify_chain
from app.plans.vocabulary import IncidentStatus, Track
from app.tasks import operations as task_operations
from app.tasks import queries as tasks
from app.tasks.models import TaskSource
from app.transitions import colleague, same_incident
from app.transitions.activate import PoliceSaid
from app.transitions.release_case import Release, release_case
from app.transitions.same_incident import Along
from tests.factories import Visitor
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, opened, plain, said, submit
from tests.room.test_room_rights import answers, values_of, without_tokens
from tests.scene import Scene

SECRET = "kun mellem os"
PAGES = (
    "/",
    "/front/now",
    "/front/live",
    "/incidents",
    "/incidents?kind=police",
    "/incidents?kind=non_police",
    "/activate",
)
OF_THE_POLICE = ("police", "police_and_ssp", "board_and_police")
ROOM = ("", "/live", "/log", "/panels/band", "/panels/log", "/course")
CHANGING = re.compile(r"[\w.-]{32,}|20\d\d-\d\d-\d\dT[\d:.+]+")


@pytest.fixture
def b(scene: Scene) -> Incident:
    """A brawl in the club, led by SSP; it holds what the police must never see."""
    incident = scene.activate(scene.cast.ssp, what=f"Slagsmål, {SECRET}", category="youth_gathering")
    by = scene.reader(scene.cast.ssp).by
    log.write(incident, Kind.FACT, f"En note, {SECRET}", by=by)
    task_operations.add(
        incident, scene.cast.actors["youth_club"], key="t", source=TaskSource.ADDED, text="Luk klubben", due_at=None
    )
    db.session.commit()
    return incident


@pytest.fixture
def a(scene: Scene, b: Incident) -> Incident:
    """The police's own case, begun while B runs."""
    return police_case(scene)


def police_case(scene: Scene, **more) -> Incident:
    return scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Vold i klubben", **more)


def question(incident: Incident) -> str:
    found = db.session.scalars(sa.select(SameIncidentQuestion).filter_by(incident_id=incident.id)).one()
    return address(incident, f"/same-incident/{found.public_id}")


def switch(scene: Scene, b: Incident, **along) -> None:
    found = db.session.scalars(sa.select(SameIncidentQuestion).filter_by(incident_id=b.id)).one()
    same_incident.answer_yes(found, scene.reader(scene.cast.ssp), Along(**along))
    db.session.commit()


def let_go(scene: Scene, case: Incident, said_: PoliceSaid | None = None) -> Incident:
    user = scene.cast.ssp if said_ else scene.cast.police
    b = release_case(case, scene.reader(user), Release(scene.cast.actors["helhedsplan"], police_said=said_))
    db.session.commit()
    return b


def phoned() -> PoliceSaid:
    return PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())


def status(incident: Incident) -> IncidentStatus:
    db.session.expire_all()
    return incident.status


# ---- B → A -----------------------------------------------------------------------------------------------------------


def test_the_question_stands_on_the_front_page_and_on_top_of_the_room(scene, b, a, at):
    assert "Er det samme hændelse som jeres" in plain(at(scene.cast.ssp).text("/"))
    room = at(scene.cast.ssp).text(address(b))
    assert question(b) in room and "Er det samme hændelse?" in plain(room)
    club = at(scene.cast.youth_club).text(address(b))
    assert question(b) not in club and "Tovholderen svarer: SSP og opsøgende team." in plain(club)
    band = at(scene.cast.ssp).text(address(b, "/panels/band"))
    assert question(b) in band


def test_yes_on_one_form_with_a_ticked_task_and_a_summary(scene, b, a, at):
    visitor = at(scene.cast.ssp)
    page = plain(visitor.text(question(b)))
    assert "Luk klubben" in page and "Skyderi" in page
    ticked = tasks.by_key(b, "t").public_id
    form = opened(visitor, question(b)) | {"answer": "yes", "tasks": [ticked], "summary": "To unge sloges."}
    assert done(visitor.post(question(b), form)).location == done(visitor.post(question(b), form)).location
    assert status(b) is IncidentStatus.TO_POLICE
    assert said(a).count("To unge sloges.") == 1
    assert [t.text for t in tasks.of_incident(a)].count("Luk klubben") == 1
    room = plain(visitor.text(address(b)))
    assert "Hændelsen er overgået til politisag. Politiet leder nu." in room
    assert "Forløbet efter: Politisag: Vold i klubben" in room
    done(submit(visitor, address(b, "/summary-for-police"), summary="Klubben er tom nu."))
    assert "Klubben er tom nu." in said(a) and "Klubben er tom nu." not in said(b)


def test_a_cpr_number_in_the_summary_is_refused_and_the_text_kept(scene, b, a, at):
    answer = submit(at(scene.cast.ssp), question(b), answer="yes", summary="Det var 010190-1234")
    assert answer.status_code == 422 and "010190-1234" in answer.text
    assert status(b) is IncidentStatus.ACTIVE


def test_no_is_one_answer_and_neither_changes(scene, b, a, at):
    was = said(a)
    done(submit(at(scene.cast.ssp), question(b), answer="no", summary="Går ikke med"))
    assert (status(b), status(a), said(a)) == (IncidentStatus.ACTIVE, IncidentStatus.ACTIVE, was)
    room = at(scene.cast.ssp).text(address(b))
    assert "Svar ja eller nej" not in room and "Det er alligevel politiets sag" in room
    assert "Det er alligevel politiets sag" not in at(scene.cast.youth_club).text(address(b))
    done(submit(at(scene.cast.ssp), question(b), answer="yes"))
    assert status(b) is IncidentStatus.TO_POLICE


def test_without_a_glimpse_the_tovholder_hears_no_more_than_that_there_is_a_case(scene, at):
    b = scene.activate(scene.cast.housing, category="youth_gathering")
    case = police_case(scene)
    case.glimpse_closed = True
    db.session.commit()
    page = plain(at(scene.cast.housing).text(question(b)))
    assert "Politiet har fået en sag i området." in page and "Skyderi" not in page


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/log/new", {"kind": "note", "text": "Halvt skrevet", "sharing": "parties"}),
        ("/tasks/new", {"text": "Halvt skrevet", "minutes": "30"}),
    ],
)
def test_a_form_opened_before_the_switch_answers_409_and_keeps_the_text(scene, b, a, at, path, typed):
    slow = at(scene.cast.ssp)
    form = opened(slow, address(b, path)) | {"actor": scene.cast.actors["ssp"].public_id} | typed
    switch(scene, b)
    answer = slow.post(address(b, path), form)
    assert answer.status_code == 409
    assert "overgået til politisag" in plain(answer.text) and "Halvt skrevet" in answer.text
    assert "Halvt skrevet" not in said(b)


@pytest.mark.parametrize("path", ["/log/new", "/tasks/new"])
def test_the_same_after_a_release(scene, a, at, path):
    slow = at(scene.cast.ssp)
    form = opened(slow, address(a, path)) | {"kind": "note", "text": "Halvt skrevet", "sharing": "parties"}
    form |= {"actor": scene.cast.actors["ssp"].public_id, "minutes": "30"}
    let_go(scene, a)
    answer = slow.post(address(a, path), form)
    assert answer.status_code == 409
    assert "frigivet" in plain(answer.text) and "Halvt skrevet" in answer.text


# ---- A → B -----------------------------------------------------------------------------------------------------------


def test_the_police_let_go_and_are_led_to_what_they_may_read(scene, a, at):
    visitor = at(scene.cast.police)
    assert "/release" in visitor.text(address(a))
    answer = done(submit(visitor, address(a, "/release"), accepting="helhedsplan"))
    assert answer.location.endswith(address(a))
    room = plain(visitor.text(address(a)))
    assert "Politiet har frigivet sagen. Din del af den er afsluttet." in room
    assert "Forløbet" not in room and "Ikke politisag" not in room
    assert visitor.get(address(a, "/course")).status_code == 404


def test_the_word_of_the_police_is_recorded_by_a_party_who_goes_on(scene, a, at):
    visitor = at(scene.cast.ssp)
    assert "Så frigiver politiet sagen i stedet" in visitor.text(address(a, "/stand-down"))
    assert submit(visitor, address(a, "/release"), accepting="helhedsplan", heard_by="phone").status_code == 422
    answer = submit(visitor, address(a, "/release"), accepting="helhedsplan", heard_by="phone", said_by="Vagtchefen")
    room = plain(visitor.text(done(answer).location))
    assert "IKKE POLITISAG" in room.upper() and "Forløbet før: Politisag: Vold i klubben" in room
    before = visitor.text(address(a))
    assert "Politiets frigivelse af sagen er ikke bekræftet" in plain(before)
    [act] = acts_of(a)
    deny = address(a, f"/police-acts/{act.public_id}/denial")
    assert "politisagen er aktiv igen" in plain(at(scene.cast.police).text(deny))
    done(submit(at(scene.cast.police), deny, how="Nej"))
    assert status(a) is IncidentStatus.ACTIVE


def test_nobody_releases_what_is_no_politisag(scene, b, at):
    assert at(scene.cast.ssp).get(address(b, "/release")).status_code == 404
    assert "/release" not in at(scene.cast.ssp).text(address(b))


# ---- the whole course ------------------------------------------------------------------------------------------------


def test_who_is_in_both_reads_one_course_with_each_lines_track(scene, b, a, at):
    switch(scene, b)
    for incident in (a, b):
        page = plain(at(scene.cast.youth_club).text(address(incident, "/course")))
        assert "En note, kun mellem os" in page and "Aktiveret som politisag: Vold i klubben" in page
        assert "Politisag" in page and "Ikke politisag" in page


def test_what_an_organisation_keeps_to_itself_stays_so_in_the_course(scene, b, a, at):
    from app.plans.vocabulary import SharingLevel

    by = scene.reader(scene.cast.helhedsplan).by
    log.write(b, Kind.NOTE, "Vores eget", by=by, sharing=SharingLevel.OWN_ORGANISATION)
    db.session.commit()
    switch(scene, b)
    assert "Vores eget" in at(scene.cast.helhedsplan).text(address(a, "/course"))
    assert "Vores eget" not in at(scene.cast.youth_club).text(address(a, "/course"))


@pytest.mark.parametrize("name", [*OF_THE_POLICE, "housing", "neighbour", "administrator"])
def test_who_may_see_but_one_finds_no_course(scene, b, a, at, name):
    switch(scene, b)
    visitor = at(getattr(scene.cast, name))
    assert visitor.get(address(a, "/course")).status_code in (403, 404)
    assert visitor.get(address(b, "/course")).status_code in (403, 404)


def test_two_police_cases_with_a_b_between_stay_two_to_the_police(scene, at):
    first = police_case(scene)
    between = let_go(scene, first)
    second = scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Ny vold")
    found = db.session.scalars(sa.select(SameIncidentQuestion).filter_by(incident_id=between.id)).one()
    same_incident.answer_yes(found, scene.reader(scene.cast.helhedsplan), Along())
    db.session.commit()
    for incident in (first, second):
        assert "/course" not in at(scene.cast.police).text(address(incident))
        assert at(scene.cast.police).get(address(incident, "/course")).status_code == 404
    course = plain(at(scene.cast.ssp).text(address(second, "/course")))
    assert course.count("Vold i klubben") >= 2 and "Ny vold" in course


# ---- police persons and guests ---------------------------------------------------------------------------------------


def look(visitor: Visitor, *incidents: Incident) -> dict[str, tuple[int, str]]:
    rooms = [address(incident, path) for incident in incidents for path in ROOM]
    found = {path: visitor.get(path) for path in (*PAGES, *rooms)}
    return {path: (answer.status_code, CHANGING.sub("", without_tokens(answer.text))) for path, answer in found.items()}


@pytest.mark.parametrize("name", OF_THE_POLICE)
def test_a_switch_changes_nothing_that_the_police_can_fetch(scene, b, a, at, name):
    visitor = at(getattr(scene.cast, name))
    before = look(visitor, a)
    switch(scene, b)
    after = look(visitor, a)
    assert after == before
    assert not [path for path, (_, text) in after.items() if SECRET in text or b.public_id in text]


def test_the_same_switch_shows_to_those_inside(scene, b, a, at):
    """Else the test above would prove nothing."""
    visitor = at(scene.cast.youth_club)
    before = look(visitor, a)
    switch(scene, b)
    assert look(visitor, a)[address(a)] != before[address(a)]


@pytest.mark.parametrize("name", OF_THE_POLICE)
def test_no_address_of_a_b_that_became_a_politisag_answers_the_police(app: Flask, scene, b, a, name):
    asked = question(b).rsplit("/", 1)[1]
    switch(scene, b, summary="Til jer")
    visitor = Visitor(app, getattr(scene.cast, name))
    here = values_of(b, scene) | {"question": asked}
    nowhere = here | {"public_id": "A" * 22}
    for (what, code, page), (_, none, empty) in zip(
        list(answers(visitor, app, here)), list(answers(visitor, app, nowhere)), strict=True
    ):
        assert code in (403, 404), what
        assert (code, without_tokens(page)) == (none, without_tokens(empty)), what
    in_a = values_of(a, scene) | {"question": asked}
    for what, _, page in answers(visitor, app, in_a):
        assert SECRET not in page and b.public_id not in page, what


@pytest.mark.parametrize("name", ["police", "police_and_ssp"])
def test_what_comes_after_a_release_changes_nothing_that_the_police_can_fetch(scene, a, at, name):
    opened_ = let_go(scene, a)
    visitor = at(getattr(scene.cast, name))
    before = look(visitor, a)
    log.write(opened_, Kind.NOTE, f"Efter, {SECRET}", by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    assert look(visitor, a) == before
    assert before[address(a)][0] == 200
    assert not [path for path, (_, text) in before.items() if opened_.public_id in text]
    assert visitor.get(address(opened_)).status_code == 404


def test_police_and_ssp_in_one_person_keeps_the_politisag_and_never_sees_b(scene, b, a, at):
    visitor = at(scene.cast.police_and_ssp)
    switch(scene, b)
    assert visitor.get(address(a)).status_code == 200
    assert visitor.get(address(b)).status_code == 404
    after = let_go(scene, a)
    assert visitor.get(address(a)).status_code == 200
    assert visitor.get(address(after)).status_code == 404


def test_a_guest_is_out_when_it_ends(app, scene, b, a):
    held = colleague.let_in(b, scene.reader(scene.cast.ssp), "Karl", "+4520999999", "/{pass}")
    held.used_at, held.user.declaration_version = time.now(), DECLARATION_VERSION
    db.session.commit()
    guest = Visitor(app, held.user)
    assert guest.get(address(b)).status_code == 200
    switch(scene, b)
    assert guest.get(address(b)).status_code in (302, 401, 403, 404)
    assert guest.get(address(a)).status_code in (302, 401, 403, 404)


# ---- two at once -----------------------------------------------------------------------------------------------------


def at_once(*posts):
    """Each (visitor, address, data) in a thread of its own, all starting together."""
    start = Barrier(len(posts))
    db.session.commit()

    def post(visitor, path, data):
        start.wait(timeout=10)
        return visitor.client.post(path, data=data)

    with ThreadPoolExecutor(len(posts)) as pool:
        found = list(pool.map(lambda one: post(*one), posts))
    db.session.expire_all()
    return [answer.status_code for answer in found]


def test_of_a_yes_and_a_no_at_once_one_counts_and_the_other_is_shown_it(scene, b, a, at):
    first, second = at(scene.cast.ssp), at(scene.cast.ssp)
    yes = opened(first, question(b)) | {"answer": "yes", "csrf_token": first.token}
    no = opened(second, question(b)) | {"answer": "no", "csrf_token": second.token}
    assert sorted(at_once((first, question(b), yes), (second, question(b), no))) == [303, 409]
    assert said(b).count("samme hændelse") == 1
    assert verify_chain(b.chain_id).is_whole


def test_two_yes_at_once_are_one_switch(scene, b, a, at):
    people = [at(scene.cast.ssp), at(scene.cast.ssp)]
    ticked = tasks.by_key(b, "t").public_id
    posts = [
        (v, question(b), opened(v, question(b)) | {"answer": "yes", "tasks": ticked, "csrf_token": v.token})
        for v in people
    ]
    assert sorted(at_once(*posts)) == [303, 409]
    assert [t.text for t in tasks.of_incident(a)].count("Luk klubben") == 1


def test_a_release_and_a_yes_at_once_end_in_one_of_the_allowed_states(scene, b, a, at):
    police, ssp = at(scene.cast.police), at(scene.cast.ssp)
    go = opened(police, address(a, "/release")) | {"accepting": "helhedsplan", "csrf_token": police.token}
    yes = opened(ssp, question(b)) | {"answer": "yes", "csrf_token": ssp.token}
    codes = at_once((police, address(a, "/release"), go), (ssp, question(b), yes))
    assert codes[0] == 303 and codes[1] in (303, 409, 422)
    assert a.status is IncidentStatus.RELEASED
    assert b.status is (IncidentStatus.TO_POLICE if codes[1] == 303 else IncidentStatus.ACTIVE)
    assert verify_chain(a.chain_id).is_whole and verify_chain(b.chain_id).is_whole


def test_a_release_and_an_entry_at_once_lose_no_text(scene, a, at):
    police, ssp = at(scene.cast.police), at(scene.cast.ssp)
    go = opened(police, address(a, "/release")) | {"accepting": "helhedsplan", "csrf_token": police.token}
    path = address(a, "/log/new")
    entry = opened(ssp, path) | {"kind": "note", "text": "Set nu", "sharing": "parties", "csrf_token": ssp.token}
    codes = at_once((police, address(a, "/release"), go), (ssp, path, entry))
    assert codes[0] == 303 and codes[1] in (303, 409)
    assert ("Set nu" in said(a)) is (codes[1] == 303)


def test_two_releases_at_once_open_one_incident(scene, a, at):
    visitors = [at(scene.cast.police), at(scene.cast.police)]
    path = address(a, "/release")
    posts = [(v, path, opened(v, path) | {"accepting": "helhedsplan", "csrf_token": v.token}) for v in visitors]
    assert sorted(at_once(*posts)) == [303, 409]
    assert db.session.query(Incident).filter(Incident.once_key.like("released:%")).count() == 1
