"""A plan from JSON: every fault is named at once, in Danish, where it stands."""

import copy
import json
from typing import Any

import pytest

from app.plans.kokkedal import model
from app.plans.reading import PlanFaults, from_json, to_json

GOOD = to_json(model())


def faults(data: Any) -> list[str]:
    """What is said of this plan, sorted."""
    with pytest.raises(PlanFaults) as refused:
        from_json(data)
    return sorted(fault.in_danish() for fault in refused.value.faults)


def changed(**fields: Any) -> dict[str, Any]:
    return copy.deepcopy(GOOD) | fields


def first(name: str, **fields: Any) -> dict[str, Any]:
    """The plan with some fields of the first item of a list changed."""
    plan = copy.deepcopy(GOOD)
    plan[name][0] |= fields
    return plan


def test_a_plan_survives_the_way_out_and_back() -> None:
    assert from_json(json.loads(json.dumps(GOOD))) == model()


SHAPE = {
    "Planen skal have felter.": "tekst",
    "Formål skal være en liste.": changed(purpose="tekst"),
    "Formål, nr. 2 skal være en tekst.": changed(purpose=["ja", 7]),
    "Parter, nr. 1 skal have felter.": changed(parties=["politiet"]),
    "Parter, nr. 1, farve: feltet kendes ikke.": first("parties", farve="blå"),
    "Parter, nr. 1, kontakter skal være en liste.": first("parties", contacts=None),
    "Aktivering, nr. 1, spor: krig kan ikke vælges.": first("activation", track="krig"),
    "Hændelsestyper, nr. 1, tilkald skal have felter.": first("categories", call_levels=[]),
    "Hændelsestyper, nr. 1, tilkald, ssp: råb kan ikke vælges.": first("categories", call_levels={"ssp": "råb"}),
    "Tilkaldekæde, alle efter minutter skal være et helt tal fra 0 og op.": changed(chain={"all_after_minutes": -1}),
    "Første situationsbillede efter minutter skal være et helt tal fra 0 og op.": changed(first_report_minutes=True),
    "Skjul politisager for aktører, der ikke er part skal være ja eller nej.": changed(hides_glimpse="nej"),
}


@pytest.mark.parametrize(("said", "plan"), SHAPE.items(), ids=SHAPE)
def test_a_fault_of_shape_is_named_by_its_place(said: str, plan: Any) -> None:
    assert faults(plan) == [said]


def test_all_faults_are_named_at_once() -> None:
    plan = changed(purpose=[1], first_report_minutes="snart")
    del plan["releaser"], plan["parties"][3]["name"]
    assert faults(plan) == [
        "Formål, nr. 1 skal være en tekst.",
        "Frigiver beskeder mangler.",
        "Første situationsbillede efter minutter skal være et helt tal fra 0 og op.",
        "Parter, nr. 4, navn mangler.",
    ]


def without_duty(track: str, duty: int) -> dict[str, Any]:
    plan = copy.deepcopy(GOOD)
    for card in plan["cards"]:
        if (card["party"], card["track"]) == ("helhedsplan", track):
            card["items"] = [item for item in card["items"] if item["duty"] != duty]
    return plan


def activators(track: str, *keys: str) -> dict[str, Any]:
    plan = copy.deepcopy(GOOD)
    for rule in plan["activation"]:
        if rule["track"] == track:
            rule["activators"] = list(keys)
    return plan


def b_card(**fields: Any) -> dict[str, Any]:
    plan = copy.deepcopy(GOOD)
    card = next(c for c in plan["cards"] if c["track"] == "non_police" and c["party"] == "ssp")
    card |= {"title": "Kortet"} | fields
    return plan


def b_category(**fields: Any) -> dict[str, Any]:
    plan = copy.deepcopy(GOOD)
    category = next(c for c in plan["categories"] if c["may_be"] == ["non_police"])
    category |= {"label": "Typen"} | fields
    return plan


ITEM = GOOD["cards"][0]["items"][0]
WAITING = ITEM | {"waits_for_police": True}
SENSE = {
    "Formålet mangler.": changed(purpose=[]),
    "Kriterier for afblæsning mangler.": changed(stand_down_criteria=[]),
    "Der skal være fire spørgsmål efter hændelsen.": changed(debrief_questions=["Hvad?"] * 3),
    "Der er ingen hændelsestyper.": changed(categories=[]),
    "Politiet har ingen kontakter.": first("parties", contacts=[]),
    "Aktøren police står to gange.": changed(actors=[*GOOD["actors"], GOOD["actors"][0]]),
    "Parten police står to gange.": changed(parties=[*GOOD["parties"], GOOD["parties"][0]]),
    "Målgruppen press står to gange.": changed(audiences=[*GOOD["audiences"], GOOD["audiences"][-1]]),
    "Hændelsestypen rumours står to gange.": changed(categories=[*GOOD["categories"], GOOD["categories"][0]]),
    "Kortet police, police findes to gange.": changed(cards=[*GOOD["cards"], GOOD["cards"][0]]),
    "Punktet contact står to gange på samme kort.": first("cards", items=[ITEM, ITEM]),
    "naboen er ikke blandt planens aktører.": changed(review_leader="naboen"),
    "En politisag aktiveres af politiet alene.": activators("police", "police", "ssp"),
    "Ingen må aktivere, når det ikke er en politisag.": activators("non_police"),
    "Politiet kan ikke aktivere, når det ikke er en politisag.": activators("non_police", "ssp", "police"),
    "Der skal være én regel for aktivering af hvert spor.": changed(activation=GOOD["activation"] * 2),
    "Politiet kan hverken lede evalueringen eller være planens frigiver i begge spor.": changed(releaser="police"),
    "Kortet Kortet er for en aktør, der ikke er part.": b_card(party="housing"),
    "Kortet Kortet nævner politiet, men er ikke til en politisag.": b_card(stands_down="police"),
    "Kortet Kortet venter på politiet, men er ikke til en politisag.": b_card(items=[WAITING]),
    "Helhedsplanens kort (politisag) har ikke alle fire pligter.": without_duty("police", 3),
    "Helhedsplanens kort (ikke politisag) har ikke alle fire pligter.": without_duty("non_police", 1),
    "Målgruppen presse mangler.": changed(audiences=GOOD["audiences"][:-1]),
    "Typen har intet spor.": b_category(may_be=[], suggested_track=None),
    "Typen foreslår et spor, den ikke kan have.": b_category(suggested_track="police"),
    "Typen tilkalder politiet, men er aldrig en politisag.": b_category(call_levels={"police": "notify"}),
    "Tilkaldekæden skal gå fra vagthavende over stedfortræder til alle.": changed(chain={"deputy_after_minutes": 9}),
}


def message(**fields: Any) -> dict[str, Any]:
    """The plan with this text first: rumours, residents, first message."""
    return changed(messages=[MESSAGE | fields])


def fixed(**fields: Any) -> dict[str, Any]:
    """The plan with one fixed text, in English."""
    known = {"key": "withdrawal", "language": "en", "text": "Wrong at {sendt}, new at {næste}."}
    return changed(fixed_texts=[known | fields])


MESSAGE = {"text": "Ro i {område}.", "phase": "first", "category": "rumours", "audience": "residents"}
RUMOUR = "Rygter på nettet, beboere, første besked"
SENSE |= {
    f"{RUMOUR} står to gange.": changed(messages=[MESSAGE, MESSAGE | {"text": "Andet."}]),
    "uro, beboere, første besked: hændelsestypen findes ikke.": message(category="uro"),
    "Rygter på nettet, børn, første besked: målgruppen findes ikke.": message(audience="børn"),
    f"{RUMOUR} er tom.": message(text=" "),
    f"{RUMOUR} er for lang: højst 900 tegn.": message(text="a" * 901),
    f"{RUMOUR}: hver {{ skal have en }}, og der skal stå et navn imellem.": message(text="Ro i {område. {}"),
    f"{RUMOUR} ligner noget med et CPR-nummer.": message(text="Ring til 010190-1234."),
    "Rygter på nettet, beboere, opdatering: kun en første besked kan være givet fri på forhånd.": message(
        phase="update", released_by="Nærpolitiet"
    ),
    f"{RUMOUR}, engelsk: politiet giver den danske tekst fri, ikke en oversættelse.": message(
        language="en", released_by="Nærpolitiet"
    ),
    "Nabokonflikt, der breder sig, alle målgrupper, første besked er aldrig i en politisag, så politiet skal "
    "ikke give den fri.": message(category="neighbours", audience=None, released_by="Nærpolitiet"),
    f"{RUMOUR} er givet fri ordret, men {{hvad}}, {{tovholder}} skrives først på dagen.": message(
        text="{hvad} i {område}, {tovholder}", released_by="Nærpolitiet"
    ),
    "Den danske faste tekst (når en besked trækkes tilbage) kan ikke ændres.": fixed(language="da"),
    "Den faste tekst (når en besked trækkes tilbage, engelsk) er tom eller mangler en {.": fixed(text=" "),
    "Den faste tekst (når en besked trækkes tilbage, engelsk) skal have de samme {felter} som den danske.": fixed(
        text="Wrong at {sendt}."
    ),
    "Den faste tekst (når en besked trækkes tilbage, engelsk) står to gange.": changed(
        fixed_texts=fixed()["fixed_texts"] * 2
    ),
}


@pytest.mark.parametrize(("said", "plan"), SENSE.items(), ids=SENSE)
def test_a_fault_of_sense_is_named(said: str, plan: Any) -> None:
    assert said in faults(plan)


def test_what_may_be_left_out_gets_the_models_figures() -> None:
    plan = copy.deepcopy(GOOD)
    del plan["chain"], plan["first_report_minutes"], plan["hides_glimpse"]
    read = from_json(plan)
    chain = read.chain
    assert (chain.on_duty_after_minutes, chain.deputy_after_minutes, chain.all_after_minutes) == (0, 3, 6)
    assert (chain.voice_after_seconds, read.first_report_minutes, read.hides_glimpse) == (90, 60, False)
