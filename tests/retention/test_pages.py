"""What people see of it: an incident that is held and goes, numbers for the administrator, and a person's own data."""

import json

from app.areas.roles import Role
from app.contacts.models import Contact, ContactPoint, PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.incidents import log
from app.lib import clock as app_clock
from app.logbook.kinds import Kind
from app.messaging.models import Delivery, Priority, ReceiverKind
from app.messaging.states import DeliveryState
from app.notices.models import Notice
from app.plans.vocabulary import Track
from app.retention import jobs, operations, people
from app.retention.models import Erased, ErasedKind
from app.transitions.release_case import Release, release_case
from app.transitions.stand_down import StandDown, stand_down
from tests.factories import make_membership
from tests.leaks.course import SECRET
from tests.retention.words import MARK, closed_course, places_of
from tests.room.forms import hidden

PAGES = (
    "", "/review", "/review/timeline", "/log", "/retention", "/report", "/message", "/broadcasts"
)  # fmt: skip


def send(visitor, address, page, **typed):
    kept = {name: value for name, value in hidden(visitor.text(page)).items() if name in ("once", "digest")}
    return visitor.post(address, kept | typed)


def test_an_incident_waits_for_its_export_is_held_and_then_goes_and_its_pages_still_open_calmly(scene, clock, at):
    incident, b = closed_course(scene, clock, Track.NON_POLICE).incident, Track.NON_POLICE
    page = f"/incidents/{incident.public_id}/retention"
    clock.advance(days=340)
    jobs.keep_to_the_rules()
    assert "Eksportér til journalen" in at(scene.cast.helhedsplan).text("/")
    clock.advance(days=30)
    leader, ssp = at(scene.cast.helhedsplan), at(scene.cast.ssp)
    assert jobs.keep_to_the_rules() == 0
    assert "venter på eksport til journalen" in leader.text(page)
    assert "Vent med at slette" not in ssp.text(page) and "Lindevangen på Vej" in ssp.text(page)
    assert send(ssp, f"{page}/hold", page, reason="Nej").status_code in (409, 422)
    assert send(leader, f"{page}/hold", f"{page}/hold", reason="Klagesag").status_code == 303
    assert send(leader, f"{page}/filed", page).status_code == 303
    assert jobs.keep_to_the_rules() == 0
    assert "Klagesag" in leader.text(page)
    assert "Klagesag" in leader.text(f"/incidents/{incident.public_id}/log")
    assert send(leader, f"{page}/lift", f"{page}/lift", reason="Sagen er slut").status_code == 303
    assert jobs.keep_to_the_rules() == 1
    for path in PAGES:
        text = leader.text(f"/incidents/{incident.public_id}{path}")
        assert MARK not in text and SECRET not in text, path
        assert "slettet" in text, path
    assert "Teksterne er slettet efter reglerne" in leader.text(f"/incidents/{incident.public_id}/review")
    assert at(scene.cast.police).get(page).status_code == 404 and incident.track is b


def test_whose_part_ended_reads_nothing_there_of_what_came_after(scene, clock, at):
    case = scene.activate(scene.cast.police, Track.POLICE, what="Skyderi", category="shooting")
    release_case(case, scene.reader(scene.cast.police), Release(scene.cast.actors["helhedsplan"]))
    clock.advance(days=1)
    operations.hold(case, "Politiets sag", by=scene.reader(scene.cast.police).by)
    operations.note_export(case, by=scene.reader(scene.cast.helhedsplan).by)
    db.session.commit()
    page, day = f"/incidents/{case.public_id}/retention", f'datetime="{app_clock.now():%Y-%m-%d}'
    police, ssp = at(scene.cast.police).text(page), at(scene.cast.ssp).text(page)
    assert "Politiets sag" in police and "Politiets sag" not in ssp
    assert "Sletningen er sat på pause" in ssp and day not in ssp
    assert police.count(day) == 1, "of the pause, not of an export by those who went on without them"


def test_administrator_and_operator_see_numbers_and_no_words_and_the_doctor_says_what_is_late(app, scene, clock, at):
    incident = closed_course(scene, clock, Track.NON_POLICE).incident
    admin = at(scene.cast.administrator)
    before = admin.text("/administration/retention")
    clock.advance(days=366)
    page = at(scene.cast.administrator).text("/administration/retention")
    assert page != before and "venter på eksport til journalen" in page
    assert not any(word in page for word in (MARK, SECRET, incident.public_id))
    assert at(scene.cast.ssp).get("/administration/retention").status_code == 403
    operations.note_export(incident, by=scene.reader(scene.cast.helhedsplan).by)
    db.session.commit()
    clock.advance(days=4)
    planned = command(app, "retention", "plan")
    assert "slettes i nat" in planned and not any(word in planned for word in (MARK, SECRET))
    assert "FEJL  Sletning efter reglerne: 1 hændelser skulle være slettet" in command(app, "doctor")
    assert "tekster er slettet: 1" in command(app, "retention", "run")
    assert "OK    Sletning efter reglerne" in command(app, "doctor")


def command(app, *words):
    db.session.commit()
    said = app.test_cli_runner().invoke(args=list(words)).output
    db.session.rollback()
    return said


def test_a_person_is_erased_everywhere_but_in_the_log_and_comes_back_from_no_copy(scene, clock, at):
    number, b = "+4526112233", scene.cast.lindevangen
    made = add_contact(b, name="Inge Ingensen", points=[(PointKind.MOBILE, number)], audiences=["residents"])
    other = add_contact(b, name="Sønnen", points=[(PointKind.MOBILE, "26112244")])
    incident = scene.activate(scene.cast.ssp)
    log.write(incident, Kind.NOTE, "Ringede til en beboer", by=scene.reader(scene.cast.ssp).by)
    db.session.add(sent(b, number))
    db.session.commit()
    admin = at(scene.cast.administrator)
    found = admin.post("/administration/retention/person", {"address": "26 11 22 33"})
    assert "Inge Ingensen" in found.text and "Sønnen" not in found.text
    answer = admin.post(
        "/administration/retention/person/erasure", {"address": number, "contacts": [made.public_id]}
    )
    assert answer.status_code == 303
    report = admin.text(answer.headers["Location"])
    assert "Loggen" in report and "Inge Ingensen" not in report
    assert not places_of("Inge Ingensen", number)
    assert db.session.get_one(Contact, other.id).points
    keys = {(row.kind, row.key) for row in db.session.query(Erased)}
    assert {kind for kind, _key in keys} == {ErasedKind.ADDRESS, ErasedKind.CONTACT}
    # As a restored copy would bring it back; what the person gives us afterwards is theirs to give.
    made = db.session.get_one(Contact, made.id)
    made.name = "Inge Ingensen"
    made.points = [ContactPoint(kind=PointKind.MOBILE, address=number)]
    db.session.add(sent(b, number))
    db.session.commit()
    clock.advance(days=1)
    again = add_contact(b, name="Inge igen", points=[(PointKind.MOBILE, number)])
    db.session.commit()
    jobs.erase_again()
    assert not places_of("Inge Ingensen") and set(places_of(number)) == {"contact_points.address"}
    assert db.session.get_one(Contact, again.id).points


def sent(area, number):
    now = app_clock.now()
    return Delivery(
        area_id=area.id, name="Inge Ingensen", address=number, channel="log", language="da", text="Hej Inge Ingensen",
        receiver_kind=ReceiverKind.RESIDENT, priority=Priority.RESIDENT, valid_until=now, about="check:1", group="x",
        unique_key=f"x:{number}:{now}", state=DeliveryState.SENT, queued_at=now, due_at=now, sent_at=now,
    )  # fmt: skip


def test_a_login_is_erased_with_its_roles_and_nobody_erases_themselves(scene, at):
    admin, user = at(scene.cast.administrator), scene.cast.youth_club
    form = {"address": user.email, "contacts": [], "with_login": "y"}
    assert admin.post("/administration/retention/person/erasure", form).status_code == 303
    db.session.expire_all()
    assert user.name == people.NAME_GONE and user.is_deactivated
    assert at(user).get("/").status_code in (302, 303, 401, 403)
    mine = {"address": scene.cast.administrator.email, "contacts": [], "with_login": "y"}
    assert admin.post("/administration/retention/person/erasure", mine).status_code == 422


def test_contacts_go_when_their_role_has_ended_and_nothing_runs(scene, clock, at):
    contact, name = scene.contacts["youth_club"][2], scene.contacts["youth_club"][2].name
    incident = scene.activate(scene.cast.ssp)
    contact.ended_at = clock.now
    db.session.commit()
    assert jobs.forget_people() == 0
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    assert jobs.forget_people() == 1
    assert "contacts.name" not in places_of(name) and "contact_points.address" not in places_of("20001220")


def test_mine_data_is_what_is_kept_about_me_and_nothing_of_a_b_to_the_police(scene, clock, at):
    for track in Track:
        what = "Skyderi" if track is Track.POLICE else "Rygte"
        by = scene.cast.police if track is Track.POLICE else scene.cast.ssp
        category = "shooting" if track is Track.POLICE else "rumours"
        scene.activate(by, track, what=what, category=category)
    ssp = at(scene.cast.ssp)
    page, held = ssp.text("/me/data"), json.loads(ssp.post("/me/data/file").text)
    assert "Sanne Spang" in page and "Rygte" in page
    assert held["account"]["email"] == scene.cast.ssp.email and [one["what"] for one in held["incidents"]] == ["Rygte"]
    b = next(iter(db.session.query(Contact).filter_by(name="ssp A")))
    assert b.name in page or not held["contacts"]
    # Who acted in it and is of the police now: what they did there is out of their reach too.
    make_membership(scene.cast.ssp, scene.cast.actors["police"], Role.OBSERVER)
    db.session.commit()
    for name in ("police", "police_and_ssp", "board_and_police", "ssp"):
        visitor = at(getattr(scene.cast, name))
        assert "Rygte" not in visitor.text("/me/data") + visitor.post("/me/data/file").text


def test_a_wish_to_be_corrected_or_erased_reaches_the_administrator(scene, at):
    ssp = at(scene.cast.ssp)
    assert "CPR" in ssp.post("/me/data/wish", {"wish": "erase", "what": "010170-1234"}).text
    assert ssp.post("/me/data/wish", {"wish": "erase", "what": "Mit nummer"}).status_code == 303
    assert db.session.query(Notice).filter(Notice.about.like("wish:%")).count() == 1
    assert "Mit nummer" in at(scene.cast.administrator).text("/")
