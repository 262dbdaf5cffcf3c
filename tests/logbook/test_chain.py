"""The chain in plain Python: whatever is changed by one character is found."""

import ast
import sys
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.logbook import chain as chain_module
from app.logbook.chain import Fault, Origin, Row, canonical, content_hash, digest, parse_head, stamp, verify_entries

ORIGIN = Origin("kaede", "1", "2026-11-22 22:40:00.000000")
NAMES = [field.name for field in fields(Row)]


def sealed(origin: Origin, texts: list[str]) -> list[Row]:
    """A true chain with these texts."""
    rows: list[Row] = []
    for number, text in enumerate(texts, 1):
        content, salt = canonical({"text": text}), number.to_bytes(16, "big")
        moment = f"2026-11-22 22:40:{number:02}.000000"
        row = Row(
            str(number), "fact", moment, moment, "0", "7", "ssp", "kommunen", "parties", None,
            content_hash(salt, content), rows[-1].entry_hash if rows else origin.hash(), "", salt, content,
        )  # fmt: skip
        rows.append(replace(row, entry_hash=row.sealed(origin.public_id)))
    return rows


def with_one_change(draw: st.DrawFn, value: str | bytes | None) -> str | bytes | None:
    """The value with one character (or byte) put in, taken out or replaced; what was empty gets something."""
    if isinstance(value, bytes):
        place = draw(st.integers(0, len(value) - 1))
        return value[:place] + bytes([value[place] ^ draw(st.integers(1, 255))]) + value[place + 1 :]
    text = value or ""
    place = draw(st.integers(0, len(text)))
    cut = draw(st.integers(0, min(1, len(text) - place)))
    put = draw(st.text(max_size=1) if cut else st.text(min_size=1, max_size=1))
    changed = text[:place] + put + text[place + cut :]
    return None if changed == text else changed


@st.composite
def forgeries(draw: st.DrawFn) -> tuple[list[Row], list[Row], int]:
    """A true chain, the same with one small change, and where."""
    true = sealed(ORIGIN, draw(st.lists(st.text(), min_size=1, max_size=5)))
    place, name = draw(st.integers(0, len(true) - 1)), draw(st.sampled_from(NAMES))
    changed = replace(true[place], **{name: with_one_change(draw, getattr(true[place], name))})
    return true, [*true[:place], changed, *true[place + 1 :]], place + 1


@given(forgeries())
@settings(max_examples=300, deadline=None)
def test_any_change_of_one_character_is_found_at_its_place(worlds: tuple[list[Row], list[Row], int]) -> None:
    true, forged, place = worlds
    assert verify_entries(ORIGIN, true).is_whole
    if forged != true:
        verdict = verify_entries(ORIGIN, forged)
        assert not verdict.is_whole
        assert verdict.seq == place


@given(st.lists(st.one_of(st.none(), st.text()), max_size=4), st.lists(st.one_of(st.none(), st.text()), max_size=4))
@settings(max_examples=300, deadline=None)
def test_no_two_lists_of_fields_are_hashed_alike(one: list[str | None], other: list[str | None]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_fields_cannot_flow_into_each_other() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("a", "b", "c"), digest("abc", None)}) == 5
    assert digest(None) != digest("")
    assert digest("1:a;", "b") != digest("1:a;1:b;")


def test_a_moment_is_hashed_in_utc_whatever_zone_it_came_in() -> None:
    moment = datetime(2026, 11, 22, 22, 58, 1, 23, tzinfo=UTC)
    assert stamp(moment) == "2026-11-22 22:58:01.000023"
    assert stamp(moment.astimezone(timezone(timedelta(hours=1)))) == stamp(moment)


def test_an_entry_recorded_before_the_one_it_follows_is_found() -> None:
    first, second = sealed(ORIGIN, ["et", "to"])
    early = replace(second, recorded_at="2026-11-22 22:39:00.000000")
    forged = replace(early, entry_hash=early.sealed("kaede"))
    assert verify_entries(ORIGIN, [first, forged]).fault is Fault.BACKWARDS


@pytest.mark.parametrize(
    "content", ["{}", '{"data":{}}', '{"data":{"erased":[1]}}', '{"data":{"erased":["a",2]}}', "[]"]
)
def test_an_erasure_that_does_not_say_what_it_erased_explains_nothing(content: str) -> None:
    first, second = sealed(ORIGIN, ["et", "to"])
    gone = replace(first, content=None, salt=None)
    odd = replace(second, kind="erasure", content=content, content_hash=content_hash(second.salt or b"", content))
    odd = replace(odd, entry_hash=odd.sealed("kaede"))
    verdict = verify_entries(ORIGIN, [gone, odd])
    assert (verdict.fault, verdict.seq) == (Fault.ERASED, 1)


@pytest.mark.parametrize("head", ["", "a:b", "a:x:c", "a:1:b:c"])
def test_what_is_no_head_is_told_as_such(head: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_head(head)


def test_the_chain_can_be_shipped_alone() -> None:
    """An export's reader has Python and nothing of ours."""
    tree = ast.parse(Path(chain_module.__file__).read_text())
    imported = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    imported |= {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names
