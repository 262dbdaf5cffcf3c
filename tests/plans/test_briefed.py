"""Board members are briefed, and nobody else is by that rule; in what is no politisag nobody of the police."""

from dataclasses import replace

import pytest

from app.areas.roles import Role
from app.plans.tracks import Who, may_be_briefed
from app.plans.vocabulary import Track
from tests.plans.world import CASES, B, everybody


@pytest.mark.parametrize("track", Track)
@pytest.mark.parametrize("who", everybody(), ids=str)
def test_who_is_briefed(who: Who, track: Track) -> None:
    expected = who.is_member and who.role is Role.BOARD_MEMBER and not (track is B and who.police_in_area)
    assert bool(may_be_briefed(who, CASES[track])) is expected


def test_an_exercise_briefs_nobody() -> None:
    assert not any(may_be_briefed(who, replace(CASES[B], is_exercise=True)) for who in everybody())
