"""What people do on the night, on a phone, from the front page on."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.callout.models import Call
from app.extensions import db
from app.messaging import inbox
from app.messaging.models import Delivery
from tests.browser.town import Town, working

MOST_TAPS = 4
MOST_BYTES = 100_000


@pytest.fixture
def town(live, new_context) -> Town:
    return Town(new_context)


class Taps:
    """Counts what the thumb does, besides text fields and choices in lists."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, role: str, name: str) -> None:
        self.count += 1
        self.page.get_by_role(role, name=name).first.click()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).select_option(label=option)


def activate_rumour(page: Page) -> Taps:
    taps = Taps(page)
    taps.on("link", "Aktivér beredskabet")
    taps.on("radio", "Ikke politisag")
    choose(page, "Type", "Rygter på nettet")
    taps.on("button", "Aktivér nu")
    page.wait_for_url(re.compile(r"/incidents/[\w-]+$"))
    return taps


def test_ssp_activates_a_rumour_in_four_taps_and_the_club_answers(town, live):
    page = town.enter("ssp")
    with working(live.app):
        assert activate_rumour(page).count <= MOST_TAPS
        expect(page.get_by_text("IKKE POLITISAG · tovholder")).to_be_visible()
        expect(page.locator("main").get_by_text("Politiet er ikke part").first).to_be_visible()
        page.wait_for_timeout(1500)
        call = db.session.query(Call).filter(Call.address == "+4520001200").one()
        inbox.receive("log", "reply-1", call.address, "beredskab", f"{call.code} på vej")
        db.session.commit()
        expect(page.get_by_text("har svaret").filter(has_text="2 af 3")).to_be_visible(timeout=6000)


def test_the_first_two_screens_are_light_after_the_first_visit(town):
    page = town.enter("ssp")
    page.goto("/activate")
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    sizes: list[int] = []
    client.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto("/")
    page.goto("/activate")
    page.wait_for_load_state("networkidle")
    assert sizes
    assert sum(sizes) <= MOST_BYTES


def test_the_helhedsplan_records_a_call_from_the_police(town):
    page = town.enter("helhedsplan")
    page.get_by_role("link", name="Aktivér beredskabet").click()
    page.get_by_role("radio", name="Politiet har ringet og aktiveret").check()
    page.get_by_label(re.compile("Hvem hos politiet")).fill("Vagtchefen")
    choose(page, "Type", "Skyderi")
    page.get_by_role("button", name="Aktivér nu").click()
    page.wait_for_url(re.compile(r"/incidents/"))
    expect(page.get_by_text("POLITISAG · politiet leder")).to_be_visible()
    expect(page.get_by_text("ikke bekræftet").first).to_be_visible()
    police = town.enter("police")
    police.locator(f"a[href*='{page.url.rsplit('/', 1)[1]}']").first.click()
    expect(police.get_by_text("POLITISAG · politiet leder")).to_be_visible()


def test_the_youth_club_asks_and_ssp_says_yes(town):
    club = town.enter("youth_club")
    club.get_by_role("link", name="Aktivér beredskabet").click()
    club.get_by_role("radio", name="Bed om aktivering").check()
    choose(club, "Type", "Mange unge samlet")
    club.get_by_role("button", name="Bed om aktivering").click()
    club.wait_for_url(re.compile(r"/requests/"))
    ssp = town.enter("ssp")
    ssp.locator("a[href*='/requests/']").first.click()
    ssp.get_by_role("button", name="Ja, aktivér").click()
    ssp.wait_for_url(re.compile(r"/incidents/"))
    expect(ssp.get_by_text("IKKE POLITISAG · tovholder")).to_be_visible()
    club.goto("/")
    expect(club.locator("a[href*='/incidents/']").first).to_be_visible()


def test_a_housing_organisation_that_is_no_party_activates_and_is_in_it(town):
    page = town.enter("housing")
    activate_rumour(page)
    expect(page.get_by_text("tovholder: Boligselskabet Linden")).to_be_visible()


@pytest.mark.parametrize("who", ["police", "police_and_ssp", "board", "board_and_police", "neighbour", "administrator"])
def test_nobody_outside_finds_the_rumour(town, who):
    ssp = town.enter("ssp")
    activate_rumour(ssp)
    address = ssp.url.removeprefix(ssp.url.split("/incidents/")[0])
    page = town.enter(who)
    expect(page.get_by_text("Rygte")).to_have_count(0)
    assert address not in page.content()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status in (403, 404)
    assert "Rygte" not in page.content()


def test_an_exercise_has_its_own_door_and_every_text_says_so(town, live):
    page = town.enter("ssp")
    page.goto("/exercises")
    page.get_by_role("link", name=re.compile("øvelse", re.I)).locator("visible=true").last.click()
    page.get_by_role("radio", name="Ikke politisag").check()
    choose(page, "Type", "Rygter på nettet")
    page.get_by_role("button", name=re.compile("øvelse", re.I)).click()
    page.wait_for_url(re.compile(r"/incidents/"))
    expect(page.get_by_text("ØVELSE · intet af dette er virkeligt")).to_be_visible()
    texts = db.session.query(Delivery).all()
    assert texts
    assert all(d.text.startswith("ØVELSE") and d.is_exercise for d in texts)


def test_the_administrator_makes_a_person_who_can_then_sign_in(town):
    page = town.enter("administrator")
    page.get_by_role("link", name=re.compile("Personer")).first.click()
    expect(page.get_by_role("heading", name=re.compile("Personer"))).to_be_visible()
