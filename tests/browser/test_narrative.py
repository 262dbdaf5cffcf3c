"""Facts, report and shared message on a phone by day and night, while it is typed, and on paper."""

import pytest

from app.extensions import db
from tests.browser.test_looks import TOO_SMALL, violations
from tests.factories import PASSWORD
from tests.narrative.making import make_fact, make_message, make_report, url
from tests.scene import Scene

PAGES = ("facts", "facts/new", "situation", "situation/new", "message", "message/new", "message/2/poster")


@pytest.fixture
def scene(app) -> Scene:
    return Scene()


@pytest.fixture
def addresses(scene) -> dict[str, str]:
    """Every page of an incident with two versions of everything; read now, so that nothing holds the database."""
    incident = scene.activate(scene.cast.ssp)
    for status in ("confirmed", "unconfirmed", "refuted"):
        make_fact(scene, incident, f"Der er hørt skud ({status})", status)
    for text in ("Der er uro ved torvet.", "Der er roligt ved torvet."):
        make_report(scene, incident, situation=text, not_to_publish="Hvor opsøgende team er.")
        make_message(scene, incident, what_happened=text, contact="Ring til helhedsplanen.")
    found = {page: url(incident, page) for page in PAGES} | {"email": scene.cast.ssp.email}
    db.session.commit()
    return found


def signed_in(context, addresses):
    page = context.new_page()
    page.goto(addresses["facts"])
    page.locator("input[type=email]").fill(addresses["email"])
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button").last.click()
    page.get_by_role("heading", name="Oplysninger").wait_for()
    return page


def test_every_page_is_readable_on_a_phone(new_context, addresses):
    page = signed_in(new_context(), addresses)
    for name in PAGES:
        page.goto(addresses[name])
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        assert page.evaluate(TOO_SMALL) == [], name


def test_what_is_typed_reads_below_at_once_and_without_scripts_at_the_tap_of_a_button(new_context, addresses):
    page = signed_in(new_context(), addresses)
    page.goto(addresses["message/new"])
    page.get_by_label("Det gør vi").fill("Vi går på gaden.")
    page.locator("#preview").get_by_text("Vi går på gaden.").wait_for()
    page = signed_in(new_context(java_script_enabled=False), addresses)
    page.goto(addresses["message/new"])
    page.get_by_label("Det gør vi").fill("Vi går på gaden.")
    page.get_by_role("button", name="Vis, hvordan det lyder").click()
    assert page.locator("#preview").get_by_text("Vi går på gaden.").is_visible()
    assert page.get_by_label("Det gør vi").input_value() == "Vi går på gaden."


def test_on_paper_the_notice_has_nothing_but_the_message(new_context, addresses):
    page = signed_in(new_context(), addresses)
    page.goto(addresses["message/2/poster"])
    page.emulate_media(media="print")
    assert page.get_by_text("Der er roligt ved torvet.").is_visible()
    assert not page.get_by_text("Til budskabet").is_visible()
    assert not page.get_by_role("button", name="Udskriv").is_visible()
