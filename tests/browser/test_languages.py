"""Other languages on a phone: Arabic runs from the right wherever it stands, and length is counted while one types."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.extensions import db
from tests.broadcasts.languages import ARABIC, add_readers, approved, translated
from tests.broadcasts.making import add_audiences, compose
from tests.browser.test_administration import sign_in
from tests.browser.test_looks import TOO_SMALL, violations
from tests.narrative.making import make_message
from tests.scene import Scene

DANISH = "Der går et rygte i Lindevangen. Det passer ikke. Vi skriver igen kl. 16.00."
FROM_RIGHT = (
    "e => getComputedStyle(e).direction === 'rtl' && ['start', 'right'].includes(getComputedStyle(e).textAlign)"
)
NO_ARABIC = ("translate-tr", "new-from-plan", "informed-residents")


@pytest.fixture
def broadcast(live):
    """A draft with an Arabic translation that somebody has approved, and a Turkish one that nobody has."""
    scene = Scene()
    add_audiences(scene)
    add_readers(scene)
    incident = scene.activate(scene.cast.ssp)
    make_message(scene, incident, what_happened=DANISH)
    made = compose(scene, incident, text=DANISH)
    translated(scene, made)
    approved(scene, made)
    found = f"/incidents/{incident.public_id}/broadcasts/{made.public_id}", f"/incidents/{incident.public_id}"
    db.session.commit()
    return found


def keep(page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_every_page_with_another_language_reads_well_and_runs_the_right_way(new_context, broadcast):
    one, incident = broadcast
    page = new_context().new_page()
    sign_in(page, "helle@lindevangen.example")
    paths = {
        "languages": one, "translate": f"{one}/texts/ar", "translate-tr": f"{one}/texts/tr",
        "approve": f"{one}/texts/ar/approval", "ready-languages": f"{one}/ready", "poster-ar": f"{one}/texts/ar/poster",
        "new-from-plan": f"{incident}/broadcasts/new?phase=first&audience=residents", "plan": "/plan",
        "informed-residents": f"{incident}/broadcasts/informed/residents",
    }  # fmt: skip
    for name, path in paths.items():
        page.goto(path)
        if name == "plan":
            page.locator("#fixed-texts-summary").click()
        keep(page, name)
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        assert page.evaluate(TOO_SMALL) == [], name
        for arabic in page.locator("[lang=ar]").all():
            assert arabic.evaluate(FROM_RIGHT), name
        assert page.locator("[lang=ar]").count() or name in NO_ARABIC, name


def test_the_length_is_counted_while_one_types(page, broadcast):
    one, incident = broadcast
    sign_in(page, "helle@lindevangen.example")
    page.goto(f"{incident}/broadcasts/new")
    page.locator("textarea").fill("Alt er “roligt” – gå bare hjem.")
    expect(page.locator("#preview")).to_contain_text('Alt er "roligt" - gå bare hjem.')
    expect(page.locator("#preview")).to_contain_text("1 sms (GSM-7, 31 tegn)")
    page.locator("textarea").fill("Uro ved {sted} " + "ı" * 130)
    expect(page.locator("#preview")).to_contain_text("3 sms (UCS-2, 145 tegn). Længere end to sms: højst 134 tegn")
    expect(page.locator("#preview")).to_contain_text("Udfyld {sted}, før den sendes til frigivelse.")
    page.goto(f"{one}/texts/ar")
    page.locator("textarea").fill(ARABIC * 3)
    expect(page.locator("#preview p[lang=ar]")).to_have_text(ARABIC * 3)


def test_without_scripts_the_length_stands_there_after_it_is_saved(new_context, broadcast):
    _one, incident = broadcast
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "helle@lindevangen.example")
    page.goto(f"{incident}/broadcasts/new")
    page.get_by_label("Beboere", exact=True).check()
    page.locator("textarea").fill("ı" * 71)
    page.get_by_role("button", name="Gem kladden").click()
    expect(page.get_by_text("2 sms (UCS-2, 71 tegn)").first).to_be_visible()
