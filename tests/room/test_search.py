"""Search finds what the reader could open anyway, in any case of any Danish letter; no count tells of more."""

import pytest
from flask import Flask

from app.broadcasts.operations import Typed, compose
from app.broadcasts.states import Phase
from app.contacts.operations import add_contact
from app.extensions import db
from app.incidents import log
from app.logbook.kinds import Kind
from app.plans.vocabulary import SharingLevel, Track
from app.transitions.release_case import Release, release_case
from tests.leaks.addresses import NOBODYS_ID
from tests.leaks.course import make_course
from tests.narrative.making import make_message
from tests.scene import Scene


@pytest.fixture
def b(app: Flask, scene: Scene):
    """No politisag, with words in its log that stand nowhere else."""
    incident = scene.activate(scene.cast.ssp)
    reader = scene.reader(scene.cast.ssp)
    log.write(incident, Kind.NOTE, "Ældre på Østergård hørte brag ved æbletræet", by=reader.by)
    log.write(incident, Kind.NOTE, "Kun os: Ærkehemmeligt", by=reader.by, sharing=SharingLevel.OWN_ORGANISATION)
    db.session.commit()
    return incident


@pytest.mark.parametrize("words", ["ÆLDRE", "østerGÅRD", "brag ældre", "æbletræ", "  hørte  "])
def test_danish_letters_are_found_in_any_case(b, scene, at, words) -> None:
    page = at(scene.cast.ssp).get("/search", query_string={"q": words}).text
    assert "Ældre på Østergård hørte brag" in page


@pytest.mark.parametrize("words", ["elDRE", "_ldre", "%", "a", "", "brag vinter", "\\", "' OR 1=1 --"])
def test_what_is_not_there_is_not_found(b, scene, at, words) -> None:
    answer = at(scene.cast.ssp).get("/search", query_string={"q": words})
    assert answer.status_code == 200
    assert "Østergård" not in answer.text.replace(f'value="{words}"', "")


def test_what_an_organisation_keeps_to_itself_is_found_by_it_alone(b, scene, at) -> None:
    found = {
        name: "Ærkehemmeligt" in at(getattr(scene.cast, name)).get("/search?q=ærkehemmeligt&kind=log").text
        for name in ("ssp", "helhedsplan", "ssp_observer")
    }
    assert found == {"ssp": True, "helhedsplan": False, "ssp_observer": False}


@pytest.mark.parametrize("who", ["police", "neighbour", "administrator", "board"])
def test_whoever_is_outside_finds_nothing_of_it(b, scene, at, who) -> None:
    visitor = at(getattr(scene.cast, who))
    nothing = visitor.get("/search?q=findesikke")
    for query in ("q=brag", "q=brag&kind=log", f"q=brag&kind=log&after={b.public_id}.1", f"q=brag&after={b.public_id}"):
        answer = visitor.get(f"/search?{query}")
        assert answer.status_code == nothing.status_code
        assert "Østergård" not in answer.text
        assert b.public_id not in answer.text.replace(f"after={b.public_id}", "")


def test_where_a_page_begins_tells_nothing_of_what_is_out_of_reach(b, scene, at, clock) -> None:
    hidden = add_contact(scene.cast.lindevangen, name="ssp Øst", points=[], audiences=["residents"])
    clock.advance(minutes=1)
    case = scene.activate(scene.cast.police, Track.POLICE, what="Brag ved ssp", category="shooting")
    log.write(case, Kind.NOTE, "Brag ved ssp", by=scene.reader(scene.cast.police).by)
    db.session.commit()
    visitor = at(scene.cast.police)
    for kind, known in (("incidents", b.public_id), ("log", b.public_id), ("contacts", hidden.public_id)):
        here, nowhere = (
            visitor.text(f"/search?q=ssp&kind={kind}&after={id_}{'.1' if kind == 'log' else ''}").replace(id_, "ID")
            for id_ in (known, NOBODYS_ID)
        )
        assert "ssp A" in here or "Brag ved ssp" in here, kind
        assert here == nowhere, kind


def test_a_page_goes_on_where_the_last_one_ended(b, scene, at) -> None:
    by = scene.reader(scene.cast.ssp).by
    for n in range(45):
        log.write(b, Kind.NOTE, f"Runde nummer {n:02}", by=by)
    db.session.commit()
    visitor, address, seen = at(scene.cast.ssp), "/search?q=runde&kind=log", []
    while address:
        page = visitor.get(address).text
        seen += [n for n in range(45) if f"nummer {n:02}" in page]
        rest = page.split('href="/search?q=runde&amp;kind=log&amp;after=')[1:]
        address = "/search?q=runde&kind=log&after=" + rest[0].split('"')[0] if rest else ""
    assert sorted(seen) == list(range(45))


def test_whose_part_ended_finds_the_log_until_then_and_no_messages(scene, at, clock) -> None:
    case = scene.activate(scene.cast.police, Track.POLICE, what="Skyderi", category="shooting")
    reader, told = scene.reader(scene.cast.ssp), Typed(Phase.FIRST, ("residents",), "Brag og beskeden om det")
    log.write(case, Kind.NOTE, "Brag hørt før", by=reader.by)
    make_message(scene, case)
    compose(case, reader, told)
    db.session.commit()
    police = at(scene.cast.police)
    assert "beskeden om det" in police.text("/search?q=brag&kind=messages")
    after = release_case(case, scene.reader(scene.cast.police), Release(scene.cast.actors["helhedsplan"]))
    clock.advance(minutes=1)
    for incident in (case, after):
        log.write(incident, Kind.NOTE, "Brag hørt siden", by=reader.by)
    db.session.commit()
    log_, messages = (police.text(f"/search?q=brag&kind={kind}") for kind in ("log", "messages"))
    assert "Brag hørt før" in log_ and "siden" not in log_
    assert "beskeden om det" not in messages
    assert "Brag hørt siden" in at(scene.cast.helhedsplan).text("/search?q=brag&kind=log")


def test_messages_measures_and_contacts_are_found_too(app, scene, at) -> None:
    make_course(scene, is_over=True)
    page = at(scene.cast.ssp).get("/search?q=hemmeligt").text
    for title in ("Loggen", "Beskeder", "Tiltag"):
        assert f">{title}</h2>" in page
    assert ">Kontakter</h2>" in at(scene.cast.ssp).get("/search?q=ssp").text
    assert "hemmeligt" not in at(scene.cast.police).get("/search?q=hemmeligt").text.replace('value="hemmeligt"', "")
