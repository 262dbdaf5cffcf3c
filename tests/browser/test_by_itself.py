"""What somebody must know comes to the page that they have open, whatever page it is."""

from playwright.sync_api import expect

from app.extensions import db
from app.messaging.heartbeats import DISPATCHER, beat
from tests.broadcasts.making import add_audiences, sent
from tests.browser.town import Town, working
from tests.narrative.making import make_message

SILENT = "Afsenderen kører ikke. Ring selv."


def test_that_nothing_is_sent_and_that_it_is_again(live, new_context, clock):
    town = Town(new_context)
    lives()
    page = town.enter("administrator")
    page.clock.install()
    page.goto("/administration/areas/new")
    name = page.get_by_label("Områdets navn")
    name.fill("Nyvang")
    expect(page.get_by_text(SILENT)).to_have_count(0)
    clock.advance(seconds=61)
    page.clock.run_for(21_000)
    expect(page.get_by_text(SILENT)).to_be_visible()
    expect(name).to_be_focused()
    lives()
    page.clock.run_for(21_000)
    expect(page.get_by_text(SILENT)).to_have_count(0)
    page.context.clear_cookies()
    page.clock.run_for(42_000)
    expect(name).to_have_value("Nyvang")  # whoever is signed out meanwhile is left with what they typed


def test_stop_is_there_as_long_as_something_can_be_stopped(app, live, new_context):
    town = Town(new_context)
    add_audiences(town.scene)
    incident = town.scene.activate(town.scene.cast.ssp)
    make_message(town.scene, incident, what_happened="Der går et rygte.")
    where = f"/incidents/{incident.public_id}/broadcasts/{sent(town.scene, incident).public_id}"
    db.session.commit()
    page = town.enter("helhedsplan")
    page.goto(where)
    stop = page.get_by_role("link", name="Stop resten")
    expect(stop).to_be_visible()
    with working(app):
        expect(stop).to_have_count(0)
    expect(page.locator("#progress-words")).to_contain_text("2 af 2")


def lives() -> None:
    beat(DISPATCHER)
    db.session.commit()
