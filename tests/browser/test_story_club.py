"""C12 on four phones: a text that waits when the police take over waits for them; later they let the case go.

Then it is evaluated, locked and taken along, what was learnt changes the plan, and the package proves itself when the
database is gone.
"""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from app.extensions import db
from app.lib.database import reading
from app.messaging.models import Delivery
from tests.browser.plan_change import learnt, plan_changed
from tests.browser.story import AFTERNOON, ROOM, Phone, add_audiences, sent, wait_until_sent
from tests.browser.town import Town, working
from tests.conftest import Clock
from tests.reviews.taking import prove, unpacked

TO_PARENTS = (
    "Klubben har lukket i aften efter en voldsom konflikt mellem unge. Medarbejdere taler med de unge, der var der. "
    "Klubben åbner igen i morgen kl. 14.00 med ekstra voksne. Tal roligt med dit barn, og skriv ikke om navne på "
    "nettet. Vi skriver igen i morgen kl. 12.00."
)
HOMES = ["+4530000003", "+4530000011", "+4530000013"]


@pytest.fixture
def town(live, new_context, clock) -> Town:
    clock.set(AFTERNOON)
    town = Town(new_context)
    add_audiences(town.scene)
    return town


def test_what_waited_for_one_waits_for_the_other_c12(town, live, clock, tmp_path):
    with working(live.app):
        ssp, police = Phone(town, "ssp"), Phone(town, "police")
        ssp.activate("Vold på ungdomsklubben", "Slagsmål i klubben. Den er lukket.", "Hele området")
        ssp.write("/message/new", {"Hvad er der sket": "Klubben har lukket i aften."})
        ssp.broadcast(TO_PARENTS, "Beboere")
        case = police.activate("Slagsmål eller opgør mellem grupper", "Vold er anmeldt.", "Hele området")
        taken_over(ssp, police, case)
        after = let_go(police, Phone(town, "helhedsplan"))
        ssp = Phone(town, "ssp", after.room)
        over(after, ssp, police)
        evaluated(after, ssp, clock)
        package, head = taken_along(after, police, tmp_path)
        plan_changed(after, ssp)
    throw_away_the_database()
    code, said = prove(package, "--against", head)
    assert code == 0 and said.count("Log ") == 3, said
    package.write_bytes(package.read_bytes().replace(b"To voksne", b"Ti voksne", 1))
    code, said = prove(package)
    assert code == 1 and "er ændret" in said


def taken_over(ssp: Phone, police: Phone, case: str) -> None:
    without = ssp.room
    ssp.see()
    ssp.page.get_by_role("link", name="Svar ja eller nej").click()
    ssp.page.get_by_role("radio", name="Ja, det er samme hændelse").check()
    ssp.page.get_by_label(re.compile("^Resumé")).fill("To voksne bliver hos de unge.")
    with ssp.page.expect_navigation():
        ssp.page.locator("#form button[type=submit]").last.click()
    ssp.reads("", "Hændelsen er overgået til politisag.")
    police.reads("", "To voksne bliver hos de unge.")
    assert police.page.goto(without).status == 404
    assert sent(1) == []
    # The text is a draft of the police's case now, and goes with their yes alone.
    ssp.room = case
    ssp.reads("/broadcasts", "Skrevet før skiftet, læs den igen")
    with ssp.page.expect_navigation():
        ssp.page.locator("#to-broadcast-1").click()
    place = ssp.send_to_release(ssp.page.url.removeprefix(case))
    police.release(place)
    assert wait_until_sent(ssp.page, 1, 3) == HOMES


def let_go(police: Phone, plan: Phone) -> Phone:
    police.write("/release")
    police.reads("", "Politiet har frigivet sagen. Din del af den er afsluttet.")
    plan.page.goto("/")
    plan.page.get_by_role("link", name=re.compile("I er tovholder nu")).click()
    plan.page.wait_for_url(ROOM)
    plan.room = plan.page.url
    plan.reads("", "IKKE POLITISAG · tovholder")
    return plan


def over(plan: Phone, ssp: Phone, police: Phone) -> None:
    plan.write("/message/new", {"Hvad er der sket": "Klubben åbner i morgen med ekstra voksne."})
    ssp.release(plan.broadcast("Klubben åbner i morgen kl. 14.00 med ekstra voksne.", "Beboere"))
    assert wait_until_sent(plan.page, 1, 3) == HOMES
    ssp.release(plan.send_to_release(plan.write("/broadcasts/after", {"Tekst": "Der er ro igen."})))
    assert wait_until_sent(plan.page, 2, 3) == HOMES
    plan.stand_down()
    assert police.page.goto(plan.room).status == 404


def evaluated(plan: Phone, ssp: Phone, clock: Clock) -> None:
    """Both say how it went, learn, and agree to the conclusion; who says nothing in fourteen days is noted."""
    for phone in (plan, ssp):
        phone.write("/review/answers", {"Hvad virkede": "Vi sagde det samme."})
    plan.write("/review/conclusion", {"Konklusion": "Beskeden til forældrene kom i tide."})
    learnt(plan)
    for phone in (plan, ssp):
        phone.write("/review/sign-off", {}, "Vi godkender")
    clock.advance(days=15)
    for phone in (plan, ssp):
        phone.sign_in_again()
    plan.write("/review/closure")
    plan.reads("/review", "Evalueringen er låst af")


def taken_along(plan: Phone, police: Phone, folder: Path) -> tuple[Path, str]:
    """The helhedsplan takes the package; answers where it lies, and the head that was mailed that evening."""
    page = plan.see("/review")
    page.get_by_role("link", name="Hent filer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Filer")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Lav journalpakke").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Hent filen").click()
    package = folder / waiting.value.suggested_filename
    waiting.value.save_as(package)
    plan.reads("/review/files", "Journalpakke")
    police.sign_in_again()
    assert police.page.goto(f"{plan.room}/review/files").status == 404
    files = unpacked(package.read_bytes())
    for name in ("forloeb.csv", "forloeb.json", "log.json"):
        told = files[name].decode()
        assert "Slagsmål i klubben" in told and "To voksne bliver hos de unge." in told and "kom i tide" in told, name
    with reading():
        mails = sa.select(Delivery.text).where(Delivery.about.like("head:%")).order_by(Delivery.id.desc())
        text = db.session.scalars(mails).first() or ""
        db.session.rollback()
    return package, re.search(r"[\w-]{22}:\d+:[0-9a-f]{64}", text)[0]


def throw_away_the_database() -> None:
    database = Path(db.engine.url.database)
    db.session.remove()
    db.engine.dispose()
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
