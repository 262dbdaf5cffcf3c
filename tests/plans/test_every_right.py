"""Every actor x role x track x right against one table. `told`: heard it from the police and records it for them."""

from dataclasses import replace
from itertools import product

import pytest

from app.areas.roles import Role
from app.plans.tracks import IncidentFacts, Who
from app.plans.vocabulary import Track
from tests.plans.world import CASES, ELSEWHERE, HERE, NO_PARTY, RIGHTS, A, Asked, B, everybody

# Columns: P police, S SSP (tovholder of B), H helhedsplan (recorded A), Y youth club and family centre,
# X boligorganisation and kommune (activators, no parties). With !: coordinator; without: responder.
# o observers of P, then of all other parties; G a colleague let in here; Z everybody else of the area: boards, actors
# that the plan does not mention, observers of X. Cells: may in A, may in B.
TABLE = """
                            P!  P   Po  S!  S   H!  H   Y!  Y   o   X!  X   G   Z
activate                    A-  --  --  -B  --  -B  --  --  --  --  -B  --  --  --
ask for activation          --  A-  A-  A-  AB  A-  AB  AB  AB  AB  A-  AB  --  AB
start an exercise           A-  --  --  AB  --  AB  --  A-  --  --  AB  --  --  --
join                        --  --  --  --  --  --  --  --  --  --  -B  --  --  --
record police's activation  AB  AB  --  AB  AB  AB  AB  AB  AB  --  AB  AB  --  --
record police's act         A-  A-  --  A-  A-  A-  A-  A-  A-  --  A-  A-  A-  --
confirm police's act        A-  A-  --  A-  A-  A-  A-  A-  A-  --  --  --  --  --
confirm own record          --  --  --  --  --  --  --  --  --  --  --  --  --  --
confirm own by call-back    --  --  --  A-  A-  A-  A-  A-  A-  --  --  --  --  --
deny police's act           A-  A-  --  A-  A-  A-  A-  A-  A-  --  --  --  --  --
see incident                A-  A-  A-  AB  AB  AB  AB  AB  AB  AB  --  --  AB  --
enter room                  A-  A-  A-  AB  AB  AB  AB  AB  AB  AB  --  --  AB  --
glimpse                     A-  A-  A-  AB  AB  AB  AB  AB  AB  AB  AB  AB  AB  --
read parties' entry         A-  A-  A-  AB  AB  AB  AB  AB  AB  AB  --  --  AB  --
read public entry           A-  A-  A-  AB  AB  AB  AB  AB  AB  AB  --  --  AB  --
read own org's entry        A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
read other org's entry      --  --  --  --  --  --  --  --  --  --  --  --  --  --
act                         A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
log                         A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
take over lead              --  --  --  --  --  -B  --  -B  --  --  --  --  --  --
stand down                  A-  --  --  -B  --  --  --  --  --  --  --  --  --  --
stand down, told            A-  --  --  AB  --  A-  --  A-  --  --  A-  --  --  --
pass on                     A-  --  --  -B  --  --  --  --  --  --  --  --  --  --
pass on, told               A-  --  --  AB  --  A-  --  A-  --  --  A-  --  --  --
answer same incident        --  --  --  -B  --  --  --  --  --  --  --  --  --  --
give summary                --  --  --  -B  --  --  --  --  --  --  --  --  --  --
release case                A-  --  --  --  --  --  --  --  --  --  --  --  --  --
release case, told          A-  --  --  A-  --  A-  --  A-  --  --  A-  --  --  --
confirm release of case     A-  A-  --  A-  A-  A-  A-  A-  A-  --  --  --  --  --
deny release of case        A-  A-  --  A-  A-  A-  A-  A-  A-  --  --  --  --  --
annul                       A-  --  --  -B  --  A-  A-  --  --  --  --  --  --  --
annul, told                 A-  --  --  AB  --  A-  A-  A-  --  --  --  --  --  --
reopen                      A-  --  --  -B  --  -B  --  -B  --  --  --  --  --  --
reopen, told                A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
break off exercise          --  --  --  --  --  --  --  --  --  --  --  --  --  --
answer debrief              A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
add learning point          A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
close leader's learning     A-  --  --  -B  --  AB  --  --  --  --  --  --  --  --
close review                --  --  --  --  --  AB  --  --  --  --  --  --  --  --
sign off review             A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
add to locked review        A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
take files                  A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
take files, part ended      A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
hold back deletion          --  --  --  --  --  AB  --  --  --  --  --  --  --  --
hold back, part ended       A-  --  --  -B  --  --  --  --  --  --  --  --  --  --
write board summary         A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
approve board summary       --  --  --  --  --  AB  --  --  --  --  --  --  --  --
add an actor                A-  --  --  -B  --  --  --  --  --  --  --  --  --  --
add an actor, told          A-  --  --  AB  --  A-  --  A-  --  --  --  --  --  --
take silent card            A-  --  --  AB  --  --  --  AB  --  --  --  --  --  --
take answered card          --  --  --  --  --  --  --  --  --  --  --  --  --  --
take police's card          --  --  --  --  --  --  --  --  --  --  --  --  --  --
let in colleague            A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
let in police colleague     A-  --  --  A-  --  A-  --  A-  --  --  --  --  --  --
erase with another          A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
erase alone                 --  --  --  --  --  --  --  --  --  --  --  --  --  --
release                     A-  --  --  -B  --  -B  --  -B  --  --  --  --  --  --
release after-message       A-  --  --  -B  --  -B  --  -B  --  --  --  --  --  --
release own text            --  --  --  --  --  --  --  --  --  --  --  --  --  --
release own text, told      A-  --  --  A-  --  A-  --  A-  --  --  --  --  --  --
release, police let free    A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
release, wording let free   A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
release own, let free       --  --  --  --  --  --  --  --  --  --  --  --  --  --
withdraw                    A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
withdraw after-message      A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
write a text                A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
write after-message         A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
approve a translation       A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
return a text               A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
send alone                  A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
let audience free           A-  --  --  --  --  --  --  --  --  --  --  --  --  --
let audience free, told     A-  --  --  A-  --  A-  --  A-  --  --  --  --  --  --
record who is informed      A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
send volunteers             A-  A-  --  -B  -B  -B  -B  -B  -B  --  --  --  -B  --
send volunteers, told       A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
add a fact                  A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
write report                A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
write message               A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
acknowledge message         A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
instruct                    A-  --  --  --  --  --  --  --  --  --  --  --  --  --
instruct, told              A-  A-  --  A-  A-  A-  A-  A-  A-  --  A-  A-  A-  --
hide case                   A-  --  --  --  --  --  --  --  --  --  --  --  --  --
hide case, told             A-  A-  --  A-  A-  A-  A-  A-  A-  --  --  --  A-  --
acknowledge instruction     A-  A-  --  A-  A-  A-  A-  A-  A-  --  --  --  A-  --
acknowledge others' instr.  --  --  --  --  --  --  --  --  --  --  --  --  --  --
deviate                     A-  A-  --  A-  A-  A-  A-  A-  A-  --  --  --  A-  --
deviate from others'        --  --  --  --  --  --  --  --  --  --  --  --  --  --
propose plan line           --  --  --  -B  --  -B  --  -B  --  --  --  --  --  --
agree or disagree           --  --  --  -B  -B  -B  -B  -B  -B  --  --  --  -B  --
record another's stance     --  --  --  -B  -B  -B  -B  -B  -B  --  --  --  -B  --
record stance of the police --  --  --  --  --  --  --  --  --  --  --  --  --  --
"""

# An exercise is the same, except: any coordinator in it may play the police, and nobody outside it gets a glimpse.
IN_AN_EXERCISE = """
                            P!  P   Po  S!  S   H!  H   Y!  Y   o   X!  X   G   Z
join                        --  --  --  --  --  --  --  --  --  --  --  --  --  --
record police's act         A-  A-  --  A-  A-  A-  A-  A-  A-  --  --  --  A-  --
glimpse                     A-  A-  A-  AB  AB  AB  AB  AB  AB  AB  --  --  AB  --
stand down                  A-  --  --  AB  --  A-  --  A-  --  --  --  --  --  --
stand down, told            A-  --  --  AB  --  A-  --  A-  --  --  --  --  --  --
pass on                     A-  --  --  AB  --  A-  --  A-  --  --  --  --  --  --
pass on, told               A-  --  --  AB  --  A-  --  A-  --  --  --  --  --  --
release case                A-  --  --  A-  --  A-  --  A-  --  --  --  --  --  --
release case, told          A-  --  --  A-  --  A-  --  A-  --  --  --  --  --  --
instruct, told              A-  A-  --  A-  A-  A-  A-  A-  A-  --  --  --  A-  --
annul                       A-  --  --  AB  --  A-  A-  A-  --  --  --  --  --  --
reopen                      A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
break off exercise          A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
write board summary         --  --  --  --  --  --  --  --  --  --  --  --  --  --
approve board summary       --  --  --  --  --  --  --  --  --  --  --  --  --  --
add an actor                A-  --  --  AB  --  A-  --  A-  --  --  --  --  --  --
take police's card          --  --  --  A-  --  A-  --  A-  --  --  --  --  --  --
release                     A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
release after-message       A-  --  --  AB  --  AB  --  AB  --  --  --  --  --  --
let audience free           A-  --  --  A-  --  A-  --  A-  --  --  --  --  --  --
send volunteers             A-  A-  --  AB  AB  AB  AB  AB  AB  --  --  --  AB  --
instruct                    A-  --  --  A-  --  A-  --  A-  --  --  --  --  --  --
hide case                   --  --  --  --  --  --  --  --  --  --  --  --  --  --
hide case, told             --  --  --  --  --  --  --  --  --  --  --  --  --  --
"""


def read(table: str) -> dict[str, dict[str, str]]:
    """{right: {column: cell}}."""
    head, *rows = [line for line in table.splitlines() if line.strip()]
    return {row[:28].strip(): dict(zip(head.split(), row[28:].split(), strict=True)) for row in rows}


REAL = read(TABLE)
EXERCISE = REAL | read(IN_AN_EXERCISE)


def column(who: Who) -> str | None:
    """Where this person stands in the table; None: may nothing whatsoever."""
    if who.is_administrator or who.guest_of == ELSEWHERE or who.actor_key is None:
        return None
    if who.guest_of == HERE:
        return "G" if who.actor_key not in (*NO_PARTY, "cafe") else None
    if who.role is None:
        return None
    letter = {"police": "P", "ssp": "S", "helhedsplan": "H", "youth_club": "Y", "family_centre": "Y", "cafe": "Z"}
    actor = letter.get(who.actor_key, "X")
    if who.role is Role.BOARD_MEMBER or actor == "Z":
        return "Z"
    if who.role is Role.OBSERVER:
        return {"P": "Po", "X": "Z"}.get(actor, "o")
    return f"{actor}!" if who.role is Role.COORDINATOR else actor


def expected(table: dict[str, dict[str, str]], who: Who, track: Track, right: str) -> bool:
    """The table's cell; and nobody with a police membership has anything to do with a B, whoever he acts as."""
    place = column(who)
    if place is None:
        return False
    if track is B and who.police_in_area and right != "record police's activation":  # that one is always about an A
        return False
    return ("A" if track is A else "B") in table[right][place]


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("track", Track)
def test_every_person_may_exactly_what_the_table_says(track: Track, right: str) -> None:
    differs = _differences(REAL, CASES[track], right)
    assert differs == []


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("track", Track)
def test_an_exercise_differs_only_where_its_table_says(track: Track, right: str) -> None:
    assert _differences(EXERCISE, replace(CASES[track], is_exercise=True), right) == []


def _differences(table: dict[str, dict[str, str]], case: IncidentFacts, right: str) -> list[str]:
    return [
        f"{who} may{'' if answer else ' not'}"
        for who in everybody()
        if (answer := bool(RIGHTS[right](Asked(who, case.track, case)))) is not expected(table, who, case.track, right)
    ]


def test_the_tables_name_every_right() -> None:
    assert REAL.keys() == RIGHTS.keys()
    assert read(IN_AN_EXERCISE).keys() <= RIGHTS.keys()


def test_every_column_is_somebody() -> None:
    assert {column(who) for who in everybody()} - {None} == set(REAL["activate"])


def test_every_refusal_says_why_in_danish_and_sends_nobody_to_the_police_in_b() -> None:
    for who, track, (right, ask) in product(everybody(), Track, RIGHTS.items()):
        ruling = ask(Asked(who, track, CASES[track]))
        if ruling:
            assert ruling.reason is None
            continue
        assert ruling.reason is not None, right
        sentence = ruling.reason.in_danish()
        assert sentence.endswith("."), sentence
        assert "%" not in sentence, sentence
        assert sentence[0].isupper(), sentence
        assert track is A or right == "record police's activation" or "police" not in ruling.who_can, (right, sentence)


def test_what_the_police_are_told_of_a_b_tells_nothing_of_it() -> None:
    other = replace(CASES[B], leader_actor="helhedsplan", participants=frozenset({"helhedsplan"}), glimpse_closed=True)
    police = [who for who in everybody() if who.police_in_area]
    for who, ask in product(police, RIGHTS.values()):
        assert ask(Asked(who, B, CASES[B])) == ask(Asked(who, B, other))


def test_an_activator_that_is_no_party_has_in_its_b_what_a_party_would_have() -> None:
    mine = replace(
        CASES[B], leader_actor="housing", activator_actor="housing", participants=CASES[B].participants | {"housing"}
    )
    housing = Who(1, "housing", "org", Role.COORDINATOR, police_in_area=False)
    ssp = Who(1, "ssp", "org", Role.COORDINATOR, police_in_area=False)
    for right, ask in RIGHTS.items():
        assert bool(ask(Asked(housing, B, mine))) == bool(ask(Asked(ssp, B, CASES[B]))), right
