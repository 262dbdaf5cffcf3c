"""How well people, cars and numbers are found in the lines that people write, and how seldom in others."""

import pytest

from app.lib import personal_data
from app.lib.personal_data import Find
from tests.personal_data import lines

TOLERATED = 0.02  # of ordinary lines
BY_KIND = {Find.CPR: lines.CPR, Find.PLATE: lines.PLATES, Find.PHONE: lines.PHONES, Find.NAME: lines.NAMES}


def kinds(line: str) -> set[Find]:
    return {one.kind for one in personal_data.find(line)}


def test_there_are_two_hundred_lines_and_none_twice() -> None:
    every = [line for text in (lines.ORDINARY, *BY_KIND.values()) for line in lines.listed(text)]
    assert len(every) == len(set(every)) == 200


@pytest.mark.parametrize("kind", BY_KIND)
def test_every_line_that_names_somebody_is_found(kind: Find) -> None:
    assert [line for line in lines.listed(BY_KIND[kind]) if kind not in kinds(line)] == []


def test_ordinary_lines_are_left_alone() -> None:
    ordinary = lines.listed(lines.ORDINARY)
    alarms = [line for line in ordinary if kinds(line)]
    assert len(alarms) / len(ordinary) < TOLERATED, alarms
    assert [line for line in ordinary if Find.CPR in kinds(line)] == []  # the one that refuses a text


def test_what_was_found_is_what_names_somebody() -> None:
    text = "Roligt. Drengen er 010203-1234 og bor i nr. 4."
    (one,) = personal_data.find(text)
    assert text[one.start : one.end] == "010203-1234"


@pytest.mark.parametrize("text", ["310203-1234", "011303-1234", "010203-0000", "1010203-1234", "010203-12345"])
def test_what_cannot_be_a_birth_date_is_no_cpr(text: str) -> None:
    assert Find.CPR not in kinds(text)
