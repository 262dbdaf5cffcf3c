"""The area page: who may read it, what each sees told, and what it can never be made to say."""

import re

import pytest

from app.accounts.models import AuditEntry
from app.extensions import db
from app.indicators.dimensions import DIMENSION_LABELS
from app.indicators.vocabulary import ImportKind, ImportState
from app.plans.vocabulary import Track
from app.transitions.annul import annul
from tests.indicators.making import make_crime, make_import, make_round
from tests.indicators.taken import asked

PAGE = "/indicators"


def counts(page: str) -> tuple[int, int]:
    """How many incidents and messages the axis tells of."""
    return int(re.search(r"Hændelser \((\d+)\)", page)[1]), int(re.search(r"Beskeder \((\d+)\)", page)[1])


@pytest.mark.parametrize("name", ["ssp", "ssp_responder", "ssp_observer", "police", "housing", "board", "neighbour"])
def test_everybody_with_a_role_may_read_their_areas_page(scene, at, name):
    page = at(getattr(scene.cast, name)).text(PAGE)
    for label in DIMENSION_LABELS.values():
        assert label.capitalize() in page
    assert (
        "7 ud af 10 i områder med helhedsplan er grundlæggende trygge i boligområdet; i befolkningen 9 ud af 10."
        in page
    )


def test_the_administrator_and_strangers_may_not(scene, at):
    assert at(scene.cast.administrator).get(PAGE).status_code == 403
    assert at().get(PAGE).status_code == 302


@pytest.mark.parametrize("name", ["ssp", "board"])
def test_the_front_page_leads_there(scene, at, name):
    assert f'href="{PAGE}"' in at(getattr(scene.cast, name)).text("/")


def test_what_is_not_saved_is_seen_by_nobody(scene, at):
    by = scene.reader(scene.cast.ssp).by
    for state in set(ImportState) - {ImportState.SAVED}:
        make_round(make_import(scene.cast.lindevangen, by, state=state), T1=61.5)
        crime = make_import(scene.cast.lindevangen, by, ImportKind.STRAF11, state)
        make_crime(crime, {(2024, q): 777 for q in (1, 2, 3, 4)})
    page = at(scene.cast.ssp).text(PAGE)
    assert "61,5" not in page and "3.108" not in page and "straffeloven" not in page


def test_one_areas_figures_are_not_anothers(scene, at):
    make_round(make_import(scene.cast.lindevangen, scene.reader(scene.cast.ssp).by), T1=62.5)
    assert "62,5" not in at(scene.cast.neighbour).text(PAGE)


def test_a_newer_file_of_the_same_table_takes_the_place_of_the_older(scene, at):
    by = scene.reader(scene.cast.ssp).by
    for count in (100, 120):
        crime = make_import(scene.cast.lindevangen, by, ImportKind.STRAF11)
        make_crime(crime, {(2024, q): count for q in (1, 2, 3, 4)})
    page = at(scene.cast.board).text(PAGE)
    assert ">480<" in page and ">400<" not in page


def test_each_reader_is_told_of_what_they_may_see_and_of_no_exercise(scene, at):
    scene.activate(scene.cast.ssp)
    scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    scene.activate(scene.cast.ssp, is_exercise=True)
    assert counts(at(scene.cast.ssp).text(PAGE)) == (2, 0)
    for name in ("police", "police_and_ssp"):
        assert counts(at(getattr(scene.cast, name)).text(PAGE))[0] == 1
    board = at(scene.cast.board).text(PAGE)
    assert "Hændelser (" not in board and "vises for dem, der er med i beredskabet" in board


def test_the_page_says_the_same_to_the_police_with_and_without_a_b(scene, at):
    visitor = at(scene.cast.police)

    def seen() -> str:
        return re.sub(r'(content|value)="[^"]{15,}"', "", visitor.text(PAGE))

    before = seen()
    scene.activate(scene.cast.ssp)
    assert seen() == before


def test_a_false_alarm_is_no_part_of_the_story(scene, at):
    incident = scene.activate(scene.cast.ssp)
    annul(incident, scene.reader(scene.cast.ssp), "Forkert knap")
    assert counts(at(scene.cast.ssp).text(PAGE)) == (0, 0)


def test_the_administrator_writes_the_three_lists_each_with_its_years(scene, at):
    area = scene.cast.lindevangen
    assert "Det er ikke skrevet ind" in at(scene.cast.board).text(PAGE)
    form = f"/administration/areas/{area.public_id}/lists"
    keeper = at(scene.cast.administrator)
    assert form in keeper.text(f"/administration/areas/{area.public_id}")
    for wrong in ("snart", "2093", "20211", "1871", "2021, -1"):
        answer = keeper.post(form, {"police_sub": wrong})
        assert answer.status_code == 422 and "Skriv kun årstal" in answer.text and wrong in answer.text
    for _twice in (1, 2):
        said = {"police_sub": "2021, 2022;2021", "almenboligloven_61a": "2020", "project_funded": " "}
        assert keeper.post(form, said).status_code == 303
    assert db.session.query(AuditEntry).filter_by(kind="area_lists").count() == 1
    assert "2021, 2022" in keeper.text(form)
    page = at(scene.cast.board).text(PAGE)
    assert page.count("(SUB) (2021)") == page.count("(SUB) (2022)") == 1 and "§ 61 a (2020)" in page
    assert "til en boligsocial helhedsplan (" not in page and "De er ikke det samme" in page
    assert "§ 61 a (2020)" in str(asked(at(scene.cast.board), "pdf")["lists"])
    keeper.post(form, {"police_sub": "2022", "almenboligloven_61a": ""})
    page = at(scene.cast.board).text(PAGE)
    assert "(2021)" not in page and "§ 61 a" not in page and "(SUB) (2022)" in page


@pytest.mark.parametrize("name", ["ssp", "police", "board"])
def test_nobody_else_writes_the_lists(scene, at, name):
    path = f"/administration/areas/{scene.cast.lindevangen.public_id}/lists"
    assert at(getattr(scene.cast, name)).post(path, {"police_sub": "2021"}).status_code == 403
