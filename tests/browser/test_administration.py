"""An administrator at a phone: a new colleague is made, let in, given a role, and closed out again."""

import re

import pytest
from playwright.sync_api import expect

from app.extensions import db
from tests.browser.test_looks import TOO_SMALL, violations
from tests.cast import make_cast
from tests.factories import PASSWORD


@pytest.fixture
def cast(live):
    cast = make_cast()
    db.session.commit()
    return cast


def sign_in(page, email, password=PASSWORD, target="/me"):
    page.goto(f"/sign-in?next={target}")
    page.get_by_label("Mail").fill(email)
    page.get_by_label("Kodeord").fill(password)
    page.get_by_role("button", name="Log ind").click()


def test_the_administrator_manages_people(page, new_context, cast):
    sign_in(page, "adam@beredskab.example", target="/administration")
    page.get_by_role("link", name="Ny person").click()
    page.get_by_label("Navn").fill("Vera Vang")
    page.get_by_label("Mail").fill("vera")
    page.get_by_role("button", name="Opret").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("Det ligner ikke en mail")
    page.get_by_label("Mail").fill("vera@lindevangen.example")
    page.get_by_role("button", name="Opret").click()
    link = page.locator(".link-to-copy").inner_text()
    page.get_by_role("link", name="Giv en rolle").click()
    page.get_by_label("Aktør").select_option("Lindevangen: SSP og opsøgende team")
    page.get_by_label("Rolle").select_option("Medarbejder")
    page.get_by_role("button", name="Giv rollen").click()
    expect(page.locator("main")).to_contain_text("Lindevangen, medarbejder")

    vera = new_context().new_page()
    vera.goto(link[link.index("/welcome") :])
    vera.get_by_label("Nyt kodeord").fill("seks gule cykler")
    vera.get_by_role("button", name="Vælg kodeord").click()
    vera.goto("/me")
    expect(vera.locator("main")).to_contain_text("Medarbejder hos SSP og opsøgende team, Lindevangen")

    page.get_by_role("button", name="Luk adgangen nu").click()
    expect(page.locator("main")).to_contain_text("Adgangen er lukket")
    vera.goto("/me")
    expect(vera).to_have_url(re.compile("/sign-in"))


def test_what_was_typed_when_the_session_died_is_sent_after_signing_in(page, cast):
    sign_in(page, "adam@beredskab.example", target="/administration/areas/new")
    page.get_by_label("Områdets navn").fill("Æblegården ved søen")
    page.get_by_label("Kommune").fill("Linde Kommune")
    page.context.clear_cookies()
    page.get_by_role("button", name="Opret").click()
    expect(page.locator("main")).to_contain_text("Det, du skrev, er gemt her på siden")
    page.get_by_label("Mail").fill("adam@beredskab.example")
    page.get_by_label("Kodeord").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    expect(page.locator("main")).to_contain_text("Æblegården ved søen")
    page.get_by_role("button", name="Send igen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Æblegården ved søen")


def test_axe_finds_nothing_and_everything_fits_the_thumb(new_context, cast):
    area, person, admin = (row.public_id for row in (cast.lindevangen, cast.ssp, cast.administrator))
    db.session.commit()  # SQLite has one writer
    home = "/administration"
    paths = [
        "/sign-in", "/me", "/me/password", "/declaration", "/welcome/x", f"{home}/people", f"{home}/people/new",
        f"{home}/people/{person}", f"{home}/people/{admin}", f"{home}/people/{person}/memberships", f"{home}/areas",
        f"{home}/areas/{area}", f"{home}/areas/{area}/actors/new", f"{home}/areas/{area}/places/new",
        f"{home}/organisations", f"{home}/organisations/new", f"{home}/audit",
    ]  # fmt: skip
    page = new_context().new_page()
    page.goto("/sign-in")
    assert violations(page) == []
    sign_in(page, "adam@beredskab.example")
    for path in paths:
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert page.evaluate(TOO_SMALL) == [], path
