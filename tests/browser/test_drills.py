"""A drill on a phone: planned, begun by a person, answers come in by themselves, and the report on paper."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.callout.models import Answered
from app.callout.operations import acknowledge
from app.callout.queries import latest
from app.documents.jobs import make_documents
from app.exercises.models import Drill
from app.extensions import db
from app.lib import clock as time
from tests.browser.story import AFTERNOON
from tests.browser.test_looks import TOO_SMALL, violations
from tests.browser.town import Town


def assert_reads_well(page: Page) -> None:
    assert violations(page) == [], page.url
    assert page.evaluate(TOO_SMALL) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def tap(page: Page, name: str, role: str = "button") -> None:
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).last.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drill_is_planned_begun_and_followed_on_a_phone(live, new_context, clock, scheme):
    clock.set(AFTERNOON)
    town = Town(new_context)
    page = town.enter("ssp", color_scheme=scheme)
    page.goto("/exercises")
    assert_reads_well(page)
    tap(page, "Planlæg til en anden dag", "link")
    page.get_by_label(re.compile("^Øvelse i tilkald")).check()
    page.get_by_label("Ikke politisag").check()
    page.get_by_label("Type", exact=True).select_option(label="Rygter på nettet")
    page.get_by_label("Hvornår").fill(f"{time.local(AFTERNOON + timedelta(hours=1)):%Y-%m-%dT%H:%M}")
    page.get_by_label("Kald alle parter").check()
    assert_reads_well(page)
    tap(page, "Gem, og sig det til parterne")
    expect(page.get_by_text("planlagt", exact=True)).to_be_visible()
    assert_reads_well(page)

    tap(page, "Start øvelsen", "link")
    assert_reads_well(page)
    tap(page, "Start øvelsen")
    expect(page.get_by_text("0 af 4 kaldte parter har svaret.")).to_be_visible()
    page.goto(page.get_by_role("link", name="Hvem svarede hvornår").get_attribute("href"))
    club = town.scene.cast.actors["youth_club"]
    incident = db.session.query(Drill).one().incident
    acknowledge(latest(incident, club), Answered.CODE, "Klubben", by=None)
    db.session.commit()
    expect(page.get_by_text("1 af 4 kaldte parter har svaret.")).to_be_visible()  # without a tap
    expect(page.get_by_text("med kode, da der var spurgt: vagthavende")).to_be_visible()
    page.get_by_text("Trin for trin: Ungdomsklubben").click()
    assert_reads_well(page)

    tap(page, "Lav PDF")
    make_documents()
    page.reload()
    with page.expect_download() as got:
        page.get_by_role("link", name=re.compile("^Hent filen")).click()
    assert got.value.suggested_filename.startswith("oevelse-svar-lindevangen-")
    page.goto("/exercises/over-time")
    expect(page.get_by_text("Kaldt i én, svarede i én. For få til at sige noget om udviklingen.")).to_be_visible()
    assert_reads_well(page)
    page.goto("/plan/files")
    assert_reads_well(page)
