"""Facts stand where their status says and nowhere else; changes are said in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.narrative.rules import TITLES, Part, Statement, changes, compose, sort_facts, what_changed

WORDS = ("what_happened", "do_not_know", "we_do", "you_can_do", "contact")
PLACE = {"confirmed": Part.WE_KNOW, "refuted": Part.NOT_TRUE, "unconfirmed": Part.DO_NOT_KNOW}
statuses = st.sampled_from(sorted(PLACE))


@given(st.lists(statuses, max_size=8), st.dictionaries(st.sampled_from(WORDS), st.text(max_size=30)))
def test_every_fact_stands_in_the_place_of_its_status_and_nowhere_else(chosen, words):
    facts = [Statement(f"Der er set nr{n}x ved torvet", status) for n, status in enumerate(chosen)]
    sections = {section.key: " ".join(section.lines) for section in compose(words, facts)}
    for n, fact in enumerate(facts):
        assert {key for key, text in sections.items() if f"nr{n}x" in text} == {PLACE[fact.status]}


@given(st.lists(statuses, max_size=6))
def test_only_what_is_confirmed_stands_as_it_was_said(chosen):
    facts = [Statement(f"Der er set nr{n}x", status) for n, status in enumerate(chosen)]
    placed = sort_facts(facts)
    assert placed.we_know == tuple(f"{f.text}." for f in facts if f.status == "confirmed")
    assert all(line.startswith("Det er ikke rigtigt, at der er set ") for line in placed.not_true)
    assert all(line.startswith("Vi ved ikke, om der er set ") for line in placed.do_not_know)


@given(st.dictionaries(st.sampled_from(WORDS), st.text(max_size=60)), st.lists(statuses, max_size=5))
def test_the_questions_come_in_their_order_and_nothing_written_is_lost(words, chosen):
    sections = compose(words, [Statement("Ja", status) for status in chosen], next_update="kl. 23.40")
    keys = [section.key for section in sections]
    assert keys == [part for part in Part if part in keys]
    shown = {section.key: section.lines for section in sections}
    for name, text in words.items():
        typed = [line.strip() for line in text.splitlines() if line.strip()]
        assert [line for line in shown.get(name, ()) if line in typed][-len(typed) :] == typed or not typed
    assert all(section.title == TITLES[Part(section.key)] and section.lines for section in sections)


def test_a_message_without_facts_is_allowed():
    words = {"what_happened": "Beredskabet er aktiveret."}
    assert [(s.key, s.lines) for s in compose(words, [], next_update="22.11.2026 kl. 23.40")] == [
        ("what_happened", ("Beredskabet er aktiveret.",)),
        ("next_update", ("22.11.2026 kl. 23.40",)),
    ]


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Der er skudt", "Det er ikke rigtigt, at der er skudt."),
        ("Er der skudt?", "Det er ikke rigtigt, at er der skudt?"),
        ("SSP er kørt hjem.", "Det er ikke rigtigt, at SSP er kørt hjem."),
        ("Lindehuse er lukket", "Det er ikke rigtigt, at Lindehuse er lukket."),
        ("Å løber over", "Det er ikke rigtigt, at å løber over."),
    ],
)
def test_a_statement_goes_on_inside_the_sentence(text, reads):
    assert sort_facts([Statement(text, "refuted")], {"Lindehuse"}).not_true == (reads,)


@given(st.lists(st.text(max_size=5)), st.lists(st.text(max_size=5)))
def test_changes_tell_both_versions_whole(before, after):
    told = changes(before, after)
    assert [c.text for c in told if c.kind != "removed"] == after
    assert [c.text for c in told if c.kind == "removed"] == [line for line in before if line not in after]
    assert all((c.kind == "same") == (c.text in before) for c in told if c.kind != "removed")


def test_what_changed_names_the_sentence_and_leaves_the_rest():
    before = compose({"what_happened": "Uro kl. 23.40 ved torvet. Politiet er der.", "we_do": "Vi går."}, [])
    after = compose({"what_happened": "Uro kl. 23.40 ved torvet. Nu er der ro.", "contact": "Ring."}, [])
    told = [(title, [(c.kind, c.text) for c in moved]) for title, moved in what_changed(before, after)]
    assert told == [
        ("Hvad er der sket?", [("added", "Nu er der ro."), ("removed", "Politiet er der.")]),
        ("Kontakt", [("added", "Ring.")]),
        ("Det gør vi", [("removed", "Vi går.")]),
    ]
    assert what_changed(after, after) == []
