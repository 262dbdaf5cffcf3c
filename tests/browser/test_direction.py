"""Police instructions and the agreed plan on a phone, by day and by night."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from app.direction import operations, queries
from app.direction.models import AgreedHow, HeardBy
from app.direction.operations import Said, Typed
from app.direction.police_word import PoliceSaid
from app.direction.rules import Line, Part
from app.extensions import db
from app.lib import clock as time
from app.plans.vocabulary import Track
from tests.browser.test_looks import TOO_SMALL, violations
from tests.factories import PASSWORD
from tests.scene import Scene

PICTURES = os.environ.get("PICTURES")  # a folder to look at the pages in


@pytest.fixture
def scene(app, clock):
    return Scene()


def politisag(scene: Scene) -> list[str]:
    """Three instructions: one that some deviate from, one replaced, one taken back. Answers the pages to look at."""
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    recorder, club = scene.reader(scene.cast.helhedsplan), scene.reader(scene.cast.youth_club)
    incident = scene.activate(
        scene.cast.helhedsplan, Track.POLICE, police_said=said, category="shooting", what="Skyderi"
    )
    operations.give(incident, recorder, Typed("Hold de unge inde i klubben, til vi ringer.", said=said))
    operations.deviate(queries.instruction(incident, 1), club, "Klubben er lukket. Vi sender de unge hjem ad Lindevej.")
    first = operations.give(incident, recorder, Typed("Gå ikke ned på torvet.", said=said))
    operations.replace(first, recorder, Typed("Gå ikke ned på torvet eller i Blok 4.", said=said))
    ssp = scene.cast.actors["ssp"]
    last = operations.give(incident, recorder, Typed("Meld, hvor unge samles.", (ssp,), said))
    operations.withdraw(last, scene.reader(scene.cast.police), "Vi har selv folk der.")
    db.session.commit()
    start = f"/incidents/{incident.public_id}"
    acts = [f"{start}/police-acts/{queries.instruction(incident, 1).police_act.public_id}"]
    more = ("", "/instructions", "/instructions/new", "/instructions/3/replacement", "/instructions/3/withdrawal",
            "/instructions/3/deviation")  # fmt: skip
    return [start + path for path in more] + acts


def rumour(scene: Scene) -> list[str]:
    """A plan in its fourth version, agreed, disagreed with, and answered by phone."""
    incident = scene.activate(scene.cast.ssp)
    ssp, soon = scene.reader(scene.cast.ssp), time.now() + timedelta(hours=1)
    lines = [
        Line("a", Part.HANDLING, "To voksne går rundt mellem Blok 4 og klubben", "youth_club", soon),
        Line("b", Part.COMMUNICATION, "Helhedsplanen ringer til afdelingsbestyrelserne", "helhedsplan"),
        Line("c", Part.HANDLING, "Forældre kan ringe til SSP"),
    ]
    for base, line in enumerate(lines):
        operations.save_line(incident, ssp, line, base=base)
    plan = operations.save_line(incident, ssp, Line("c", Part.COMMUNICATION, "Forældre ringer til SSP", "ssp"), base=3)
    against = Said(agrees=False, reason="Vi har kun en voksen på arbejde i aften.")
    operations.take_stance(plan, scene.reader(scene.cast.youth_club), against)
    by_phone = Said(agrees=True, how=AgreedHow.PHONE, said_by="Afdelingslederen")
    operations.record_stance(plan, ssp, scene.cast.actors["family_centre"], by_phone)
    db.session.commit()
    start = f"/incidents/{incident.public_id}"
    more = ("", "/agreed-plan", "/agreed-plan/versions", "/agreed-plan/lines/new", "/agreed-plan/lines/a",
            "/agreed-plan/lines/a/removal", "/agreed-plan/disagreement", "/agreed-plan/stances/new")  # fmt: skip
    return [start + path for path in more]


def sign_in(context, email: str):
    page = context.new_page()
    page.goto("/")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button").last.click()
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize("story", [politisag, rumour])
def test_every_page_of_the_direction_is_readable_on_a_phone(new_context, scene, story):
    addresses, email = story(scene), scene.cast.helhedsplan.email
    db.session.commit()
    page = sign_in(new_context(), email)
    for number, address in enumerate(addresses):
        page.goto(address)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{story.__name__}-{number}.png", full_page=True)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        assert page.evaluate(TOO_SMALL) == [], address
