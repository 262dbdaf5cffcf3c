"""Kokkedal-modellen as shipped: what the booklet says, and nothing that the model forbids."""

import pytest

from app.lib import personal_data
from app.plans.kokkedal import model
from app.plans.vocabulary import POLICE, AudienceKey, CallLevel, Track

PLAN = model()


def test_the_five_lines_of_the_booklet_in_its_order() -> None:
    assert PLAN.party_keys == ("police", "ssp", "youth_club", "family_centre", "helhedsplan")


def test_ssp_and_the_outreach_team_are_one_line_with_two_contacts() -> None:
    line = PLAN.party("ssp")
    assert line is not None
    assert [contact.unit for contact in line.contacts] == ["SSP", "Opsøgende team"]
    assert [len(other.contacts) for other in PLAN.parties if other is not line] == [1, 1, 1, 1]


def test_an_activator_is_not_necessarily_a_party() -> None:
    activators = PLAN.activators(Track.NON_POLICE)
    assert activators == ("municipality", "ssp", "housing", "helhedsplan")
    assert set(activators) - set(PLAN.party_keys) == {"municipality", "housing"}
    assert PLAN.activators(Track.POLICE) == (POLICE,)


@pytest.mark.parametrize("track", Track)
def test_the_helhedsplan_has_the_four_duties_in_both_tracks(track: Track) -> None:
    card = PLAN.card("helhedsplan", track)
    assert card is not None
    assert [item.duty for item in card.items] == [1, 1, 2, 3, 4]
    texts = {item.key: item.text for item in card.items}
    for headed in ("situationen", "mulige konsekvenser", "mulige tiltag"):
        assert headed in texts["brief_board"]
    for told in ("driftsafdelinger", "beboere", "institutioner", "virksomheder", "foreninger", "presse"):
        assert told in texts["right_information"]


def test_in_a_politisag_informing_starts_at_once_and_volunteers_wait_for_the_police() -> None:
    card = PLAN.card("helhedsplan", Track.POLICE)
    assert card is not None
    assert {item.key: item.waits_for_police for item in card.items if item.duty == 1} == {
        "inform_networks": False, "activate_networks": True,
    }  # fmt: skip


def test_every_party_has_a_card_in_every_track_it_takes_part_in() -> None:
    cards = {(card.party, card.track) for card in PLAN.cards}
    assert cards == {(key, track) for key in PLAN.party_keys for track in Track} - {(POLICE, Track.NON_POLICE)}


def test_the_nine_audiences_are_told_inside_before_press() -> None:
    assert [audience.key for audience in PLAN.audiences] == list(AudienceKey)
    press = PLAN.audience("press")
    assert press is not None
    assert press.target_minutes == max(audience.target_minutes for audience in PLAN.audiences)


@pytest.mark.parametrize("category", PLAN.categories, ids=lambda category: category.key)
def test_a_category_says_of_every_party_how_it_is_woken(category) -> None:
    expected = set(PLAN.party_keys) - (set() if Track.POLICE in category.may_be else {POLICE})
    assert set(category.call_levels) == expected
    assert category.call_levels.get(POLICE, CallLevel.NOTIFY) is CallLevel.NOTIFY, "the police have called us"
    assert category.dimensions
    assert len(category.what) <= 300


@pytest.mark.parametrize(
    ("key", "track"),
    [
        ("shooting", Track.POLICE),
        ("stabbing", Track.POLICE),
        ("rumours", Track.NON_POLICE),
        ("youth_gathering", Track.NON_POLICE),
        ("fire", Track.NON_POLICE),
        ("neighbours", Track.NON_POLICE),
        ("club_violence", Track.NON_POLICE),
    ],
)
def test_the_case_library_has_its_category(key: str, track: Track) -> None:
    category = PLAN.category(key)
    assert category is not None
    assert category.suggested_track is track


def test_what_changes_track_in_the_case_library_may_be_both() -> None:
    category = PLAN.category("club_violence")
    assert category is not None
    assert set(category.may_be) == set(Track)


def test_the_model_holds_no_persons_and_no_numbers() -> None:
    texts = [*PLAN.purpose, *(item.text for card in PLAN.cards for item in card.items)]
    texts += [category.what for category in PLAN.categories]
    assert [text for text in texts if personal_data.find(text)] == []
