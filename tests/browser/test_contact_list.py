"""At a phone: a list with faults is mended, looked at, taken in, searched and corrected."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from app.contacts.importing import jobs
from app.contacts.models import Contact
from app.extensions import db
from tests.browser.test_looks import TOO_SMALL, violations
from tests.browser.town import Town
from tests.contacts.lists import list_file, row

PEOPLE = [
    row(navn="Åse Bjørn", mobil="20 12 34 56", målgrupper="Presse", funktion="redaktør"),
    row(navn="ssp A", mobil="20001100", målgrupper="", part="SSP og opsøgende team", funktion="leder"),
]


@pytest.fixture
def page(new_context) -> Page:
    """The helhedsplan, where lists are taken in."""
    entered = Town(new_context).enter("helhedsplan")
    entered.goto("/contacts")
    return entered


def looks_right(page: Page) -> None:
    assert violations(page) == [] and page.evaluate(TOO_SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def take(page: Page, people: list[dict[str, object]], encoding: str = "cp1252") -> None:
    """Chooses a file and lets the worker read it."""
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": list_file(people, encoding=encoding)}
    page.get_by_label("Filen", exact=False).first.set_input_files(file)
    page.get_by_label("Hvorfor har I numrene?").select_option("function")
    looks_right(page)
    page.get_by_role("button", name="Læs filen igennem").click()
    expect(page.get_by_text("Filen læses igennem")).to_be_visible()
    work()


def work() -> None:
    jobs.read_lists()
    db.session.remove()


def test_a_list_with_faults_is_mended_looked_at_taken_in_searched_and_corrected(page):
    looks_right(page)
    page.get_by_role("link", name="Hent kontakter ind fra en fil").click()
    page.get_by_text("Hvad skal der stå i kolonnerne?").click()
    looks_right(page)
    page.get_by_role("link", name="Hent en fil ind").click()
    take(page, [PEOPLE[0] | {"mobil": "2,01E+07"}, PEOPLE[1] | {"part": "SSP"}])
    panel = page.locator("#import")
    expect(panel).to_contain_text("Intet er gemt. Ret filen, og hent den ind igen. Fejl i alt: 2.")
    expect(panel).to_contain_text("Række 2, mobil")
    expect(panel).to_contain_text("Parten »SSP« findes ikke her")
    looks_right(page)
    with page.expect_download() as report:
        panel.get_by_role("button", name="Hent alle fejl som fil").click()
    assert report.value.suggested_filename == "fejl-i-kontakter.csv"
    panel.get_by_role("link", name="Hent en rettet fil ind").click()
    take(page, PEOPLE)
    expect(panel).to_contain_text("Filen er i orden. Intet er gemt endnu.")
    expect(panel).to_contain_text("Nye kontakter: 1.")
    expect(panel).to_contain_text("retter funktion")
    looks_right(page)
    panel.get_by_role("button", name="Gem 2 kontakter").click()
    expect(panel).to_contain_text("Kontakterne gemmes nu")
    work()
    expect(panel).to_contain_text("Gemt. Kontakter: 2.")
    panel.get_by_role("link", name="Se kontakterne").click()
    page.get_by_label("Søg efter navn, funktion, nummer eller mail").fill("aase")
    page.get_by_role("button", name="Søg", exact=True).click()
    looks_right(page)
    page.get_by_role("link", name="Åse Bjørn").first.click()
    expect(page.locator("#stands")).to_contain_text("Hvorfor: fra filen liste.csv")
    expect(page.locator("#stands")).to_contain_text("Står her i kraft af sin funktion")
    looks_right(page)
    page.get_by_label("Vil ikke have beskeder").check()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Gemt.")).to_be_visible()
    assert db.session.scalar(sa.select(Contact.opted_out_at).where(Contact.name == "Åse Bjørn")) is not None
    db.session.rollback()
