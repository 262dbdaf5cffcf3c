"""C10 on two phones: nothing is urgent, so the text is sent back once, and goes to the boards in the morning."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.story import AFTERNOON, Phone, add_audiences, sent, wait_until_sent
from tests.browser.town import Town, working

TO_BOARDS = (
    "Der er uenighed mellem naboer i opgang 3. Vi har tilbudt mægling og taler med begge sider. Bed venligt om, at "
    "opslag tages ned, og undgå at tage parti. Henvis spørgsmål til helhedsplanens kontor. Vi giver bestyrelsen "
    "status fredag kl. 12.00."
)


@pytest.fixture
def town(live, new_context, clock) -> Town:
    clock.set(AFTERNOON)
    town = Town(new_context)
    add_audiences(town.scene)
    return town


def test_the_neighbours_c10(town, live, clock):
    with working(live.app):
        plan = Phone(town, "helhedsplan")
        what = "Uenighed om støj i opgang 3. Opslag bliver hængt op."
        room = plan.activate("Nabokonflikt, der breder sig", what, "Vangeparken")
        ssp = Phone(town, "ssp", room)
        agreed(plan)
        place = returned(plan, ssp)
        at_night(plan, ssp, place, clock)
        after = plan.send_to_release(plan.write("/broadcasts/after", {"Tekst": "Begge sider har fået svar."}))
        ssp.release(after)
        assert wait_until_sent(plan.page, 2, 1) == ["viggo@lindevangen.example"]
        plan.stand_down()
        followed_up(plan, town)


def agreed(plan: Phone) -> None:
    line = {"Hvad aftaler I": "Tilbyd begge sider mægling"}
    plan.write("/agreed-plan/lines/new", line, "Handling", picks={"Hvem gør det": "Lindevangen på Vej"})
    heard = {"Hvem hos dem": "Afdelingslederen", "Hvad er de uenige i": "Vi bør spørges først."}
    whom = {"Hvilken part": "Center for Børn og Familier"}
    plan.write("/agreed-plan/stances/new", heard, "Uenig", "Mail", picks=whom)
    plan.reads("/agreed-plan", "Vi bør spørges først.")


def returned(plan: Phone, ssp: Phone) -> str:
    plan.write("/situation/new", {"Situationen nu": "Roligt i opgangen i aften."})
    plan.write("/message/new", {"Hvad er der sket": "Naboer i opgang 3 er uenige om støj."})
    place = plan.broadcast("Naboerne i opgang 3 skændes om støj.", "Afdelingsbestyrelser")
    ssp.write(f"{place}/return", {"Hvorfor": "Skriv ikke, hvad de skændes om."})
    plan.reads(place, "Returneret: Skriv ikke, hvad de skændes om.")
    plan.write(f"{place}/edit", {"Tekst": TO_BOARDS})
    return place


def at_night(plan: Phone, ssp: Phone, place: str, clock) -> None:
    """Nu eller kl. 7? It waits for the morning."""
    clock.set(AFTERNOON + timedelta(hours=7))  # 22.40 in Denmark
    for phone in (plan, ssp):
        phone.sign_in_again()
    plan.write(f"{place}/ready", {}, "Kl. 7")
    ssp.release(place)
    plan.page.wait_for_timeout(1000)
    assert sent(1) == []
    clock.set(AFTERNOON + timedelta(hours=15, minutes=21))  # 7.01
    assert wait_until_sent(plan.page, 1, 1) == ["viggo@lindevangen.example"]
    for phone in (plan, ssp):
        phone.sign_in_again()


def followed_up(plan: Phone, town: Town) -> None:
    """What they learnt becomes a measure, shown to all in other words; the board finds it under the right side."""
    learnt = {"Hvad skal vi gøre anderledes": "Hold opgangsmøde tidligt i opgang 3.", "Senest": "2026-12-14"}
    plan.write("/review/learning/new", learnt, picks={"Ansvarlig": "Lindevangen på Vej"})
    page = plan.see("/review")
    page.get_by_role("link", name="Gør til tiltag").click()
    expect(page.get_by_label("Hvad gør vi?")).to_have_value("Hold opgangsmøde tidligt i opgang 3.")
    page.get_by_label("Hvad hedder tiltaget?").fill("Opgangsmøder")
    page.get_by_label("Social sammenhængskraft").check()
    page.get_by_label("Hvilken forandring venter vi?").fill("Naboerne taler sammen igen.")
    page.get_by_label(re.compile("^Kort sigt")).check()
    page.get_by_role("button", name="Opret tiltaget").click()
    board = Phone(town, "board").page
    board.goto("/indicators")
    expect(board.get_by_text("Opgangsmøder")).to_have_count(0)
    page.get_by_role("link", name="Vis det for alle, uden henvisning").click()
    page.get_by_label("Hvad gør vi?").fill("Opgangsmøder, når noget fylder.")
    page.get_by_label(re.compile("^Teksten viser ikke")).check()
    page.get_by_role("button", name="Vis for alle i området").click()
    expect(page.get_by_role("heading", name="Opgangsmøder")).to_be_visible()
    board.reload()
    board.locator("#dimension-cohesion").get_by_role("link", name="Opgangsmøder").click()
    expect(board.get_by_text("Opgangsmøder, når noget fylder.")).to_be_visible()
    expect(board.get_by_text("opgang 3")).to_have_count(0)
