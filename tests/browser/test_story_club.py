"""C12 on four phones: a text that waits when the police take over waits for them; later they let the case go."""

import re

import pytest

from tests.browser.story import AFTERNOON, ROOM, Phone, add_audiences, sent, wait_until_sent
from tests.browser.town import Town, working

TO_PARENTS = (
    "Klubben har lukket i aften efter en voldsom konflikt mellem unge. Medarbejdere taler med de unge, der var der. "
    "Klubben åbner igen i morgen kl. 14.00 med ekstra voksne. Tal roligt med dit barn, og skriv ikke om navne på "
    "nettet. Vi skriver igen i morgen kl. 12.00."
)
HOMES = ["+4530000003", "+4530000011", "+4530000013"]


@pytest.fixture
def town(live, new_context, clock) -> Town:
    clock.set(AFTERNOON)
    town = Town(new_context)
    add_audiences(town.scene)
    return town


def test_what_waited_for_one_waits_for_the_other_c12(town, live):
    with working(live.app):
        ssp, police = Phone(town, "ssp"), Phone(town, "police")
        ssp.activate("Vold på ungdomsklubben", "Slagsmål i klubben. Den er lukket.", "Hele området")
        ssp.write("/message/new", {"Hvad er der sket": "Klubben har lukket i aften."})
        ssp.broadcast(TO_PARENTS, "Beboere")
        case = police.activate("Slagsmål eller opgør mellem grupper", "Vold er anmeldt.", "Hele området")
        taken_over(ssp, police, case)
        after = let_go(police, Phone(town, "helhedsplan"))
        over(after, Phone(town, "ssp", after.room), police)


def taken_over(ssp: Phone, police: Phone, case: str) -> None:
    without = ssp.room
    ssp.see()
    ssp.page.get_by_role("link", name="Svar ja eller nej").click()
    ssp.page.get_by_role("radio", name="Ja, det er samme hændelse").check()
    ssp.page.get_by_label(re.compile("^Resumé")).fill("To voksne bliver hos de unge.")
    with ssp.page.expect_navigation():
        ssp.page.locator("#form button[type=submit]").last.click()
    ssp.reads("", "Hændelsen er overgået til politisag.")
    police.reads("", "To voksne bliver hos de unge.")
    assert police.page.goto(without).status == 404
    assert sent(1) == []
    # The text is a draft of the police's case now, and goes with their yes alone.
    ssp.room = case
    ssp.reads("/broadcasts", "Skrevet før skiftet, læs den igen")
    with ssp.page.expect_navigation():
        ssp.page.locator("#to-broadcast-1").click()
    place = ssp.send_to_release(ssp.page.url.removeprefix(case))
    police.release(place)
    assert wait_until_sent(ssp.page, 1, 3) == HOMES


def let_go(police: Phone, plan: Phone) -> Phone:
    police.write("/release")
    police.reads("", "Politiet har frigivet sagen. Din del af den er afsluttet.")
    plan.page.goto("/")
    plan.page.get_by_role("link", name=re.compile("I er tovholder nu")).click()
    plan.page.wait_for_url(ROOM)
    plan.room = plan.page.url
    plan.reads("", "IKKE POLITISAG · tovholder")
    return plan


def over(plan: Phone, ssp: Phone, police: Phone) -> None:
    plan.write("/message/new", {"Hvad er der sket": "Klubben åbner i morgen med ekstra voksne."})
    ssp.release(plan.broadcast("Klubben åbner i morgen kl. 14.00 med ekstra voksne.", "Beboere"))
    assert wait_until_sent(plan.page, 1, 3) == HOMES
    ssp.release(plan.send_to_release(plan.write("/broadcasts/after", {"Tekst": "Der er ro igen."})))
    assert wait_until_sent(plan.page, 2, 3) == HOMES
    plan.stand_down()
    assert police.page.goto(plan.room).status == 404
