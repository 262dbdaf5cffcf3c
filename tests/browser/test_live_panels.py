"""A page keeps itself fresh, and never under somebody's hands."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.gallery.fixture import app, world

__all__ = ["app", "world"]


@pytest.fixture
def room(page):
    page.goto("/gallery/room")
    return page


def write(world, text):
    world.entries.insert(0, text)
    world.version += 1


def test_a_new_entry_comes_by_itself_and_is_marked(room, world):
    room.locator("#chain-summary").click()
    write(world, "Politiet afkræfter rygtet.")
    fresh = room.locator(".entry", has_text="afkræfter")
    expect(fresh).to_have_class(re.compile("is-new"))
    expect(room.locator(".entry.is-new")).to_have_count(1)
    expect(room.locator("#chain")).to_have_attribute("open", "")
    expect(room.locator("#chain-summary")).to_be_focused()


def test_half_typed_text_stays_and_the_news_wait(room, world):
    box = room.get_by_label("Skriv i loggen")
    box.press_sequentially("Vi går nu ru")
    write(world, "Ny post.")
    expect(room.locator(".news-waiting")).to_have_text("Der er nyt her. Det vises, når du er færdig med at skrive.")
    box.press_sequentially("ndt")
    expect(box).to_have_value("Vi går nu rundt")
    expect(box).to_be_focused()
    room.get_by_role("heading", name="Du skal nu").click()
    room.wait_for_timeout(500)
    expect(box).to_have_value("Vi går nu rundt")  # left, but not sent
    box.fill("")
    room.get_by_role("heading", name="Du skal nu").click()
    expect(room.locator(".entry", has_text="Ny post.")).to_be_visible()
    expect(room.locator(".news-waiting")).to_have_count(0)


def test_a_tap_on_a_task_or_on_save_goes_through_while_the_page_is_live(room, world):
    room.get_by_label("Skriv i loggen").fill("Gemt")
    room.get_by_role("button", name="Gem").click()
    room.wait_for_url("**/gallery/room")
    room.get_by_role("button", name="Markér som udført: Kvittér budskab v2").click()
    room.wait_for_load_state()
    assert [(r.get("note"), r["once"]) for r in world.received] == [("Gemt", "log-1"), (None, "k2")]


def test_without_a_net_the_page_says_since_when_and_recovers(room, context, world):
    context.set_offline(True)
    expect(room.locator("#connection")).to_have_text(re.compile(r"^Ingen forbindelse - viser kl\. \d{1,2}\.\d\d$"))
    write(world, "Skrevet imens.")
    context.set_offline(False)
    expect(room.locator(".entry", has_text="Skrevet imens.")).to_be_visible()
    expect(room.locator("#connection")).to_be_hidden()


def test_a_fragment_that_did_not_come_is_asked_for_again(room, world):
    refused = []

    def once(route):
        if refused:
            return route.continue_()
        refused.append(1)
        return route.fulfill(status=429, body="nej")

    room.route("**/gallery/log", once)
    write(world, "Kom til sidst.")
    expect(room.locator(".entry", has_text="Kom til sidst.")).to_be_visible(timeout=8000)
    assert refused and not room.get_by_text("nej", exact=True).is_visible()


def test_when_access_ends_the_page_loads_anew_but_not_for_ever(room, world):
    loads = []
    room.on("load", lambda _: loads.append(1))
    world.poll_status = 404
    with room.expect_event("load"):
        pass
    expect(room.locator("#connection")).to_have_text("Siden opdateres ikke længere. Genindlæs den.")
    assert len(loads) == 1


def test_a_poll_without_news_has_no_body(room):
    answers = []
    room.on("response", lambda a: answers.append(a.status) if a.url.endswith("/gallery/live") else None)
    room.wait_for_timeout(4600)
    assert answers[0] in (200, 304) and answers[-1] == 304


def test_the_clocks_go(room):
    clock = room.locator(".band-clock time")
    before = clock.text_content()
    expect(clock).not_to_have_text(before)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", clock.text_content())
    expect(room.locator("#t1 time")).to_have_text("8 min forsinket")
    expect(room.locator("#t1 time")).to_have_class(re.compile("is-late"))
