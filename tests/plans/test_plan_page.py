"""The plan page: what the area's members read, and nobody else."""

import re

import pytest

from app.areas.by import By
from app.extensions import db
from app.plans.operations import approve, create_from_template
from app.plans.queries import plan_for
from app.plans.vocabulary import Track
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories import Visitor


@pytest.fixture
def cast(app, clock: Clock) -> Cast:
    cast = make_cast()
    approve(create_from_template(cast.lindevangen, By(cast.helhedsplan, cast.actors["helhedsplan"])), cast_by(cast))
    db.session.commit()
    return cast


def cast_by(cast: Cast) -> By:
    return By(cast.helhedsplan, cast.actors["helhedsplan"])


def read(app, user) -> str:
    """The page's words, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", Visitor(app, user).text("/plan")))


def test_it_says_who_may_activate_who_is_party_and_what_everybody_does(app, cast: Cast) -> None:
    words = read(app, cast.youth_club)
    document = plan_for(cast.lindevangen).document
    assert "Version 1, godkendt 22.11.2026 af Helle Plan, Lindevangen på Vej" in words
    assert "Hvem må aktivere: politisag" in words
    assert "Boligorganisationen Må aktivere, men er ikke part" in words
    assert "Politiet er ikke part." in words
    for line in document.parties:
        assert line.name in words
    for track in Track:
        for item in document.card("helhedsplan", track).items:
            assert item.text in words
    for audience in document.audiences:
        assert audience.label in words
    for category in document.categories:
        assert category.label in words


def test_every_member_of_the_area_reads_it(app, cast: Cast) -> None:
    for user in (cast.ssp_observer, cast.board, cast.police, cast.housing, cast.board_and_police):
        assert "Beredskabsplan for Lindevangen" in read(app, user)


def test_the_neighbour_reads_his_own_area_and_the_administrator_none(app, cast: Cast) -> None:
    words = read(app, cast.neighbour)
    assert "Beredskabsplan for Skovkanten" in words
    assert "Området har ingen plan" in words
    assert "Lindevangen" not in words
    assert Visitor(app, cast.administrator).get("/plan").status_code == 403
    assert Visitor(app).get("/plan").status_code in (302, 401)


def test_the_own_card_is_open_and_the_others_wait(app, cast: Cast) -> None:
    opened = re.findall(r'<details class="details" id="(card-[^"]+)" open', Visitor(app, cast.youth_club).text("/plan"))
    assert opened == ["card-police-youth_club", "card-non_police-youth_club"]


def test_the_menu_leads_to_it(app, cast: Cast) -> None:
    assert 'href="/plan"' in Visitor(app, cast.ssp).text("/plan")
