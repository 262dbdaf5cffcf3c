"""C12 on a phone: violence in the youth club. It begins without the police, they take over, and later let go."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journeys import choose
from tests.browser.town import Town

ROOM = re.compile(r"/incidents/[\w-]+$")


@pytest.fixture
def town(live, new_context) -> Town:
    return Town(new_context)


def activate(page: Page, kind: str, what: str, *, is_politisag: bool = False) -> str:
    """Activate from the front page; answers the room's address."""
    page.set_default_timeout(20_000)  # three people work on one machine
    page.goto("/")
    page.get_by_role("link", name="Aktivér beredskabet").click()
    if not is_politisag and page.get_by_role("radio", name="Ikke politisag").count():
        page.get_by_role("radio", name="Ikke politisag").first.check()
    choose(page, "Type", kind)
    page.get_by_label(re.compile("Hvad sker der")).fill(what)
    page.get_by_role("button", name="Aktivér nu").click()
    page.wait_for_url(ROOM)
    return page.url


def write(page: Page, text: str) -> None:
    page.get_by_role("link", name="Skriv i log").click()
    page.locator("textarea#text").fill(text)
    page.locator("#form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/incidents/[\w-]+(#log)?$"))


def fits(page: Page) -> bool:
    """Nothing is wider than the phone."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_the_club_c12(town):
    ssp, police = town.enter("ssp"), town.enter("police")
    without = activate(ssp, "Mange unge samlet", "Slagsmål i klubben")
    case = activate(police, "Skyderi", "Vold mod en medarbejder", is_politisag=True)

    # The tovholder is asked on the front page and on top of the room.
    ssp.goto("/")
    expect(ssp.get_by_text("Er det samme hændelse som jeres")).to_be_visible()
    ssp.goto(without)
    ssp.get_by_role("link", name="Svar ja eller nej").click()
    expect(ssp.get_by_role("heading", level=1)).to_have_text("Er det samme hændelse?")
    assert fits(ssp)
    ssp.get_by_role("radio", name="Ja, det er samme hændelse").check()
    ssp.locator("input[type=checkbox][name=tasks]").first.check()
    ssp.get_by_label(re.compile("Resumé")).fill("Klubben er lukket. To voksne bliver hos de unge.")
    ssp.get_by_role("button", name="Svar").click()
    ssp.wait_for_url(ROOM)
    expect(ssp.get_by_text("Hændelsen er overgået til politisag. Politiet leder nu.")).to_be_visible()

    # In the police's room stands what was ticked and typed, and nothing else of it.
    police.goto(case)
    expect(police.get_by_text("To voksne bliver hos de unge.")).to_be_visible()
    assert "Slagsmål" not in police.content()
    assert without.rsplit("/", 1)[1] not in police.content()
    assert police.goto(without).status == 404

    # Those in both read the whole course in one.
    ssp.get_by_role("link", name="Hele forløbet").click()
    expect(ssp.get_by_text("Aktiveret som politisag: Vold mod en medarbejder")).to_be_visible()
    expect(ssp.get_by_text("Aktiveret som ikke politisag: Slagsmål i klubben")).to_be_visible()
    assert fits(ssp)

    # Later the police let the case go.
    police.goto(f"{case}/release")
    assert fits(police)
    police.get_by_role("button", name="Frigiv sagen").click()
    police.wait_for_url(ROOM)
    expect(police.get_by_text("Politiet har frigivet sagen. Din del af den er afsluttet.")).to_be_visible()
    assert "Forløbet" not in police.content()

    helhedsplan = town.enter("helhedsplan")
    expect(helhedsplan.get_by_text("I er tovholder nu")).to_be_visible()
    helhedsplan.get_by_role("link", name=re.compile("I er tovholder nu")).click()
    expect(helhedsplan.get_by_text("IKKE POLITISAG · tovholder")).to_be_visible()
    expect(helhedsplan.get_by_role("link", name=re.compile("Forløbet før")).first).to_be_visible()
    write(helhedsplan, "Klubben åbner i morgen med ekstra voksne.")
    police.goto(case)
    assert "ekstra voksne" not in police.content()


def test_a_half_written_entry_meets_the_switch_and_is_not_lost(town):
    ssp, slow = town.enter("ssp"), town.enter("youth_club")
    without = activate(ssp, "Mange unge samlet", "Slagsmål i klubben")
    slow.goto(f"{without}/log/new")
    slow.locator("textarea#text").fill("Vi har talt med forældrene.")
    activate(town.enter("police"), "Skyderi", "Vold mod en medarbejder", is_politisag=True)
    ssp.goto(without)
    ssp.get_by_role("link", name="Svar ja eller nej").click()
    ssp.get_by_role("radio", name="Ja, det er samme hændelse").check()
    ssp.get_by_role("button", name="Svar").click()
    ssp.wait_for_url(ROOM)
    slow.locator("#form button[type=submit]").last.click()
    expect(slow.get_by_text("Hændelsen har ændret sig, siden du åbnede siden.")).to_be_visible()
    expect(slow.get_by_text("overgået til politisag")).to_be_visible()
    expect(slow.locator("textarea#text")).to_have_value("Vi har talt med forældrene.")
