"""On a walk with poor net: what is noted waits on the phone, is never lost, and never comes twice."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from app.extensions import db
from app.lib import clock
from app.measures.clearing import operations as clearing
from app.measures.walks import operations
from app.measures.walks.models import Finding
from tests.browser.test_looks import TOO_SMALL, violations
from tests.browser.town import Town
from tests.measures.walks.making import make_finding, make_report, make_walk


def saved() -> list[str]:
    found = list(db.session.scalars(sa.select(Finding.where).order_by(Finding.id)))
    db.session.rollback()  # the test must not hold what the server writes to
    return found


def walk_of(town: Town) -> str:
    """The address of a walk."""
    path = f"/walks/{make_walk(town.scene).public_id}"
    db.session.rollback()
    return path


def note(page: Page, where: str, words: str = "") -> None:
    """A finding, as somebody with one free hand makes it."""
    page.get_by_label("Utrygt eller skal ordnes").check()
    page.get_by_label("Lys", exact=True).check()
    page.get_by_label("Hvor helt præcist?").fill(where)
    page.get_by_label("Hvad siger I om det?").fill(words)
    page.get_by_role("button", name="Gem fundet").click()


@pytest.fixture
def walking(new_context) -> Page:
    """SSP, outdoors, on the page where findings are noted."""
    town = Town(new_context)
    path, page = walk_of(town), town.enter("ssp")
    page.goto(f"{path}/findings")
    return page


def test_without_a_net_findings_wait_on_the_phone_and_go_once_when_it_is_back(walking):
    box = walking.locator("#outbox")
    walking.context.set_offline(True)
    note(walking, "stien bag blok 4")
    expect(box).to_contain_text("1 gemt på telefonen, ikke sendt endnu")
    expect(walking.get_by_label("Hvor helt præcist?")).to_have_value("")
    note(walking, "porten")
    expect(box).to_contain_text("2 gemt på telefonen, ikke sendt endnu")
    assert saved() == []
    # Half a finding is not taken, and nothing typed is lost: there is no page to come back to.
    walking.get_by_label("Hvad siger I om det?").fill("Halvt skrevet")
    walking.get_by_role("button", name="Gem fundet").click()
    expect(box).to_contain_text("Vælg godt eller skidt")
    expect(walking.get_by_label("Hvad siger I om det?")).to_have_value("Halvt skrevet")
    walking.context.set_offline(False)
    expect(box).to_contain_text("2 fund er gemt.")
    expect(walking.locator("#noted")).to_contain_text("stien bag blok 4")
    assert saved() == ["stien bag blok 4", "porten"]
    expect(walking.get_by_label("Hvad siger I om det?")).to_have_value("Halvt skrevet")


def test_a_lost_answer_and_a_closed_page_double_nothing(walking):
    def lose(route) -> None:
        route.fetch()  # it arrives, and nobody hears of it
        route.abort()

    address, box = walking.url, walking.locator("#outbox")
    walking.route("**/findings", lose, times=1)
    note(walking, "kælderen")
    expect(box).to_contain_text("1 gemt på telefonen, ikke sendt endnu")
    assert saved() == ["kælderen"]
    walking.context.set_offline(True)
    note(walking, "gården")
    expect(box).to_contain_text("2 gemt på telefonen, ikke sendt endnu")
    walking.close()
    other = walking.context.new_page()
    walking.context.set_offline(False)
    other.goto(address.removesuffix("/findings"))
    expect(other.locator("#outbox")).to_contain_text("2 fund er gemt.")
    assert saved() == ["kælderen", "gården"]


def test_what_the_server_refuses_is_said_and_can_be_mended(walking):
    box, words = walking.locator("#outbox"), walking.get_by_label("Hvad siger I om det?")
    note(walking, "bænken", "Manden med 010190-1234")
    expect(box).to_contain_text("Et fund blev ikke taget imod: Det ligner et CPR-nummer.")
    walking.get_by_role("button", name="Ret det").click()
    expect(words).to_have_value("Manden med 010190-1234")
    expect(walking.get_by_label("Utrygt eller skal ordnes")).to_be_checked()
    words.fill("Bænken er knækket")
    walking.get_by_role("button", name="Gem fundet").click()
    expect(box).to_contain_text("1 fund er gemt.")
    expect(box).not_to_contain_text("ikke taget imod")
    assert saved() == ["bænken"]


def test_somebody_elses_findings_on_the_same_phone_stay_theirs(walking):
    walking.context.set_offline(True)
    note(walking, "legepladsen")
    expect(walking.locator("#outbox")).to_contain_text("1 gemt på telefonen")
    walking.evaluate(
        "for (const [key, value] of Object.entries(localStorage)) {"
        "localStorage.removeItem(key); localStorage.setItem(key.replace(/outbox:[^:]*/, 'outbox:another'), value) }"
    )
    walking.context.set_offline(False)
    walking.reload()
    expect(walking.locator("#outbox")).to_be_hidden()
    assert saved() == []


def test_the_form_works_without_javascript(live, new_context):
    town = Town(new_context)
    path, page = walk_of(town), town.enter("ssp", java_script_enabled=False)
    page.goto(f"{path}/findings")
    note(page, "stien bag blok 4")
    expect(page.locator("#noted")).to_contain_text("stien bag blok 4")
    assert saved() == ["stien bag blok 4"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_reads_well_on_a_phone(live, new_context, scheme):
    town = Town(new_context)
    scene, by = town.scene, town.scene.reader(town.scene.cast.ssp).by
    walk = make_walk(scene, decides=False)
    today = clock.local(clock.now()).date()
    finding = make_finding(scene, walk, responsible=scene.cast.actors["housing"], due_on=today - timedelta(days=1))
    operations.publish(finding, "Der er mørkt på stien", "Der er sat lys op", by=by)
    clearing.set_target(scene.cast.lindevangen, 48, None, by=by)
    report = make_report(scene, hours_ago=60)
    db.session.commit()
    paths = [f"/walks/{walk.public_id}{end}" for end in ("", "/edit", "/closure", "/cancellation", "/findings")]
    paths += [f"/findings/{finding.public_id}{end}" for end in ("", "/answer", "/publication")]
    paths += [f"/clearing/{report.public_id}{end}" for end in ("", "/removal", "/dropping")]
    paths += ["/walks", "/walks/new", "/clearing", "/clearing/new", "/clearing/target", "/answers/lindevangen"]
    db.session.rollback()
    page = town.enter("ssp", color_scheme=scheme)
    for path in paths:
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate(TOO_SMALL) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
