"""Områdets tryghed from the room: the category's dimensions, the last similar incident, facts in one tap."""

import re

import pytest

from app.extensions import db
from app.indicators.vocabulary import ImportKind
from app.narrative import queries as narrative
from app.narrative.models import Fact, FactStatus
from app.plans.vocabulary import Track
from app.transitions.annul import annul
from app.transitions.stand_down import StandDown, stand_down
from tests.indicators.making import make_crime, make_import, make_round


def page_of(incident) -> str:
    return f"/incidents/{incident.public_id}/indicators"


def over(scene, incident) -> None:
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()


def test_the_room_leads_there_and_shows_the_categorys_dimensions_only(scene, at):
    incident = scene.activate(scene.cast.ssp)
    visitor = at(scene.cast.youth_club)
    assert f'href="{page_of(incident)}"' in visitor.text(f"/incidents/{incident.public_id}")
    page = visitor.text(page_of(incident))
    assert 'id="dimension-safety"' in page and 'id="dimension-trust"' in page
    assert 'id="dimension-quality_of_life"' not in page
    assert "Kilde: VIVE for Landsbyggefonden, måling 2018, 10.473 svar, svarprocent 38,4" in page
    assert "Sådan læser du tallene" in page


def test_one_tap_puts_a_sentence_with_its_source_among_the_public_facts_once(scene, at):
    incident = scene.activate(scene.cast.ssp)
    visitor = at(scene.cast.ssp)
    found = re.search(
        rf'action="({page_of(incident)}/[\w.-]+)".*?name="once" value="([\w-]+)"', visitor.text(page_of(incident)), re.S
    )
    for once in (found[2], found[2], "another-key"):
        assert visitor.post(found[1], {"once": once}).status_code == 303
    (fact,) = narrative.facts_of(incident)
    assert fact.text.startswith("7 ud af 10 i områder med helhedsplan er grundlæggende trygge")
    assert fact.source.startswith("VIVE for Landsbyggefonden")
    assert (fact.status, fact.may_publish) == (FactStatus.CONFIRMED, True)
    assert "står i oplysningerne" in visitor.text(page_of(incident))


def test_a_figure_that_is_not_offered_cannot_be_added(scene, at):
    incident = scene.activate(scene.cast.ssp)
    for key in ("x", "reports.penal_code", "K1"):
        assert at(scene.cast.ssp).post(f"{page_of(incident)}/{key}", {"once": "k"}).status_code == 404
    assert Fact.query.count() == 0


def test_an_observer_reads_and_adds_nothing(scene, at):
    incident = scene.activate(scene.cast.ssp)
    visitor = at(scene.cast.ssp_observer)
    assert "Sæt i budskabet" not in visitor.text(page_of(incident))
    key = re.search(r"[\w-]{22}", at(scene.cast.ssp).text(page_of(incident)).split(f"{page_of(incident)}/")[1])[0]
    assert visitor.post(f"{page_of(incident)}/{key}.T1", {"once": "k"}).status_code == 403


def test_the_municipalitys_figures_say_that_they_are_the_municipalitys(scene, at):
    by = scene.reader(scene.cast.ssp).by
    crime = make_import(scene.cast.lindevangen, by, ImportKind.STRAF11)
    make_crime(crime, {(2024, q): 300 for q in (1, 2, 3, 4)})
    incident = scene.activate(scene.cast.ssp)
    place = scene.cast.lindevangen.municipality
    page = at(scene.cast.ssp).text(page_of(incident))
    assert f"Anmeldelser, straffeloven (seneste fire kvartaler) i hele {place}, ikke kun området: 1.200" in page
    assert "1.200 (til og med 4. kvartal 2024)" in page and "Danmarks Statistik, STRAF11" in page


def test_the_own_areas_figure_can_be_used_too(scene, at):
    make_round(make_import(scene.cast.lindevangen, scene.reader(scene.cast.ssp).by), T1=62.5)
    incident = scene.activate(scene.cast.ssp)
    assert "62,5 pct. i Lindevangen er grundlæggende trygge" in at(scene.cast.ssp).text(page_of(incident))


# ---- the last similar incident ---------------------------------------------------------------------------------------


def test_the_last_similar_incident_and_how_long_ago(scene, at, clock):
    old = scene.activate(scene.cast.ssp, what="Et tidligere rygte")
    over(scene, old)
    clock.advance(days=40)
    incident = scene.activate(scene.cast.ssp, what="Et nyt rygte")
    page = at(scene.cast.ssp).text(page_of(incident))
    assert "Et tidligere rygte" in page and "for 40 dage siden" in page


@pytest.mark.parametrize("what", ["another kind", "an exercise", "a false alarm", "a later one"])
def test_what_is_no_similar_incident(scene, at, clock, what):
    here = scene.activate(scene.cast.ssp, what="Nyt rygte") if what == "a later one" else None
    clock.advance(days=1)
    category = "youth_gathering" if what == "another kind" else "rumours"
    other = scene.activate(scene.cast.ssp, category=category, what="Den anden", is_exercise=what == "an exercise")
    if what == "a false alarm":
        annul(other, scene.reader(scene.cast.ssp), "Forkert knap")
        db.session.commit()
    clock.advance(days=1)
    incident = here or scene.activate(scene.cast.ssp, what="Nyt rygte")
    page = at(scene.cast.ssp).text(page_of(incident))
    assert "Den anden" not in page and "Du kender ingen tidligere" in page


def test_the_police_learn_of_no_b_from_a_politisag_of_the_same_kind(scene, at, clock):
    scene.activate(scene.cast.ssp, category="shooting", what="Noget om skud, ikke politisag")
    clock.advance(days=1)
    case = scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    for name in ("police", "police_and_ssp"):
        page = at(getattr(scene.cast, name)).text(page_of(case))
        assert "ikke politisag" not in page and "Du kender ingen tidligere" in page
    assert "Noget om skud" in at(scene.cast.ssp).text(page_of(case))


@pytest.mark.parametrize(
    "name", ["police", "police_and_ssp", "board", "board_and_police", "neighbour", "administrator"]
)
def test_for_outsiders_the_page_does_not_exist(scene, at, name):
    incident = scene.activate(scene.cast.ssp)
    answer = at(getattr(scene.cast, name)).get(page_of(incident))
    assert answer.status_code in ((403, 404) if name in ("board", "administrator") else (404,))
