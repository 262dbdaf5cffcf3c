"""Review, exercise and contacts on a phone: axe finds nothing, by day and by night, and everything fits the thumb."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.extensions import db
from app.reviews import queries
from app.reviews.operations import add_learning_point, answer
from app.transitions.stand_down import StandDown, stand_down
from tests.browser.test_administration import sign_in
from tests.browser.test_looks import TOO_SMALL, violations
from tests.scene import Scene


@pytest.fixture
def scene(live):
    return Scene()


def test_every_page_reads_well(new_context, scene):
    over = scene.activate(scene.cast.ssp)
    stand_down(over, scene.reader(scene.cast.ssp), StandDown((), note="Alt er roligt.", move_tasks=True))
    review, by = queries.review_of(over), scene.reader(scene.cast.helhedsplan).by
    answer(review, by.actor, {"q0": "Samme ord fra alle.", "q3": "Aftal vagt i ferien."}, by=by)
    point = add_learning_point(review, "Aftal, hvem der har vagt", by.actor, review.debrief_due_at.date(), by=by)
    exercise = scene.activate(scene.cast.ssp, is_exercise=True, what="Vi øver rygter")
    home, contact = f"/incidents/{over.public_id}/review", scene.contacts["ssp"][0].public_id
    paths = {
        "review": home, "answers": f"{home}/answers", "learning": f"{home}/learning/new",
        "point": f"{home}/learning/{point.public_id}", "closure": f"{home}/closure", "door": "/exercises",
        "start": "/exercises/new", "break-off": f"/incidents/{exercise.public_id}/break-off",
        "real": f"/incidents/{exercise.public_id}/real", "contacts": "/contacts", "new-contact": "/contacts/new",
        "contact": f"/contacts/{contact}", "end-contact": f"/contacts/{contact}/end",
    }  # fmt: skip
    db.session.commit()
    page = new_context().new_page()
    sign_in(page, "helle@lindevangen.example")
    for name, path in paths.items():
        page.goto(path)
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert page.evaluate(TOO_SMALL) == [], path


def test_an_exercise_is_started_and_broken_off(page, scene):
    sign_in(page, "sanne@lindevangen.example", target="/")
    page.get_by_role("link", name="Øvelse Intet").click()
    page.get_by_role("link", name="Forbered en øvelse").click()
    page.get_by_label("Ikke politisag").check()
    page.get_by_label("Type").select_option("rumours")
    expect(page.locator("#preview")).to_contain_text("Tilkaldes:")
    page.get_by_role("button", name="Start øvelsen").click()
    expect(page.locator(".band-exercise")).to_be_visible()
    page.locator("#room-menu-summary").click()
    page.get_by_role("link", name="Afbryd øvelsen").click()
    page.get_by_role("button", name="Afbryd øvelsen").click()
    expect(page.locator("main")).to_contain_text("Øvelsen er afbrudt.")
