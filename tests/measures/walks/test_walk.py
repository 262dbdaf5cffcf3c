"""A walk from plan to answers: what is written down outdoors, by whom, once, and who hears of it."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.lib import clock as time
from app.measures.models import Measure
from app.measures.vocabulary import OriginKind
from app.measures.walks.jobs import remind_of_findings
from app.measures.walks.models import Finding, Walk
from app.measures.walks.vocabulary import FindingKind, FindingState, Verdict, WalkState
from app.messaging.models import Delivery
from app.notices.models import Notice
from tests.measures.walks.making import FINDING, NOBODY, WALK, make_finding, make_report, make_walk, send
from tests.room.forms import hidden


def the_walk() -> Walk:
    db.session.expire_all()
    return db.session.scalars(sa.select(Walk)).one()


def findings() -> list[Finding]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Finding).order_by(Finding.id)))


def test_a_walk_is_planned_walked_closed_and_answered(scene, at, clock):
    ssp, responder = at(scene.cast.ssp), at(scene.cast.ssp_responder)
    assert send(ssp, "/walks/new", **WALK).status_code == 303
    walk = the_walk()
    path = f"/walks/{walk.public_id}"
    assert walk.participants == {"residents": 9, "police": 1}
    page = ssp.text(path)
    assert "9 beboere, 1 politi" in page and "onsdag 25.11.2026 kl. 17.00" in page
    assert "Ingen, der kan beslutte om drift eller økonomi, går med" in page
    assert send(ssp, f"{path}/edit", **WALK, decides="y").status_code == 303
    assert "kan beslutte om drift eller økonomi, går med" not in ssp.text(path)

    place, housing = scene.cast.lindevangen.places[0], scene.cast.actors["housing"]
    typed = FINDING | {"place": place.public_id, "responsible": housing.public_id, "due_on": "2026-12-01"}
    assert send(responder, f"{path}/findings", **typed).status_code == 303
    good = FINDING | {"verdict": "good", "kind": "meeting_place", "responsible": housing.public_id}
    assert send(responder, f"{path}/findings", **good).status_code == 303
    bad, nice = findings()
    assert (bad.state, bad.responsible, bad.at) == (FindingState.OPEN, housing, f"{place.name}, stien bag blok 4")
    assert (nice.state, nice.responsible) == (FindingState.NOTED, None)
    told = db.session.scalars(sa.select(Notice)).one()
    assert told.actor_id == housing.id and "lys" in told.text
    assert f'href="/findings/{bad.public_id}"' in at(scene.cast.housing).text("/")

    assert send(ssp, f"{path}/closure", n_residents="11", n_municipality="1", decides="y").status_code == 303
    assert (the_walk().state, the_walk().walked) == (WalkState.HELD, 12)
    late = send(responder, f"{path}/findings", **FINDING)
    assert late.status_code == 303, "a finding that waited on a phone is taken after the walk was closed"
    answered = {"state": "done", "words": "Ny pære sat i", "responsible": housing.public_id, "due_on": "2026-12-01"}
    address = f"/findings/{bad.public_id}"
    assert send(at(scene.cast.housing), f"{address}/answer", **(answered | {"words": ""})).status_code == 422
    assert send(at(scene.cast.housing), f"{address}/answer", **answered).status_code == 303
    assert "Ny pære sat i" in ssp.text(address) and told.seen_at is not None
    assert at(scene.cast.housing).get(f"/findings/{nice.public_id}/answer").status_code == 404


def test_one_form_makes_one_finding_and_the_phone_learns_what_has_arrived(scene, at):
    walk = make_walk(scene)
    path, visitor = f"/walks/{walk.public_id}/findings", at(scene.cast.ssp)
    once = hidden(visitor.text(path))["once"]
    kept = {"headers": {"Accept": "application/json"}}
    for _ in range(3):
        assert visitor.post(path, FINDING | {"once": once}, **kept).json == {"saved": once}
    assert len(findings()) == 1
    half = NOBODY | {"once": "another", "verdict": "bad", "note": "Ring til 010190-1234"}
    refused = visitor.post(path, half, **kept)
    assert refused.status_code == 422
    assert {"Vælg, hvad det handler om.", "Vælg et sted, eller skriv, hvor det er."} <= set(refused.json["errors"])
    assert any("CPR" in error for error in refused.json["errors"])
    lost = at().post(path, FINDING | {"once": "third"}, **kept)
    assert lost.status_code == 401 and not lost.is_json, "without a session nothing is said to have arrived"
    assert len(findings()) == 1


def test_two_people_do_not_overwrite_each_others_answer(scene, at):
    walk = make_walk(scene)
    finding = make_finding(scene, walk)
    path, ssp = f"/findings/{finding.public_id}/answer", at(scene.cast.ssp)
    opened = hidden(ssp.text(path))
    answer = {"state": "not_possible", "words": "Stien er kommunens", "responsible": ""}
    assert send(at(scene.cast.helhedsplan), path, **answer).status_code == 303
    late = ssp.post(path, {"once": opened["once"], "digest": opened["digest"], "state": "done", "words": "Ordnet"})
    assert late.status_code == 409 and "En anden har skrevet" in late.text and "Ordnet" in late.text
    assert findings()[0].state is FindingState.NOT_POSSIBLE


def test_a_walk_is_called_off_only_while_nothing_was_found(scene, at):
    walk, ssp = make_walk(scene), at(scene.cast.ssp)
    path = f"/walks/{walk.public_id}"
    make_finding(scene, walk)
    assert "Afslut den i stedet" in send(ssp, f"{path}/cancellation").text
    other = make_walk(scene, title="Aflyst tur")
    assert send(ssp, f"/walks/{other.public_id}/cancellation").status_code == 303
    assert "aflyst" in ssp.text("/walks")
    assert ssp.get(f"/walks/{other.public_id}/findings").status_code == 404
    kept = {"headers": {"Accept": "application/json"}}
    answer = ssp.post(f"/walks/{other.public_id}/findings", FINDING | {"once": "x"}, **kept)
    assert answer.status_code == 422 and "aflyst" in answer.json["errors"][0]


def test_who_is_late_is_told_once_for_each_deadline_and_in_office_hours(scene, clock):
    walk = make_walk(scene)
    club = scene.cast.actors["youth_club"]
    finding = make_finding(scene, walk, responsible=club, due_on=date(2026, 11, 23))
    make_finding(scene, walk, verdict=Verdict.GOOD, kind=FindingKind.OTHER)
    late = sa.select(Notice).where(Notice.text.contains("Fristen er overskredet"))
    clock.advance(hours=26)  # Tuesday, 1.40 at night
    assert remind_of_findings() == 0
    clock.advance(hours=8)
    for _ in range(2):
        remind_of_findings()
    assert [n.actor_id for n in db.session.scalars(late)] == [club.id]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 1
    finding.due_on = date(2026, 11, 22)
    db.session.commit()
    remind_of_findings()
    assert len(db.session.scalars(late).all()) == 2


def test_a_finding_becomes_a_measure_with_its_words(scene, at):
    walk, ssp = make_walk(scene), at(scene.cast.ssp)
    finding = make_finding(scene, walk)
    start = f"/measures/new/walk/{finding.public_id}"
    assert start in ssp.text(f"/findings/{finding.public_id}")
    form = ssp.text(start)
    assert "zqnote" in form and "Lys: stien zqwhere" in form
    typed = {
        "title": "Nye lamper", "what": "zqnote", "dimension": "safety", "expected": "Flere går der om aftenen",
        "horizon": "bridge", "owner": scene.cast.actors["ssp"].public_id, "due_on": "2026-12-24", "contact": "",
        "status": "proposed",
    }  # fmt: skip
    assert send(ssp, start, **typed).status_code == 303
    made = db.session.scalars(sa.select(Measure)).one()
    assert (made.origin, made.origin_id, made.incident_id) == (OriginKind.WALK, finding.public_id, None)
    good = make_finding(scene, walk, verdict=Verdict.GOOD)
    for visitor, found in ((at(scene.cast.neighbour), finding), (ssp, good)):
        assert visitor.get(f"/measures/new/walk/{found.public_id}").status_code == 404


OUTSIDE = ("neighbour", "administrator", "board")


@pytest.mark.parametrize("name", OUTSIDE)
def test_those_outside_meet_nothing_and_change_nothing(scene, at, name):
    walk = make_walk(scene)
    finding, report = make_finding(scene, walk), make_report(scene)
    visitor, outside = at(getattr(scene.cast, name)), (403, 404)
    for path in (f"/walks/{walk.public_id}", f"/findings/{finding.public_id}", f"/clearing/{report.public_id}"):
        assert visitor.get(path).status_code in outside
    acts = {
        f"/walks/{walk.public_id}": ("edit", "closure", "cancellation", "findings", "findings/list"),
        f"/findings/{finding.public_id}": ("answer", "publication", "publication/withdrawal"),
        f"/clearing/{report.public_id}": ("removal", "dropping"),
    }
    for start, ends in acts.items():
        for end in ends:
            answer = visitor.post(f"{start}/{end}", FINDING | {"once": end, "state": "done", "words": "x"})
            assert answer.status_code in (*outside, 405), (start, end)
    assert (len(findings()), findings()[0].version, the_walk().version) == (1, 1, 1)
    if name == "neighbour":  # has walks of their own area, and sees none of this one's
        assert "Mørke stier" not in visitor.text("/walks") and "zqwall" not in visitor.text("/clearing")


def test_a_responder_notes_and_answers_but_does_not_plan_or_publish_and_an_observer_reads(scene, at):
    walk = make_walk(scene)
    finding = make_finding(scene, walk)
    responder, observer = at(scene.cast.ssp_responder), at(scene.cast.ssp_observer)
    for path in ("/walks/new", f"/walks/{walk.public_id}/edit", f"/walks/{walk.public_id}/closure",
                 f"/findings/{finding.public_id}/publication", "/clearing/target"):  # fmt: skip
        assert responder.get(path).status_code == 403, path
    assert "zqnote" in observer.text(f"/findings/{finding.public_id}")
    assert observer.post(f"/walks/{walk.public_id}/findings", FINDING | {"once": "o"}).status_code == 403


def test_the_police_are_a_party_like_the_others_on_a_walk(scene, at):
    walk = make_walk(scene)
    assert send(at(scene.cast.police), f"/walks/{walk.public_id}/findings", **FINDING).status_code == 303
    assert findings()[0].recorded_as.is_police
    assert "Østkystens Politi" in at(scene.cast.ssp).text(f"/findings/{findings()[0].public_id}")
    assert time.now() >= findings()[0].recorded_at
