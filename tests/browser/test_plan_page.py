"""The plan on a phone by day and night, and on paper with every card unfolded."""

import pytest

from app.areas.by import By
from app.extensions import db
from app.plans.operations import approve, create_from_template
from tests.browser.test_looks import TOO_SMALL, violations
from tests.cast import make_cast
from tests.factories import PASSWORD


@pytest.fixture
def email(app) -> str:
    cast = make_cast()
    by = By(cast.helhedsplan, cast.actors["helhedsplan"])
    approve(create_from_template(cast.lindevangen, by), by)
    email = cast.helhedsplan.email
    db.session.commit()
    return email


def open_plan(context, email: str):
    page = context.new_page()
    page.goto("/plan")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button").last.click()
    page.get_by_role("heading", name="Beredskabsplan for Lindevangen").wait_for()
    return page


def test_the_plan_is_readable_on_a_phone(new_context, email):
    page = open_plan(new_context(), email)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(TOO_SMALL) == []


def test_on_paper_every_card_is_unfolded(new_context, email):
    page = open_plan(new_context(), email)
    elsewhere = page.get_by_text("Sæt en voksen ved døren", exact=False).first
    assert not elsewhere.is_visible(), "on screen only the own card is open"
    page.emulate_media(media="print")
    assert elsewhere.bounding_box()["height"] > 0
    assert elsewhere.evaluate("e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})")
