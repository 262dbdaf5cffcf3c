"""What was learnt changes the plan: from the board into the draft, two yes, and what would then happen."""

from playwright.sync_api import Page, expect

from tests.browser.story import Phone
from tests.browser.test_planning import look

LEARNT = "Skriv til forældrene, før rygtet gør."
PROPOSED = "Klubbens kort: hav en besked til forældrene klar."
NEW_LINE = "Skriv en besked til forældrene, og send den til frigivelse."


def learnt(phone: Phone) -> None:
    """A learning point of the open review, with what it would have the plan say."""
    typed = {"Hvad skal vi gøre anderledes": LEARNT, "Senest": "2026-12-20", "Forslag til planen": PROPOSED}
    picks = {"Ansvarlig": "Lindevangen på Vej", "Skal planen ændres": "actionkort"}
    phone.write("/review/learning/new", typed, picks=picks)


def plan_changed(plan: Phone, ssp: Phone) -> None:
    """The review is locked; its proposal becomes the next version of the plan."""
    page = plan.page
    page.goto("/")
    page.get_by_role("link", name="Læringspunkter Hvad").click()
    expect(page.locator("#open")).to_contain_text(PROPOSED)
    look(page, "learnt-board")
    page.locator("#open").get_by_role("button", name="Læg i udkastet til planen").click()
    expect(page.locator("#proposals")).to_contain_text(PROPOSED)
    look(page, "learnt-section")
    card = page.locator("[id='card-youth_club.non_police']")
    card.locator("summary").click()
    card.get_by_role("link", name="Nyt punkt på kortet").click()
    page.get_by_label("Hvad skal gøres").fill(NEW_LINE)
    page.get_by_label("Frist: minutter efter aktivering").fill("15")
    page.get_by_role("button", name="Gem i udkastet").click()
    expect(page.get_by_role("link", name=NEW_LINE)).to_be_visible()
    page.get_by_role("link", name="Udkastet").click()
    page.get_by_role("link", name="Se forskellen").click()
    expect(page.locator("#changed-cards .row-line").filter(has_text=NEW_LINE)).to_contain_text("nyt")
    look(page, "learnt-difference")
    two_yes(plan, ssp)
    ssp.reads("/review", "Gennemført i planens version 2.")
    what_if(ssp.page)
    page.goto("/learning")
    expect(page.locator("#closed")).to_contain_text("Gennemført i planens version 2.")
    look(page, "learnt-carried-out")


def two_yes(plan: Phone, ssp: Phone) -> None:
    page = plan.page
    page.goto("/plan/draft")
    page.get_by_role("link", name="Godkend planen").click()
    page.get_by_role("button", name="Sig ja for din part").click()
    expect(page.get_by_text("Dit ja er skrevet ned.")).to_be_visible()
    plan.see("/review")
    expect(page.get_by_text("Gennemført i planens")).to_have_count(0)
    page = ssp.page
    page.goto("/")
    page.get_by_text("har sagt ja til udkastet").first.click()
    page.get_by_role("link", name="Godkend planen").click()
    expect(page.locator("#changed-cards")).to_contain_text(NEW_LINE)
    page.get_by_role("button", name="Sig ja: planen gælder fra nu").click()
    expect(page.get_by_text("Planens version 2 gælder fra nu.")).to_be_visible()


def what_if(page: Page) -> None:
    """The same evening once more: the club's card has the new line."""
    page.goto("/plan")
    page.get_by_role("link", name="Hvad sker der, hvis").click()
    page.get_by_role("radio", name="Ikke politisag").check()
    page.get_by_label("Type", exact=True).select_option(label="Vold på ungdomsklubben")
    page.get_by_role("button", name="Se, hvad der sker").click()
    page.locator("#card-youth_club summary").click()
    line = page.locator("#card-youth_club li").filter(has_text=NEW_LINE)
    expect(line).to_contain_text("Inden 15 min")
    look(page, "learnt-what-if")
