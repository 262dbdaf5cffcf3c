"""C8 on three phones: two stairwells are told something wrong; it is taken back by one person and put right."""

import pytest

from tests.browser.story import AFTERNOON, Phone, add_audiences, sent, wait_until_sent
from tests.browser.town import Town, working

TO_STAIRWELLS = (
    "Branden i opgang 13 er slukket. Ingen er meldt alvorligt til skade. Beboere i opgang 11 og 13 kan være i "
    "beboerhuset, hvor der er varme og mad. Medarbejdere hjælper med genhusning. Opgang 11 ventes åbnet kl. 20.00. "
    "Næste besked kl. 19.00."
)
HOMES = ["+4530000011", "+4530000013"]


@pytest.fixture
def town(live, new_context, clock) -> Town:
    clock.set(AFTERNOON)
    town = Town(new_context)
    add_audiences(town.scene)
    return town


def test_the_fire_c8(town, live):
    with working(live.app):
        housing = Phone(town, "housing")
        what = "Køkkenbrand. To opgange er tømt."
        room = housing.activate("Brand uden mistanke om noget strafbart", what, "Lindehuse")
        housing.reads("", "tovholder: Boligselskabet Linden")
        plan, families = Phone(town, "helhedsplan", room), Phone(town, "families", room)
        place = told(housing, plan, families)
        put_right(housing, plan, families, place)
        after = plan.send_to_release(plan.write("/broadcasts/after", {"Tekst": "Alle har et sted at sove. Tak."}))
        housing.release(after)
        told_before = {address for number in (1, 2, 3, 4) for address in sent(number)}
        assert set(wait_until_sent(plan.page, 5, len(told_before))) == told_before
        housing.stand_down()


def told(housing: Phone, plan: Phone, families: Phone) -> str:
    plan.write("/situation/new", {"Situationen nu": "Slukket. To opgange er tomme."})
    plan.write("/message/new", {"Hvad er der sket": "Branden er slukket."})
    families.tap("/message", "Kvittér budskab v1")
    place = plan.broadcast(TO_STAIRWELLS, "Beboere", "Lindehuse, opgang 11", "Lindehuse, opgang 13")
    housing.release(place)
    assert wait_until_sent(plan.page, 1, 2) == HOMES
    three = {"Situationen": "Branden er slukket.", "Mulige konsekvenser": "Genhusning.", "Mulige tiltag": "Hjælp."}
    briefing = plan.send_to_release(plan.write("/broadcasts/briefing", three))
    families.release(briefing)
    plan.write("/broadcasts/informed/operations/told", {}, "Møde")
    asked = {"Medie": "Linde Avis", "Hvad spurgte de": "Hvor mange er genhuset?", "Hvad svarede I": "Tolv husstande."}
    plan.write("/broadcasts/press/new", asked)
    plan.reads("/broadcasts/press", "Linde Avis", "Tolv husstande.")
    return place


def put_right(housing: Phone, plan: Phone, families: Phone, place: str) -> None:
    families.write(f"{place}/withdrawal")
    assert wait_until_sent(plan.page, 3, 2) == HOMES
    plan.reads(place, "Trukket tilbage.")
    plan.write("/message/new", {"Hvad er der sket": "Branden er slukket. Opgang 11 åbner i morgen."})
    right = plan.write(f"{place}/correction", {"Tekst": "Rettelse: Opgang 11 åbner i morgen kl. 10.00."})
    housing.release(plan.send_to_release(right))
    assert wait_until_sent(plan.page, 4, 2) == HOMES
