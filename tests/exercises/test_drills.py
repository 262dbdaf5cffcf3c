"""A drill planned ahead: who knows of it, that only a person begins it, who answered, and that it counts nowhere."""

import csv
import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from app.areas.by import By
from app.areas.models import Actor, Membership
from app.areas.roles import Role
from app.callout.jobs import take_due_steps
from app.documents.jobs import make_documents
from app.exercises import jobs, queries
from app.exercises.models import Drill
from app.exercises.operations import Planned, plan, start
from app.exercises.rules import in_words, may_know, minutes, overdue_round, said_of
from app.exercises.trend import trend_of
from app.exercises.vocabulary import DrillKind, DrillState
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock as time
from app.lib.types import new_public_id
from app.messaging import inbox
from app.messaging.models import Delivery
from app.narrative.jobs import remind_first_report
from app.notices.models import Notice
from app.plans.operations import approve, create_from_template
from app.plans.tracks import Who
from app.plans.vocabulary import Track
from app.reviews.evidence import figures_of
from app.reviews.models import Review
from app.reviews.years import years_of
from app.tasks.queries import of_incident
from app.transitions.activate import Activation, Alarm
from tests.room.forms import hidden

STORY = "Et opdigtet opslag om torvet"


def typed(**more: str) -> dict[str, str]:
    when = time.local(time.now() + timedelta(days=1))
    return {
        "kind": "callout", "track": "non_police", "category": "rumours", "starts_at": f"{when:%Y-%m-%dT%H:%M}",
        "what": "", "story": "", "told": "",
    } | more  # fmt: skip


def sent(visitor, path: str, **data: str):
    kept = {k: v for k, v in hidden(visitor.text(path)).items() if k in ("once", "digest")}
    return visitor.post(path, kept | data)


def planned_by(visitor, **more: str) -> Drill:
    answer = sent(visitor, "/exercises/plan", **typed(**more))
    assert answer.status_code == 303, answer.text
    return db.session.scalars(sa.select(Drill).order_by(Drill.id.desc())).first()


def make(scene, user, track=Track.NON_POLICE, kind=DrillKind.CALLOUT, **more) -> Drill:
    category = "shooting" if track is Track.POLICE else "rumours"
    meant = Planned(kind, track, category, STORY, time.now() + timedelta(days=1), **more)
    made = plan(scene.cast.lindevangen, meant, reader=scene.reader(user))
    db.session.commit()
    return made


def begun(visitor, drill: Drill) -> Incident:
    assert sent(visitor, f"/exercises/{drill.public_id}/start").status_code == 303
    db.session.refresh(drill)
    return drill.incident


def told_of(drill: Drill) -> list[Notice]:
    return list(db.session.scalars(sa.select(Notice).where(Notice.about == f"drill:{drill.public_id}")))


def answers(scene, key: str, text: str = "ja") -> None:
    """The party's first contact writes it."""
    inbox.receive("log", new_public_id(), scene.contacts[key][0].points[0].address, "", text)
    db.session.commit()


def texts(incident: Incident) -> list[Delivery]:
    return list(db.session.scalars(sa.select(Delivery).where(Delivery.group == f"incident:{incident.id}")))


def test_a_drill_is_planned_told_begun_answered_reported_and_reviewed(scene, at, clock):
    ssp = at(scene.cast.ssp)
    drill = planned_by(ssp, calls_all="y")
    page = f"/exercises/{drill.public_id}"
    parties = {scene.cast.actors[key].id for key in ("ssp", "youth_club", "family_centre", "helhedsplan")}
    assert {one.actor_id for one in told_of(drill)} == parties
    assert all(one.text.startswith("ØVELSE. Planlagt i Lindevangen: Øvelse i tilkald") for one in told_of(drill))
    assert "Øvelse i tilkald" in at(scene.cast.ssp_responder).text("/exercises")

    # It never begins by itself; who planned it is told that it is time, once.
    clock.advance(days=1, minutes=5)
    assert jobs.say_that_it_is_time() > 0 and jobs.say_that_it_is_time() == 0
    take_due_steps()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Incident)) == 0

    ssp, incident = at(scene.cast.ssp), begun(at(scene.cast.helhedsplan), drill)
    assert at(scene.cast.helhedsplan).text(page).count("i gang") and incident.is_exercise and incident.only_called
    assert sent(ssp, f"{page}/start").status_code in (303, 422)  # somebody else's second tap
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Incident)) == 1
    assert of_incident(incident) == [] and incident.next_update_at is None
    assert all(one.text.startswith("ØVELSE") for one in texts(incident))
    assert "svar, du skal ikke rykke ud" in texts(incident)[0].text

    clock.advance(minutes=1)
    answers(scene, "ssp")
    clock.advance(minutes=3)
    take_due_steps()
    answers(scene, "youth_club")
    clock.advance(minutes=4)
    take_due_steps()
    answers(scene, "helhedsplan")
    clock.advance(hours=2)
    take_due_steps()
    assert remind_first_report() == 0
    report = at(scene.cast.ssp_observer).text(f"/incidents/{incident.public_id}/response")
    for said in (
        "3 af 4 kaldte parter har svaret. Planens mål: den første inden 3 min, alle inden 6 min.",
        "Svarede efter 1 min, med kode, da der var spurgt: vagthavende",
        "Svarede efter 4 min, med kode, da der var spurgt: stedfortræder",
        "Svarede efter 8 min, med kode, da der var spurgt: alle, senere end planens mål",
        "Har ikke svaret", "Stedfortræder: youth_club B", "ØVELSE · intet af dette er virkeligt",
    ):  # fmt: skip
        assert said in report, said

    for ending in ("pdf", "csv"):
        where = ssp.post(f"/incidents/{incident.public_id}/response/{ending}")
        make_documents()
        file = ssp.get(f"{where.location}/file")
        if ending == "pdf":
            paper = PdfReader(io.BytesIO(file.data))
            assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in paper.trailer["/Root"]
            assert paper.metadata.title == "ØVELSE: hvem svarede hvornår, Lindevangen"
            assert all("ØVELSE" in one.extract_text() for one in paper.pages)
            said = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
            assert "Svarede efter 1 min, med kode" in said and "Hentet af Sanne Spang" in said
        else:
            rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig")), delimiter=";"))
            assert rows[0] == ["ØVELSE · intet af dette er virkeligt"]
            assert ["SSP og opsøgende team", "ja", "ja", "1", "6", "med kode"] in [row[:6] for row in rows]

    assert sent(ssp, f"{page}/end").status_code == 422  # whoever leads it ends it
    assert sent(at(scene.cast.helhedsplan), f"{page}/end").status_code == 303
    db.session.expire_all()
    assert drill.state is DrillState.HELD
    assert db.session.scalars(sa.select(Review).where(Review.incident_id == incident.id)).one()
    # It is reviewed by what it was: nobody was to be told anything, no report was due.
    labels = {one.label for one in figures_of(incident)}
    assert "Første svar på tilkald" in labels and not labels & {"Første situationsbillede", "Besked til %(who)s"}
    tables = {table.title for year in years_of(scene.reader(scene.cast.ssp)) for table in year.tables}
    assert tables == {"Øvelser"}


def test_an_unannounced_drill_is_known_to_coordinators_alone_until_it_begins(scene, at, clock):
    drill = planned_by(at(scene.cast.ssp), is_unannounced="y")
    page = f"/exercises/{drill.public_id}"
    people = {one.user_id for one in told_of(drill)}
    assert {one.actor_id for one in told_of(drill)} == {None}
    assert scene.cast.youth_club.id in people and scene.cast.ssp_responder.id not in people
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 0
    assert at(scene.cast.families).get(page).status_code == 200
    for name in ("ssp_responder", "ssp_observer"):
        assert at(getattr(scene.cast, name)).get(page).status_code == 404
        assert drill.public_id not in at(getattr(scene.cast, name)).text("/exercises")
        assert "Planlagt" not in at(getattr(scene.cast, name)).text("/")
    begun(at(scene.cast.ssp), drill)
    assert at(scene.cast.ssp_responder).get(page).status_code == 200


def test_a_table_top_sends_nothing_and_its_story_is_told_bit_by_bit(scene, at, clock):
    ssp, club = at(scene.cast.ssp), at(scene.cast.youth_club)
    wrong = sent(ssp, "/exercises/plan", **typed(kind="tabletop", told="Skolen ringer"))
    assert wrong.status_code == 422 and "Begynd hver linje med minutter" in wrong.text
    drill = planned_by(ssp, kind="tabletop", story="rumour")
    page = f"/exercises/{drill.public_id}"
    first, second = drill.injects[0].text, drill.injects[1].text
    assert second in ssp.text(page) and second not in club.text(page)
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Delivery))
    incident = begun(ssp, drill)
    clock.advance(minutes=30)
    take_due_steps()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == before
    assert of_incident(incident)  # the cards lie on the table
    once = {k: v for k, v in hidden(ssp.text(page)).items() if k == "once"}
    for _tap in range(2):
        assert ssp.post(f"{page}/story", once).status_code == 303
    room = club.text(f"/incidents/{incident.public_id}/log")
    assert first in room and second not in room and second not in club.text(page)
    assert club.post(f"{page}/story", {"once": "a" * 20}).status_code == 403


def test_a_change_is_told_again_and_a_drill_that_is_called_off_cannot_begin(scene, at):
    ssp = at(scene.cast.ssp)
    drill = planned_by(ssp)
    page = f"/exercises/{drill.public_id}"
    assert sent(ssp, f"{page}/edit", **typed(category="fire")).status_code == 303
    assert sum("Ændret øvelse" in one.text for one in told_of(drill)) == 4
    assert sent(ssp, "/exercises/plan", **typed(starts_at="2026-11-01T10:00")).status_code == 422
    assert sent(ssp, "/exercises/plan", **typed(category="shooting")).status_code == 422
    late = hidden(ssp.text(f"{page}/start"))
    assert sent(ssp, f"{page}/cancellation").status_code == 303
    assert sum("Aflyst i" in one.text for one in told_of(drill)) == 4
    assert ssp.post(f"{page}/start", late).status_code == 409
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Incident)) == 0


ALL = frozenset(Role)
ROOM = ALL - {Role.BOARD_MEMBER}


@pytest.mark.parametrize("track", list(Track))
@pytest.mark.parametrize("is_unannounced", [False, True])
def test_who_may_know_of_a_planned_drill(track, is_unannounced) -> None:
    """Every role, inside and outside, with and without a badge, for a party, the planner and a stranger."""
    for role in ALL:
        for actor in ("ssp", "housing", "board"):
            for police in (False, True):
                for administrator in (False, True):
                    who = Who(1, actor, actor, role, police, administrator)
                    expected = (
                        role in ROOM and actor != "board" and not administrator
                        and not (police and track is Track.NON_POLICE)
                        and (role is Role.COORDINATOR or not is_unannounced)
                    )  # fmt: skip
                    knows = may_know(who, track, ["ssp"], is_unannounced=is_unannounced, planned_by="housing")
                    assert knows is expected, who
    assert not may_know(Who(1, None, None, None, False), track, ["ssp"], is_unannounced=False, planned_by="ssp")
    assert not may_know(
        Who(1, "ssp", "ssp", Role.RESPONDER, False, guest_of=3), track, ["ssp"], is_unannounced=False, planned_by="ssp"
    )


def test_a_drill_without_the_police_does_not_exist_for_them_nor_for_others_outside(scene, at, clock):
    planned, theirs = make(scene, scene.cast.ssp), make(scene, scene.cast.ssp, Track.POLICE)
    running = make(scene, scene.cast.ssp)
    incident = begun(at(scene.cast.ssp), running)
    for name in ("police", "police_and_ssp", "board", "board_and_police", "neighbour", "administrator"):
        visitor = at(getattr(scene.cast, name))
        for drill in (planned, running):
            for end in ("", "/edit", "/cancellation", "/start"):
                here, nowhere = (visitor.get(f"/exercises/{one}{end}") for one in (drill.public_id, "A" * 22))
                assert here.status_code == nowhere.status_code and here.status_code in (403, 404), (name, end)
        for end in ("", "/answers"):
            assert visitor.get(f"/incidents/{incident.public_id}/response{end}").status_code in (403, 404), name
        for end in ("pdf", "csv"):
            assert visitor.post(f"/incidents/{incident.public_id}/response/{end}").status_code in (403, 404), name
        for path in ("/exercises", "/exercises/over-time"):
            text = visitor.get(path).text
            assert planned.public_id not in text and running.public_id not in text and incident.public_id not in text
    assert at(scene.cast.police).get(f"/exercises/{theirs.public_id}").status_code == 200
    for held in db.session.query(Membership).join(Actor).filter(Actor.area_id == scene.cast.lindevangen.id):
        reader = scene.reader(held.user, held.actor.key)
        may = {drill.id for drill in (planned, theirs, running) if queries.may_see(reader, drill)}
        assert {drill.id for drill in queries.drills_for(reader)} == may, held.user.name
    no_real = scene.activate(scene.cast.ssp)
    assert at(scene.cast.ssp).get(f"/incidents/{no_real.public_id}/response").status_code == 404


def test_a_quarter_without_a_drill_is_said_to_coordinators_and_the_helhedsplan(scene, clock):
    by = By(scene.cast.helhedsplan, scene.cast.actors["helhedsplan"])
    assert by.label
    approve(create_from_template(scene.cast.lindevangen, by), by)
    db.session.commit()
    clock.advance(days=85, hours=11)  # a Monday, in office hours
    assert jobs.remind_of_drills() == 0

    def told() -> set[str | int | None]:
        found = db.session.scalars(sa.select(Notice).where(Notice.key.like("no-drill:%")))
        return {one.user_id or "helhedsplan" for one in found}

    drill = make(scene, scene.cast.ssp)
    start(Activation(scene.cast.lindevangen, Alarm(drill.track, "rumours", STORY), scene.reader(scene.cast.ssp), "d"))
    db.session.commit()
    clock.advance(days=7)
    jobs.remind_of_drills()
    # The exercise was without the police: for them it is long since, and silence would have told of it.
    assert told() == {scene.cast.police.id, scene.cast.police_and_ssp.id} & told() and scene.cast.police.id in told()
    clock.advance(days=91)
    jobs.remind_of_drills()
    assert {"helhedsplan", scene.cast.ssp.id, scene.cast.youth_club.id, scene.cast.police.id} <= told()
    assert not told() & {scene.cast.ssp_responder.id, scene.cast.board.id, scene.cast.neighbour.id}
    assert jobs.remind_of_drills() == 0


def test_over_time_each_party_stands_alone_and_small_numbers_are_words(scene, at, clock):
    assert str(said_of([])) == "Ikke kaldt i en øvelse endnu."
    few = "Kaldt i to, svarede i én. For få til at sige noget om udviklingen."
    assert str(said_of([timedelta(minutes=2), None])) == few
    assert str(said_of([timedelta(minutes=2)] * 3 + [None])) == "Svarede i tre af de seneste fire."
    assert [in_words(n) for n in (0, 1, 12, 13)] == ["ingen", "én", "tolv", "13"]
    assert [str(minutes(timedelta(seconds=s))) for s in (20, 250)] == ["inden for et minut", "efter 4 min"]
    now = time.now()
    assert [overdue_round(now - timedelta(days=d), now, now) for d in (91, 92, 122, 123)] == [None, 1, 1, 2]
    for n in range(3):
        incident = begun(at(scene.cast.ssp), make(scene, scene.cast.ssp, calls_all=True))
        clock.advance(minutes=2)
        answers(scene, "youth_club")
        if n == 2:
            sent(at(scene.cast.ssp), f"/incidents/{incident.public_id}/break-off")
        clock.advance(days=1)
    found = {party.name: party.lead for party in trend_of(scene.reader(scene.cast.helhedsplan))}
    assert list(found) == sorted(found)
    assert found["Ungdomsklubben"] == "Kaldt i to, svarede i to. For få til at sige noget om udviklingen."
    page = at(scene.cast.ssp).text("/exercises/over-time")
    assert len(re.findall("svarede efter 2 min", page)) == 2
