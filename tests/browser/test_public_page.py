"""The public page on a resident's phone, and the info screen that nobody touches."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.broadcasts import operations
from app.extensions import db
from app.lib import clock as app_clock
from app.messaging.models import Delivery
from tests.broadcasts.making import add_audiences, sent
from tests.browser.test_looks import violations
from tests.narrative.making import make_message
from tests.scene import Scene
from tests.signup.conftest import newest_code

AREA = "/area/lindevangen"


@pytest.fixture
def scene(app):
    made = Scene()
    add_audiences(made)
    return made


@pytest.fixture
def incident(scene):
    made = scene.activate(scene.cast.ssp)
    make_message(scene, made)
    return made


def looked_at(page):
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def test_a_resident_signs_up_by_text_gets_one_and_signs_off(scene, incident, live, page):
    sent(scene, incident, text="Alt er roligt på torvet.", is_public=True)
    page.goto(AREA)
    expect(page.get_by_text("Alt er roligt på torvet.")).to_be_visible()
    expect(page.get_by_text("Sidst opdateret kl.")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="العربية").click()
    looked_at(page)
    page.get_by_role("link", name="Dansk").click()
    page.get_by_role("link", name="Tilmeld dig, afmeld dig").click()
    page.get_by_role("button", name="Send mig en kode").click()
    expect(page.get_by_text("Skriv et dansk mobilnummer")).to_be_visible()
    looked_at(page)
    page.get_by_label("Dansk mobilnummer").fill("30 00 11 22")
    page.get_by_role("button", name="Send mig en kode").click()
    looked_at(page)
    page.get_by_label("Kode med 6 cifre").fill(newest_code())
    page.get_by_role("button", name="Fortsæt").click()
    looked_at(page)
    page.get_by_label("Hvor bor du?").select_option(label="Lindehuse")
    page.get_by_label("Ja, send mig beskeder").check()
    page.get_by_role("button", name="Tilmeld mig").click()
    expect(page.get_by_text("Du får beskeder på")).to_be_visible()
    looked_at(page)
    made = sent(scene, incident, text="Torvet er åbent igen.")
    assert db.session.query(Delivery).filter_by(group=made.group, address="+4530001122").count() == 1
    db.session.commit()
    page.get_by_role("link", name="Afmeld mig").click()
    looked_at(page)
    page.get_by_role("button", name="Ja, afmeld mig").click()
    expect(page.get_by_text("Du er afmeldt")).to_be_visible()
    assert page.context.cookies() == []


def test_a_screen_left_alone_shows_a_withdrawal_within_ten_seconds(scene, incident, live, page):
    made = sent(scene, incident, text="Torvet er spærret.", is_public=True)
    page.goto(f"{AREA}/screen")
    expect(page.get_by_text("Torvet er spærret.")).to_be_visible()
    assert violations(page) == []
    operations.withdraw(made, scene.reader(scene.cast.ssp), app_clock.now() + timedelta(minutes=15))
    db.session.commit()
    expect(page.get_by_text("var forkert")).to_be_visible(timeout=10_000)
    expect(page.get_by_text("Torvet er spærret.")).to_have_count(0)


def test_a_screen_without_a_net_greys_then_empties_and_starts_over_a_few_times_a_day(scene, incident, live, page):
    sent(scene, incident, text="Torvet er spærret.", is_public=True)
    page.clock.install()
    page.goto(f"{AREA}/screen")
    expect(page.get_by_text("Sidst opdateret kl.")).to_be_visible()
    page.context.set_offline(True)
    page.clock.fast_forward("01:00")
    page.clock.run_for(2000)
    expect(page.locator("#board")).to_have_class("screen-main is-stale")
    expect(page.get_by_text("Ingen forbindelse. Det her kan være gammelt.")).to_be_visible()
    page.clock.fast_forward("16:00")
    page.clock.run_for(2000)
    expect(page.get_by_text("Torvet er spærret.")).to_have_count(0)  # it may have been taken back meanwhile
    page.context.set_offline(False)
    expect(page.get_by_text("Torvet er spærret.")).to_be_visible()
    with page.expect_event("load"):
        page.clock.fast_forward("06:00:00")
        page.clock.run_for(5000)
