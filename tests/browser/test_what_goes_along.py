"""The switch on a phone: texts and who was told are ticked, and stand in the police's case as they may be read."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from app.extensions import db
from app.incidents.models import SameIncidentQuestion
from app.messaging.dispatcher import Dispatcher
from tests.broadcasts.making import add_audiences, awaiting, police_case, sent
from tests.browser.test_journeys_switch import ROOM, fits
from tests.browser.test_looks import TOO_SMALL, violations
from tests.browser.town import Town
from tests.narrative.making import make_message

PICTURES = os.environ.get("PICTURES")  # a folder to look at the pages in


def look(page: Page, name: str) -> None:
    """It can be read, and fits."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    assert violations(page) == [], name
    assert fits(page), name
    assert page.evaluate(TOO_SMALL) == [], name


def test_what_was_on_its_way_waits_for_the_police_and_what_was_told_is_said(live, new_context) -> None:
    town = Town(new_context)
    scene = town.scene
    add_audiences(scene)
    b = scene.activate(scene.cast.ssp, category="youth_gathering", what="Slagsmål i klubben")
    make_message(scene, b, what_happened="Kun mellem os")
    sent(scene, b, "institutions", text="Klubben har lukket.")
    Dispatcher(live.app).drain()
    awaiting(scene, b, text="Klubben lukker kl. 20. Hent de unge.")
    case = police_case(scene)
    question = db.session.query(SameIncidentQuestion).one().public_id
    without, room = (f"/incidents/{incident.public_id}" for incident in (b, case))
    heard = f"/activate/heard/{case.public_id}"
    db.session.commit()  # from here on the people alone use the database

    ssp = town.enter("ssp")
    ssp.set_default_timeout(20_000)
    ssp.goto(f"{without}/same-incident/{question}")
    expect(ssp.get_by_label(re.compile("Klubben lukker kl. 20"))).to_be_checked()
    expect(ssp.get_by_label(re.compile("^Institutioner"))).not_to_be_checked()
    look(ssp, "same")
    ssp.get_by_label(re.compile("^Institutioner")).check()
    ssp.get_by_role("radio", name="Ja, det er samme hændelse").check()
    ssp.get_by_role("button", name="Svar").click()
    ssp.wait_for_url(ROOM)

    police = town.enter("police")
    police.set_default_timeout(20_000)
    police.goto(room)
    expect(police.get_by_text("før skiftet, kl.").first).to_be_visible()
    police.get_by_role("link", name="Besked 1", exact=True).click()
    expect(police.get_by_text("Skrevet før skiftet, læs den igen.")).to_be_visible()
    expect(police.get_by_text("Klubben lukker kl. 20. Hent de unge.")).to_be_visible()
    assert "Kun mellem os" not in police.content() and b"Slagsm" not in police.content().encode()
    look(police, "draft")
    police.goto(f"{room}/broadcasts/informed")
    look(police, "informed")

    outside = town.enter("housing")
    outside.goto(heard)
    look(outside, "heard")
