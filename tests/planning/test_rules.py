"""Who may write and approve, what is wrong with a plan in words and where, and what one says otherwise: tables."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.planning.rules.difference import What, compare, words
from app.planning.rules.entries import entries, find, key_of, may_remove, moved, put, without
from app.planning.rules.findings import Around, findings, who_may_release
from app.plans.document import Audience, Channel, ContactFunction, MessageTemplate, PlanDocument
from app.plans.kokkedal import model
from app.plans.places import Kind, Section, key_from
from app.plans.tracks import may_approve_plan, may_edit_plan
from app.plans.tracks.planning import Yes
from app.plans.vocabulary import MessagePhase, Track
from tests.plans.test_every_right import column
from tests.plans.world import everybody

PLAN = model()
TODAY, IN_A_YEAR = date(2026, 11, 22), date(2027, 11, 22)
PEOPLE = {"ssp": frozenset({1}), "helhedsplan": frozenset({2}), "police": frozenset({3})}
AROUND = Around(TODAY, {actor.key: actor.called for actor in PLAN.actors}, PEOPLE, frozenset({3}))
WRITERS = {"P!", "S!", "H!", "Y!"}


def test_coordinators_of_the_plans_parties_write_it_and_nobody_else() -> None:
    differs = [who for who in everybody() if bool(may_edit_plan(PLAN, who)) is not (column(who) in WRITERS)]
    assert differs == []


@pytest.mark.parametrize(
    ("given", "may"),
    [
        ([], WRITERS),
        ([Yes(2, "helhedsplan")], WRITERS - {"H!"}),
        ([Yes(2, "police")], WRITERS - {"P!"}),
        ([Yes(1, "helhedsplan")], set()),  # the same person, whatever they act as now
    ],
)
def test_two_persons_of_two_parties_approve(given: list[Yes], may: set[str]) -> None:
    differs = [who for who in everybody() if bool(may_approve_plan(PLAN, who, given)) is not (column(who) in may)]
    assert differs == []


def contact(unit: str, **other: str) -> PlanDocument:
    """SSP's line with a contact changed."""
    there = next(c for c in PLAN.party("ssp").contacts if c.unit == unit)
    return put(PLAN, Kind.CONTACT, "ssp", f"ssp.{key_from(unit)}", replace(there, **other))


def changed(kind: Kind, key: str, parent: str = "", **other: object) -> PlanDocument:
    return put(PLAN, kind, parent, key, replace(find(PLAN, kind, key), **other))


def text(said: str, language: str = "da", **other: str) -> PlanDocument:
    made = MessageTemplate(said, MessagePhase.FIRST, "rumours", "residents")
    return replace(PLAN, messages=(*PLAN.messages, replace(made, **{"language": language, **other})))


def without_police() -> PlanDocument:
    return replace(PLAN, parties=tuple(p for p in PLAN.parties if p.actor_key != "police"))


NEIGHBOURS = Audience("neighbours", "Naboerne", (Channel.DOOR,), 500)
NOBODY_IS_WOKEN = dict.fromkeys(PLAN.party_keys, "when_needed")
SAID: dict[str, tuple[PlanDocument, str]] = {
    "Der er ingen stedfortræder for SSP.": (contact("SSP", deputy=" "), "parties/contact/ssp.ssp"),
    "Der er ingen første kontakt for Opsøgende team.": (
        contact("Opsøgende team", first=""), "parties/contact/ssp.opsoegende_team",
    ),
    "Målgruppen Presse har ingen kanal.": (
        changed(Kind.AUDIENCE, "press", channels=()), "audiences/audience/press",
    ),
    "Tilkaldekæden skal gå fra vagthavende over stedfortræder til alle.": (
        changed(Kind.CHAIN, "it", deputy_after_minutes=9), "chain/chain/it",
    ),
    "Formålet mangler.": (replace(PLAN, purpose=()), "purpose/purpose/it"),
    "Ingen kan frigive beskeder i sporet politisag: politiet er ikke blandt parterne.": (
        without_police(), "parties//",
    ),
    "Kortet Politiet: den første time er for en aktør, der ikke er part.": (
        without_police(), "cards/card/police.police",
    ),
    "Naboerne får besked efter pressen (500 min mod 120 min). Området før pressen.": (
        replace(PLAN, audiences=(*PLAN.audiences, NEIGHBOURS)), "audiences/audience/neighbours",
    ),
    "Rygter på nettet, beboere, første besked, engelsk: ingen har godkendt oversættelsen. Den bliver ikke brugt.": (
        text("Rumours", "en"), "messages/message/rumours.residents.first.en",
    ),
    "Politiet: den første time: »Oplys, hvem af jer parterne skal ringe til: …« har frist efter 90 min": (
        changed(Kind.ITEM, "police.police.contact", "police.police", due_minutes=90),
        "cards/item/police.police.contact",
    ),
    "Det første situationsbillede kommer først efter 61 min.": (
        replace(PLAN, first_report_minutes=61), "ending/ending/it",
    ),
    "Rygter på nettet: ingen bliver tilkaldt.": (
        changed(Kind.CATEGORY, "rumours", call_levels=NOBODY_IS_WOKEN), "categories/category/rumours",
    ),
    "SSP og opsøgende team har intet actionkort (politisag).": (without(PLAN, Kind.CARD, "ssp.police"), "cards//"),
}  # fmt: skip
HINDERS = {"Målgruppen Presse har", "Tilkaldekæden skal", "Formålet mangler", "Kortet Politiet"}


@pytest.mark.parametrize(("said", "made"), SAID.items(), ids=SAID)
def test_what_is_wrong_is_said_in_words_with_its_place(said: str, made: tuple[PlanDocument, str]) -> None:
    plan, place = made
    all_found = findings(plan, IN_A_YEAR, AROUND)
    found = next((one for one in all_found if one.reason.in_danish().startswith(said)), None)
    assert found, [one.reason.in_danish() for one in all_found]
    assert "/".join(str(part or "") for part in found.place) == place
    assert found.hinders is any(said.startswith(start) for start in HINDERS)


def test_the_shipped_plan_is_whole_and_a_misspelt_place_to_fill_is_pointed_at() -> None:
    assert findings(PLAN, IN_A_YEAR, AROUND) == []
    found = [
        one.reason.in_danish()
        for one in findings(
            changed(Kind.MESSAGE, "shooting.residents.first.da", text="Ro i {omraade}. {hvornår}"), IN_A_YEAR, AROUND
        )
    ]
    assert found == [
        "Skyderi, beboere, første besked: {omraade} kendes ikke og må udfyldes i hånden. Mente I {område}?"
    ]


@pytest.mark.parametrize(("review_on", "hinders"), [(None, True), (TODAY, True), (date(2026, 11, 23), False)])
def test_a_plan_is_reviewed_on_a_day_to_come(review_on: date | None, hinders: bool) -> None:
    assert any(one.hinders for one in findings(PLAN, review_on, AROUND)) is hinders


RELEASE: list[tuple[dict[str, frozenset[int]], Track, set[int]]] = [
    (PEOPLE, Track.NON_POLICE, {1, 2}),
    (PEOPLE, Track.POLICE, {1, 2, 3}),
    ({"housing": frozenset({4})}, Track.NON_POLICE, set()),  # may activate, is no party
    ({"ssp": frozenset({3})}, Track.NON_POLICE, set()),  # of the police too
    ({}, Track.POLICE, set()),
]


@pytest.mark.parametrize(("people", "track", "able"), RELEASE)
def test_who_may_release_is_asked_of_the_rooms_own_rule(people, track: Track, able: set[int]) -> None:
    assert who_may_release(PLAN, track, replace(AROUND, coordinators=people)) == able


def test_a_lone_releaser_is_warned_of_and_none_at_all_too() -> None:
    def said(people: dict[str, frozenset[int]]) -> list[str]:
        return [f.reason.in_danish() for f in findings(PLAN, IN_A_YEAR, replace(AROUND, coordinators=people))]

    assert said({"ssp": frozenset({1})}) == [
        "Kun én koordinator kan frigive beskeder i sporet ikke politisag, og ingen frigiver sin egen tekst."
    ]
    assert said({})[-1] == "Ingen kan frigive beskeder i sporet ikke politisag: ingen koordinator har login."


NIGHT = ContactFunction("Natten", "A", "B")
ORDER: list[tuple[Callable[[PlanDocument], PlanDocument], list[str]]] = [
    (lambda p: moved(p, Kind.CONTACT, "ssp.opsoegende_team", up=True), ["Opsøgende team", "SSP"]),
    (lambda p: moved(p, Kind.CONTACT, "ssp.ssp", up=True), ["SSP", "Opsøgende team"]),
    (lambda p: moved(p, Kind.CONTACT, "ssp.nobody", up=True), ["SSP", "Opsøgende team"]),
    (lambda p: without(p, Kind.CONTACT, "ssp.ssp"), ["Opsøgende team"]),
    (lambda p: put(p, Kind.CONTACT, "ssp", None, NIGHT), ["SSP", "Opsøgende team", "Natten"]),
    (lambda p: put(p, Kind.CONTACT, "ssp", "ssp.ssp", ContactFunction("Ny", "A", "B")), ["Ny", "Opsøgende team"]),
]  # fmt: skip


@pytest.mark.parametrize(("act", "units"), ORDER)
def test_entries_are_put_moved_and_taken_out_where_they_stand(act, units: list[str]) -> None:
    made = act(PLAN)
    assert [contact.unit for contact in made.party("ssp").contacts] == units
    assert replace(made, parties=PLAN.parties) == PLAN, "nothing else changes"


def test_every_entry_is_found_by_its_key_and_the_nine_audiences_stay() -> None:
    for kind in set(Kind) - {Kind.CONTACT, Kind.ITEM}:
        for one in entries(PLAN, kind):
            assert find(PLAN, kind, key_of(kind, one)) == one
    assert not may_remove(Kind.AUDIENCE, "press")
    assert may_remove(Kind.AUDIENCE, "neighbours")
    assert not may_remove(Kind.CHAIN, "it")


def test_a_difference_names_what_came_went_moved_and_which_words_changed(app) -> None:
    from app.planning.blocks import blocks_of

    newer = moved(contact("SSP", deputy="Vagtchefen i SSP"), Kind.PARTY, "helhedsplan", up=True)
    newer = without(newer, Kind.CONTACT, "police.politiet")
    found = compare(blocks_of(PLAN, Section.PARTIES), blocks_of(newer, Section.PARTIES))
    assert [(one.what, one.kind, one.title) for one in found if one.what is not What.MOVED] == [
        (What.CHANGED, "contact", "SSP"), (What.REMOVED, "contact", "Politiet"),
    ]  # fmt: skip
    assert any(one.what is What.MOVED for one in found)
    assert found[0].fields[0].label == "Stedfortræder"
    assert compare(blocks_of(PLAN, Section.CARDS), blocks_of(newer, Section.CARDS)) == []
    assert [(p.what, p.text) for p in words("Ring til vagten nu", "Ring til chefen nu")] == [
        (What.SAME, "Ring til "), (What.REMOVED, "vagten "), (What.ADDED, "chefen "), (What.SAME, "nu"),
    ]  # fmt: skip
