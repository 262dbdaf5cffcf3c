"""What an incident's status leaves to do, for whoever has the most to say in it."""

from dataclasses import replace

import pytest

from app.areas.roles import Role
from app.plans.tracks import Who, may_reopen
from app.plans.vocabulary import IncidentStatus, Track
from tests.plans.world import CASES, NOON, PLAN, RIGHTS, A, Asked, B

# Columns: active, stood down, in review, closed, annulled, overgået til politisag, frigivet.
TABLE = """
                          act sto rev clo ann pol rel
see incident              yes yes yes yes yes yes yes
enter room                yes yes yes yes yes yes yes
read parties' entry       yes yes yes yes yes yes yes
log                       yes yes yes  -   -  yes yes
erase with another        yes yes yes yes yes yes yes
act                       yes  -   -   -   -   -   -
stand down                yes  -   -   -   -   -   -
pass on                   yes  -   -   -   -   -   -
annul                     yes  -   -   -   -   -   -
add an actor              yes  -   -   -   -   -   -
let in colleague          yes  -   -   -   -   -   -
take silent card          yes  -   -   -   -   -   -
withdraw                  yes  -   -   -   -   -   -
write a text              yes  -   -   -   -   -   -
release                   yes  -   -   -   -   -   -
write after-message       yes yes yes  -   -   -   -
release after-message     yes yes yes  -   -   -   -
withdraw after-message    yes yes yes  -   -   -   -
add a fact                yes  -   -   -   -   -   -
write report              yes  -   -   -   -   -   -
write message             yes  -   -   -   -   -   -
acknowledge message       yes  -   -   -   -   -   -
"""
ONLY_IN_A = """
                          act sto rev clo ann pol rel
record police's act       yes  -   -   -   -   -   -
confirm police's act      yes yes yes yes  -  yes yes
deny police's act         yes yes yes yes  -  yes yes
"""
LEADER = {
    A: Who(1, "police", "org", Role.COORDINATOR, police_in_area=True),
    B: Who(1, "ssp", "org", Role.COORDINATOR, police_in_area=False),
}


def rows(table: str) -> list[tuple[str, IncidentStatus, bool]]:
    lines = [line for line in table.splitlines() if line.strip() and not line.startswith(" ")]
    return [
        (line[:26].strip(), status, cell == "yes")
        for line in lines
        for status, cell in zip(IncidentStatus, line[26:].split(), strict=True)
    ]


CELLS = [(track, *cell) for track in Track for cell in rows(TABLE)] + [(A, *cell) for cell in rows(ONLY_IN_A)]


@pytest.mark.parametrize(("track", "right", "status", "allowed"), CELLS)
def test_the_status_leaves_what_the_table_says(track: Track, right: str, status: IncidentStatus, allowed: bool) -> None:
    case = replace(CASES[track], status=status)
    assert bool(RIGHTS[right](Asked(LEADER[track], track, case))) is allowed


@pytest.mark.parametrize("status", IncidentStatus)
@pytest.mark.parametrize("track", Track)
def test_what_ended_without_a_successor_can_be_reopened(track: Track, status: IncidentStatus) -> None:
    ended = (IncidentStatus.STOOD_DOWN, IncidentStatus.IN_REVIEW, IncidentStatus.CLOSED)
    assert bool(may_reopen(PLAN, LEADER[track], replace(CASES[track], status=status))) is (status in ended)


def test_a_glimpse_ends_with_the_incident() -> None:
    housing = Who(1, "housing", "org", Role.COORDINATOR, police_in_area=False)
    for status in IncidentStatus:
        seen = RIGHTS["glimpse"](Asked(housing, A, replace(CASES[A], status=status)))
        assert bool(seen) is (status is IncidentStatus.ACTIVE)


def test_an_actor_whose_part_ended_reads_and_does_nothing_more() -> None:
    for track, who in LEADER.items():
        case = CASES[track]
        gone = replace(case, participants=case.participants - {who.actor_key}, ended_participants={who.actor_key: NOON})
        asked = Asked(who, track, gone)
        listed = {right for right, _, _ in rows(TABLE + ONLY_IN_A)}
        assert {right for right in listed if RIGHTS[right](asked)} == {"see incident", "read parties' entry"}
