"""C2 on five phones: the police instruct, one party deviates, and each text to others needs the police's yes."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.story import AFTERNOON, Phone, add_audiences, sent, wait_until_sent
from tests.browser.town import Town, working

TO_SCHOOLS = (
    "Der er sket en voldsepisode ved torvet i Lindevangen i dag. Politiet er på stedet og efterforsker. Sig til "
    "børnene, at voksne og politi tager hånd om det. Gæt ikke om personer eller årsag. Henvis presse til politiet. "
    "Vi skriver igen kl. 17.00."
)


@pytest.fixture
def town(live, new_context, clock) -> Town:
    clock.set(AFTERNOON)
    town = Town(new_context)
    add_audiences(town.scene)
    return town


def test_the_stabbing_c2(town, live):
    with working(live.app):
        police = Phone(town, "police")
        room = police.activate("Knivstikkeri", "Voldsepisode ved torvet. Mange børn så det.", "Butikstorvet")
        ssp, club, plan = (Phone(town, name, room) for name in ("ssp", "youth_club", "helhedsplan"))
        instructed(police, ssp, club)
        told_each_other(police, ssp, plan)
        told_the_others(police, ssp, plan)
        over(police, ssp, plan)


def instructed(police: Phone, ssp: Phone, club: Phone) -> None:
    police.write("/instructions/new", {"Hvad siger politiet": "Hold børn væk fra torvet. Luk klubben."})
    ssp.tap("#direction-todo", "Set og forstået")
    club.write("/instructions/1/deviation", {"Hvad gør I i stedet": "De unge står udenfor. Vi har dem indenfor."})
    police.reads("/instructions", "De unge står udenfor. Vi har dem indenfor.")
    police.write("/instructions/1/replacement", {"Hvad siger politiet": "Hold børn væk fra torvet."})
    for party in (ssp, club):
        party.tap("/instructions", "Set og forstået")
    police.reads("/instructions", "Erstattet af nr. 2.")


def told_each_other(police: Phone, ssp: Phone, plan: Phone) -> None:
    known = {"Hvad har vi hørt": "Der er sket vold ved torvet", "Hvem siger det": "Politiet"}
    police.write("/facts/new", known, "Bekræftet", "Må offentliggøres")
    words = {"Situationen nu": "Torvet er spærret af.", "Må ikke offentliggøres": "Hvor vidner afhøres."}
    ssp.write("/situation/new", words)
    assert_paper(plan)
    plan.write("/message/new", {"Hvad er der sket": "Der er sket vold ved torvet i dag."})
    plan.reads("/message", "Der er sket vold ved torvet.")
    assert "vidner" not in plan.page.locator("main").inner_text()
    ssp.tap("/message", "Kvittér budskab v1")
    ssp.write("/situation/new", {"Situationen nu": "Torvet er åbent igen."})
    plan.reads("/situation", "Ændret siden v1", "Torvet er spærret af.")


def assert_paper(phone: Phone) -> None:
    """The worker makes the PDF while the page waits for it."""
    phone.tap("/situation", "Lav PDF (én side A4)")
    ready = phone.page.get_by_role("link", name="Hent filen")
    expect(ready).to_be_visible(timeout=20_000)
    with phone.page.expect_download() as coming:
        ready.click()
    pages = PdfReader(BytesIO(Path(coming.value.path()).read_bytes())).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert "POLITISAG · politiet leder" in text and "Torvet er spærret af." in text and "Hvor vidner afhøres." in text


def told_the_others(police: Phone, ssp: Phone, plan: Phone) -> None:
    place = plan.broadcast(TO_SCHOOLS, "Institutioner")
    assert sent(1) == []
    read_aloud = "Jeg har læst hele teksten op for politiet, og de sagde ja"
    plan.write(f"{place}/release", {"Hvem i politiet": "Vagtchefen"}, read_aloud)
    assert wait_until_sent(plan.page, 1, 1) == ["skolen@lindevangen.example"]
    plan.reads(place, "Politiet sagde ja, da teksten blev læst op")
    three = {"Situationen": "Vold ved torvet.", "Mulige konsekvenser": "Utryghed.", "Mulige tiltag": "Flere voksne."}
    briefing = plan.send_to_release(plan.write("/broadcasts/briefing", three))
    police.release(briefing)
    assert wait_until_sent(plan.page, 2, 1) == ["formand@lindevangen.example"]
    police.write("/broadcasts/standing-release", {}, "Beboere")
    freed = ssp.broadcast("Torvet er åbent igen. Politiet er synligt i aften.", "Beboere")
    plan.release(freed)
    assert len(wait_until_sent(plan.page, 3, 3)) == 3
    plan.write("/broadcasts/press/new", {"Medie": "Linde Avis", "Hvad spurgte de": "Er nogen anholdt?"})
    plan.reads("/broadcasts/informed", "Hvem er informeret: 3 af 9")


def over(police: Phone, ssp: Phone, plan: Phone) -> None:
    after = plan.send_to_release(plan.write("/broadcasts/after", {"Tekst": "Torvet er åbent, og der er ro."}))
    police.release(after)
    told = {address for number in (1, 2, 3) for address in sent(number)}
    assert set(wait_until_sent(plan.page, 4, len(told))) == told
    police.stand_down()
    ssp.reads("", "afblæst")
