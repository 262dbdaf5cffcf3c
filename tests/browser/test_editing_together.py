"""Two people in the same text on their phones: the second sees both, loses nothing, and saves what holds both."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.direction.operations import save_line
from app.direction.rules import Line, Part
from app.extensions import db
from app.incidents.models import Incident
from tests.broadcasts.making import add_audiences, compose
from tests.browser.test_journeys_switch import fits
from tests.browser.town import Town
from tests.narrative.making import make_message, make_report

PICTURES = os.environ.get("PICTURES")  # a folder to look at the pages in
HELLES, SANNES, BOTH = "Helle skriver dette her.", "Sanne skriver noget andet.", "Det, vi begge skriver."


@dataclass
class Place:
    """Where two people write: the form's address under the incident, and the field."""

    path: str
    field: str


def situation(town: Town, incident: Incident) -> Place:
    make_report(town.scene, incident)
    return Place("/situation/new", "situation")


def message(town: Town, incident: Incident) -> Place:
    return Place("/message/new", "what_happened")


def plan_line(town: Town, incident: Incident) -> Place:
    line = Line("walk", Part.HANDLING, "To voksne går rundt")
    save_line(incident, town.scene.reader(town.scene.cast.ssp), line, base=0)
    return Place("/agreed-plan/lines/walk", "text")


def broadcast(town: Town, incident: Incident) -> Place:
    add_audiences(town.scene)
    text = compose(town.scene, incident)
    return Place(f"/broadcasts/{text.public_id}/edit", "text")


def save(page: Page) -> None:
    page.locator("#form button[type=submit]").last.click()


@pytest.mark.parametrize("of", [situation, message, plan_line, broadcast])
def test_the_second_sees_both_texts_and_saves_what_holds_both(live, new_context, of) -> None:
    town = Town(new_context)
    incident = town.scene.activate(town.scene.cast.ssp)
    make_message(town.scene, incident)
    place = of(town, incident)
    address = f"/incidents/{incident.public_id}{place.path}"
    db.session.commit()  # from here on the people alone use the database
    sanne, helle = town.enter("ssp"), town.enter("helhedsplan")
    for page in (sanne, helle):
        page.set_default_timeout(20_000)
        page.goto(address)
    sanne.locator(f"#{place.field}").fill(SANNES)
    helle.locator(f"#{place.field}").fill(HELLES)
    save(helle)
    helle.wait_for_url(re.compile(r"^(?!.*(new|edit|walk)).*$"))
    save(sanne)
    expect(sanne.locator(f"#{place.field}")).to_have_value(SANNES)
    expect(sanne.get_by_text(re.compile(HELLES)).first).to_be_visible()
    assert fits(sanne)
    if PICTURES:
        sanne.screenshot(path=Path(PICTURES) / f"together-{of.__name__}.png", full_page=True)
    sanne.locator(f"#{place.field}").fill(BOTH)
    save(sanne)
    sanne.wait_for_url(re.compile(r"^(?!.*(new|edit|walk)).*$"))
    helle.goto(address)
    expect(helle.locator(f"#{place.field}")).to_have_value(BOTH)
