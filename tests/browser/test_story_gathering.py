"""C7 on three phones: the parties agree on what they do, do it, and tell the stairwell that hears the music."""

import pytest
from playwright.sync_api import expect

from tests.browser.story import AFTERNOON, Phone, add_audiences, wait_until_sent
from tests.browser.town import Town, working

TO_RESIDENTS = (
    "Mange unge er samlet ved klubben i aften. Der er ikke meldt om ballade. Medarbejdere fra klub og opsøgende team "
    "er på stedet, og forældre er på vej. Vi regner med ro kl. 22.00. Ring til driftsvagten ved støj. "
    "Ring 112 ved fare for nogen."
)


@pytest.fixture
def town(live, new_context, clock) -> Town:
    clock.set(AFTERNOON)
    town = Town(new_context)
    add_audiences(town.scene)
    return town


def test_the_gathering_c7(town, live):
    with working(live.app):
        ssp = Phone(town, "ssp")
        room = ssp.activate("Mange unge samlet", "Ca. 80 unge ved klubben. Ingen ballade.", "Hele området")
        club, plan = Phone(town, "youth_club", room), Phone(town, "helhedsplan", room)
        agreed(ssp, club, plan)
        told(ssp, club, plan)
        outside(town, room)
        after = ssp.send_to_release(ssp.write("/broadcasts/after", {"Tekst": "Der er ro ved klubben igen."}))
        plan.release(after)
        assert wait_until_sent(ssp.page, 2, 1) == ["+4530000003"]
        ssp.stand_down()


def agreed(ssp: Phone, club: Phone, plan: Phone) -> None:
    line = {"Hvad aftaler I": "Klubben åbner hallen igen til kl. 22"}
    ssp.write("/agreed-plan/lines/new", line, "Handling", picks={"Hvem gør det": "Ungdomsklubben"})
    calls = {"Hvad aftaler I": "Ring til forældrenetværket"}
    ssp.write("/agreed-plan/lines/new", calls, "Kommunikation", picks={"Hvem gør det": "Lindevangen på Vej"})
    club.write("/agreed-plan/disagreement", {"Hvad er I uenige i": "Vi mangler en voksen mere."})
    ssp.reads("/agreed-plan", "Vi mangler en voksen mere.")
    plan.tap("/agreed-plan", "Vi er enige")
    club.tap("/agreed-plan", "Vi er enige")
    heard = {"Hvem hos dem": "Afdelingslederen"}
    whom = {"Hvilken part": "Center for Børn og Familier"}
    ssp.write("/agreed-plan/stances/new", heard, "Enig", "Telefon", picks=whom)
    ssp.reads("/agreed-plan", "4 af 4 enige")
    # What was agreed is the club's task now.
    club.see()
    task = club.page.locator("#todo").get_by_role("button", name="Klubben åbner hallen igen til kl. 22")
    with club.page.expect_navigation():
        task.click()
    club.see()
    expect(task).to_have_count(0)


def told(ssp: Phone, club: Phone, plan: Phone) -> None:
    ssp.write("/situation/new", {"Situationen nu": "Ca. 80 unge, god stemning."})
    ssp.write("/message/new", {"Hvad er der sket": "Mange unge er samlet ved klubben."})
    club.tap("/message", "Kvittér budskab v1")
    place = ssp.broadcast(TO_RESIDENTS, "Beboere", "Vangeparken, opgang 3")
    plan.release(place)
    assert wait_until_sent(plan.page, 1, 1) == ["+4530000003"]
    plan.tap("/broadcasts/informed/civil_networks", "Har hørt det")
    does = {"Hvad har de sagt ja til": "går en tur forbi klubben"}
    plan.write("/broadcasts/informed/civil_networks/activated", does, picks={"Hvem": "Natteravnene"})
    why = {"Bemærkning": "De ser det ikke herfra"}
    plan.write("/broadcasts/informed/businesses/told", why, "Ikke relevant: de skal ikke have besked")
    plan.reads("/broadcasts/informed", "1 ringet op", "Ikke relevant: De ser det ikke herfra", "Aktiveret: 1")


def outside(town: Town, room: str) -> None:
    """The police are no party: the page does not exist for them."""
    police = town.enter("police")
    expect(police.get_by_text("80 unge")).to_have_count(0)
    answer = police.goto(room)
    assert answer is not None and answer.status == 404
