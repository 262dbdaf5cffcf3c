"""The plan on two phones: a draft, a chain that runs backwards, mended; the difference; two yes; and what then would
happen. Every page of the draft is looked at by day and by night."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.extensions import db
from app.plans.queries import plan_for
from tests.browser.test_looks import TOO_SMALL, violations
from tests.browser.town import Town


@pytest.fixture
def town(new_context) -> Town:
    return Town(new_context)


def look(page: Page, name: str) -> None:
    """Nothing for axe, nothing off the screen, nothing too small; a picture where somebody asked for them."""
    assert violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
    assert page.evaluate(TOO_SMALL) == [], name
    if folder := os.environ.get("BEREDSKAB_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=Path(folder) / f"{name}-night.png", full_page=True)
        page.emulate_media(color_scheme="light")


def chain(page: Page, deputy: str) -> None:
    page.locator("#sections").get_by_role("link", name="Tilkald").click()
    page.locator("#chain-it").get_by_role("link", name="Tilkaldekæden").click()
    page.get_by_label("Stedfortræder efter").fill(deputy)
    look(page, "entry")
    page.get_by_role("button", name="Gem i udkastet").click()


def test_two_parties_make_the_chain_faster_and_see_who_is_then_called_when(town):
    helle, sanne = town.enter("helhedsplan"), town.enter("ssp")
    helle.goto("/plan")
    helle.get_by_role("link", name="Ret planen").click()
    look(helle, "none")
    helle.get_by_role("button", name="Begynd et udkast").click()
    chain(helle, "9")
    wrong = "Tilkaldekæden skal gå fra vagthavende over stedfortræder til alle."
    expect(helle.locator("#findings")).to_contain_text(wrong)
    look(helle, "section")
    helle.goto("/plan/draft")
    expect(helle.get_by_text("1 ting skal rettes, før planen kan godkendes.")).to_be_visible()
    expect(helle.get_by_role("link", name="Godkend planen")).to_have_count(0)
    look(helle, "draft")
    chain(helle, "2")
    helle.goto("/plan/draft")
    helle.get_by_role("link", name="Se forskellen").click()
    changed = helle.locator("#changed-chain")
    expect(changed.locator("del")).to_contain_text("3")
    expect(changed.locator("ins")).to_contain_text("2")
    look(helle, "difference")
    for kind in ("parties", "cards", "audiences", "messages", "categories", "activation", "purpose", "ending"):
        helle.goto(f"/plan/draft/sections/{kind}")
        look(helle, kind)
    for new in ("category", "message", "audience", "item?in=ssp.police", "card"):
        path, _, query = new.partition("?")
        helle.goto(f"/plan/draft/entries/{path}/new?{query}")
        look(helle, f"new-{path}")
    helle.goto("/plan/draft")
    helle.get_by_role("link", name="Godkend planen").click()
    look(helle, "approval")
    helle.get_by_role("button", name="Sig ja for din part").click()
    expect(helle.get_by_text("har sagt ja.")).to_be_visible()
    sanne.goto("/")
    sanne.get_by_text("har sagt ja til udkastet").first.click()
    sanne.get_by_role("link", name="Godkend planen").click()
    sanne.get_by_role("button", name="Sig ja: planen gælder fra nu").click()
    expect(sanne.get_by_text("Planens version 2 gælder fra nu.")).to_be_visible()
    assert plan_for(town.scene.cast.lindevangen).document.chain.deputy_after_minutes == 2
    db.session.rollback()
    sanne.get_by_role("link", name="Hvad sker der, hvis").click()
    look(sanne, "what-if")
    sanne.get_by_label("Dato").fill("2026-11-22")
    sanne.get_by_label("Klokken").fill("23:40")
    sanne.get_by_role("button", name="Se, hvad der sker").click()
    expect(sanne.locator("#party-youth_club")).to_contain_text("Kl. 23.42 (efter 2 min): youth_club B")
    look(sanne, "answer")
