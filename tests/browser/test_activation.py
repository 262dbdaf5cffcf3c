"""From the front page to activated with a thumb: few taps, nothing beside the screen, readable by day and night."""

from collections.abc import Callable

import pytest
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import BrowserContext, Page

from app.accounts.models import User
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock as time
from app.plans.vocabulary import Track
from tests.browser.conftest import LiveServer
from tests.browser.test_looks import TOO_SMALL, violations
from tests.scene import Scene

PAGES = {
    "ssp": ["/", "/activate", "/activate/afterwards", "/incidents", "/inbox"],
    "youth_club": ["/", "/activate"],
    "housing": ["/", "/activate"],
    "board": ["/"],
    "administrator": ["/", "/activate"],
}


@pytest.fixture
def scene(live: LiveServer, clock: object) -> Scene:
    return Scene()


def signed_in(context: BrowserContext, live: LiveServer, user: User) -> Page:
    """A page of this person's browser."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(live.app)
    session = {"_user_id": user.get_id(), "_fresh": True, "seen": time.now().isoformat(), "csrf_token": "f" * 40}
    context.add_cookies([{"name": "beredskab", "value": serializer.dumps(session), "url": live.url}])
    db.session.rollback()  # else our own transaction keeps the database from the server
    return context.new_page()


def test_three_taps_and_two_choices_activate(live: LiveServer, scene: Scene, context: BrowserContext) -> None:
    page = signed_in(context, live, scene.cast.ssp)
    page.goto("/")
    page.get_by_role("link", name="Aktivér beredskabet").tap()
    page.get_by_text("Ikke politisag", exact=True).tap()
    page.get_by_label("Type").select_option(label="Rygter på nettet")
    assert page.get_by_label("Hvad sker der").input_value().startswith("Et rygte om området")
    assert "Politiet er ikke part." in page.locator("#preview").inner_text()
    page.get_by_role("button", name="Aktivér nu").tap()
    page.wait_for_url("**/incidents/*")
    assert db.session.query(Incident).count() == 1


def test_a_type_that_the_track_cannot_have_is_out_of_reach(
    live: LiveServer, scene: Scene, context: BrowserContext
) -> None:
    page = signed_in(context, live, scene.cast.youth_club)
    page.goto("/activate")
    kind = page.get_by_label("Type")
    page.get_by_text("Politiet har ringet og aktiveret").tap()
    assert kind.locator("option", has_text="Nabokonflikt").is_disabled()
    kind.select_option(label="Skyderi")
    page.get_by_text("Bed om aktivering", exact=True).first.tap()
    assert kind.input_value() == ""
    assert kind.locator("option", has_text="Skyderi").is_disabled()
    assert page.get_by_role("button", name="Bed om aktivering").is_visible()


def test_own_words_stay_when_the_type_changes(live: LiveServer, scene: Scene, context: BrowserContext) -> None:
    page = signed_in(context, live, scene.cast.ssp)
    page.goto("/activate")
    page.get_by_label("Hvad sker der").fill("Mine egne ord")
    page.get_by_label("Type").select_option(label="Rygter på nettet")
    assert page.get_by_label("Hvad sker der").input_value() == "Mine egne ord"


def test_a_new_incident_comes_to_the_front_page_by_itself(
    live: LiveServer, scene: Scene, context: BrowserContext
) -> None:
    page = signed_in(context, live, scene.cast.youth_club)
    page.goto("/")
    assert page.get_by_text("Ingen hændelser er i gang.").is_visible()
    scene.activate(scene.cast.ssp)
    page.get_by_text("Rygte om drab").first.wait_for()
    assert page.get_by_role("button", name="Vi har set det").is_visible()


def test_every_screen_is_readable_and_fits(
    live: LiveServer, scene: Scene, new_context: Callable[..., BrowserContext]
) -> None:
    scene.activate(scene.cast.ssp)
    scene.activate(scene.cast.police, Track.POLICE, category="shooting")
    for name, paths in PAGES.items():
        page = signed_in(new_context(), live, getattr(scene.cast, name))
        for path in [*paths, "/k/unknown", "/colleague/unknown"]:
            page.goto(path)
            assert violations(page) == [], (name, path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, (name, path)
            assert page.evaluate(TOO_SMALL) == [], (name, path)
