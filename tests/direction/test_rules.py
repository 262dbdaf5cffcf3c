"""Lines of the agreed plan: what a version changed, and that nothing is lost."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.direction.rules import ChangeKind, Line, Part, changes, enough, with_line, without

A = Line("a", Part.HANDLING, "Gå rundt", "youth_club", datetime(2026, 11, 22, 23, 0, tzinfo=UTC))
B = Line("b", Part.COMMUNICATION, "Ring til forældre")


@pytest.mark.parametrize("line", [A, B])
def test_a_line_is_kept_as_it_was_typed(line):
    assert Line.from_json(line.as_json()) == line


def test_a_line_with_a_known_key_stands_where_it_stood():
    assert with_line((A, B), replace(A, text="Stå stille")) == (replace(A, text="Stå stille"), B)


def test_a_line_with_a_new_key_comes_last_and_so_does_one_that_was_taken_out():
    assert with_line((A,), B) == (A, B)
    assert with_line(without((A, B), "a"), A) == (B, A)


def test_a_version_says_what_is_new_what_reads_differently_and_what_is_gone():
    new = Line("c", Part.HANDLING, "Luk klubben")
    found = changes((A, B), (replace(B, actor_key="ssp"), new))
    assert [(change.kind, change.line.key) for change in found] == [
        (ChangeKind.CHANGED, "b"), (ChangeKind.ADDED, "c"), (ChangeKind.REMOVED, "a"),
    ]  # fmt: skip
    assert found[0].before == B


def test_nothing_changed_is_no_change():
    assert changes((A, B), (A, B)) == []


@pytest.mark.parametrize(("participating", "needed"), [(1, 1), (2, 2), (9, 2)])
def test_an_agreement_takes_two_and_never_everybody(participating, needed):
    assert enough(participating) == needed
