"""A text to the audiences on a phone: axe finds nothing, by day and by night, and everything fits the thumb."""

import os
from pathlib import Path

import pytest

from app.broadcasts import operations
from app.extensions import db
from app.messaging.dispatcher import Dispatcher
from app.plans.vocabulary import Track
from tests.broadcasts.making import add_audiences, awaiting, compose, police_case, sent
from tests.browser.test_administration import sign_in
from tests.browser.test_looks import TOO_SMALL, violations
from tests.narrative.making import make_message
from tests.scene import Scene

TEXT = (
    "Der går et rygte på nettet om en voldsom hændelse i Lindevangen. Vi har undersøgt det, og intet er sket her. "
    "Skole og klub er åbne som normalt. Hjælp med at stoppe rygtet ved ikke at dele det. Vi skriver igen kl. 16.00."
)


@pytest.fixture
def scene(live):
    made = Scene()
    add_audiences(made)
    return made


def test_every_page_reads_well(new_context, scene, live):
    rumour, case = scene.activate(scene.cast.ssp), police_case(scene)
    make_message(scene, rumour, what_happened="Der går et rygte. Intet er sket", you_can_do="Del det ikke.")
    make_message(scene, case, scene.cast.helhedsplan, what_happened="Politiet er til stede")
    said = operations.Enquiry("Avisen", "Er nogen dræbt?", "Nej, det er et rygte.")
    operations.note_press(rumour, scene.reader(scene.cast.ssp), said)
    out = sent(scene, rumour, "residents", "institutions", text=TEXT)
    Dispatcher(live.app).drain()
    waiting, draft = awaiting(scene, rumour, text=TEXT), compose(scene, rumour, text="En kladde.")
    phoned = awaiting(scene, case, scene.cast.helhedsplan, text=TEXT)
    b, a = (f"/incidents/{incident.public_id}" for incident in (rumour, case))
    one, two, three, four = (f"/broadcasts/{made.public_id}" for made in (out, waiting, draft, phoned))
    paths = {
        "room": b, "all": b + "/broadcasts", "new": b + "/broadcasts/new", "sent": b + one, "waiting": b + two,
        "release": b + two + "/release", "return": b + two + "/return", "draft": b + three,
        "ready": b + three + "/ready", "alone": b + three + "/alone", "edit": b + three + "/edit",
        "another": b + one + "/another-channel",
        "withdraw": b + one + "/withdrawal", "correct": b + one + "/correction", "after": b + "/broadcasts/after",
        "briefing": b + "/broadcasts/briefing", "press": b + "/broadcasts/press",
        "new-enquiry": b + "/broadcasts/press/new", "informed": b + "/broadcasts/informed",
        "residents": b + "/broadcasts/informed/residents", "told": b + "/broadcasts/informed/residents/told",
        "engage": a + "/broadcasts/informed/residents/activated", "stand-down": b + "/stand-down",
        "phoned": a + four + "/release", "free": a + "/broadcasts/standing-release", "all-a": a + "/broadcasts",
    }  # fmt: skip
    assert case.track is Track.POLICE
    db.session.commit()
    page = new_context().new_page()
    sign_in(page, "helle@lindevangen.example")
    for name, path in paths.items():
        page.goto(path)
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        assert page.evaluate(TOO_SMALL) == [], name
