"""What looks like a person is said at the field while it is typed, by the same rules as on the server."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from app.extensions import db
from app.lib import personal_data
from tests.browser.town import Town
from tests.personal_data import lines

SEEN = """(texts) => {
  const field = document.querySelector("textarea[data-lint]");
  return texts.map((text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    return (document.getElementById(field.id + "-lint")?.dataset.kinds || "").split(" ").filter(Boolean);
  });
}"""


def at_the_log(town: Town) -> Page:
    incident = town.scene.activate(town.scene.cast.ssp)
    db.session.commit()
    page = town.enter("ssp")
    page.goto(f"/incidents/{incident.public_id}/log/new")
    return page


def test_the_browser_finds_what_the_server_finds(
    live: object, app: Flask, new_context: Callable[..., BrowserContext]
) -> None:
    page = at_the_log(Town(new_context))
    texts = [
        line
        for text in (lines.ORDINARY, lines.CPR, lines.PLATES, lines.PHONES, lines.NAMES)
        for line in lines.listed(text)
    ]
    texts += ["290200-1234", "290201-1234", "290203-0000", "CVR-nr. 29188459", "Ét. Drengen er 010203-1234\nslut"]
    there = [[one.kind.value for one in personal_data.find(text)] for text in texts]
    assert page.evaluate(SEEN, texts) == there


def test_the_sentence_is_marked_and_goes_when_the_words_go(
    live: object, app: Flask, new_context: Callable[..., BrowserContext]
) -> None:
    page = at_the_log(Town(new_context))
    field = page.locator("textarea[data-lint]").first
    field.fill("Roligt nu. Drengen hedder Jonas. Vi går hjem.")
    expect(page.locator(".lint q")).to_have_text("Drengen hedder Jonas")
    expect(page.locator(".lint mark")).to_have_text("hedder")
    field.fill("Roligt nu.")
    expect(page.locator(".lint p")).to_have_count(0)
