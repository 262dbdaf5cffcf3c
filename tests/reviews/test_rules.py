"""The evaluation as tables: what the evidence says, how it stands to the plan, and when a party is reminded."""

from datetime import UTC, datetime, timedelta

import pytest

from app.reviews.rules import (
    FEWEST,
    Audience,
    Called,
    Criterion,
    Due,
    Evidence,
    Figure,
    Happened,
    Known,
    Message,
    Sent,
    State,
    Targets,
    Version,
    YearRow,
    by_category,
    evaluate,
    reminder_due,
    share,
)

NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)  # 12.00 in Denmark, a Wednesday
TARGETS = Targets(timedelta(minutes=3), timedelta(minutes=6), timedelta(minutes=60))


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def said(label: str, **known) -> tuple[str, State, tuple[str, ...]]:
    """What the evaluation says under this label: filled in, how it stands, where it comes from."""
    found = evaluate(Evidence(NOON, TARGETS, **known))
    one = next(figure for figure in found if figure.label % figure.label_with == label)
    assert Figure.from_json(one.to_json()) == one  # what a lock keeps is what was shown
    return one.value % one.value_with, one.state, one.refs


CALLS = (Called("SSP", after(0.5), after(2), "c-1", "e-1"), Called("Klub", after(0.2), after(7), "c-2", "e-2"))
AUDIENCE = {"label": "beboere", "target": timedelta(minutes=60)}

TIMELINESS = [
    ("Første tilkald afsendt", {"called": CALLS}, "< 1 min", State.NONE, "c-2"),
    (
        "Første svar på tilkald",
        {"called": CALLS},
        "2 min efter aktiveringen (kl. 12.02). Planens mål: 3 min.",
        State.GOOD,
        "e-1",
    ),
    ("Sidste svar på tilkald", {"called": CALLS}, "7 min efter", State.WARN, "e-2"),
    ("Sidste svar på tilkald", {"called": (CALLS[0], Called("Klub"))}, "1 af 2 parter svarede", State.BAD, "e-1"),
    ("Første svar på tilkald", {"called": (Called("Klub", after(1)),)}, "Ikke sket", State.BAD, None),
    ("Første situationsbillede", {"reports": (Version(1, after(45), None, "e-3"),)}, "45 min efter", State.GOOD, "e-3"),
    ("Første situationsbillede", {"reports": (Version(1, after(75), None, "e-3"),)}, "1 t 15 min", State.WARN, "e-3"),
    ("Første situationsbillede", {}, "Ikke sket (planens mål: 1 t 00 min)", State.BAD, None),
    ("Første situationsbillede", {"is_afterwards": True}, "Ikke sket", State.NONE, None),
    (
        "Besked til beboere",
        {"audiences": (Audience(**AUDIENCE, first_at=after(60), ref="e-4"),)},
        "1 t 00 min",
        State.GOOD,
        "e-4",
    ),
    ("Besked til beboere", {"audiences": (Audience(**AUDIENCE),)}, "Ikke sket", State.BAD, None),
    (
        "Afblæst",
        {"ended_at": after(130), "ended_ref": "e-9"},
        "2 t 10 min efter aktiveringen (kl. 14.10)",
        State.NONE,
        "e-9",
    ),
    (
        "Efterbesked",
        {"ended_at": after(130), "after_message": Happened("", after(150), "e-10")},
        "20 min efter",
        State.NONE,
        "e-10",
    ),
    ("Efterbesked", {"ended_at": after(130), "sent": (Sent(1, after(9), "first"),)}, "Ikke sendt", State.WARN, None),
    (
        "Opgaver med frist",
        {"tasks": (Due("a", after(5), after(4)), Due("b", after(5), after(6), ref="e-5"), Due("c", after(5)))},
        "1 af 3 til tiden, 1 for sent, 1 ikke udført",
        State.WARN,
        "e-5",
    ),
    (
        "Opgaver med frist",
        {"tasks": (Due("a", after(5), after(5)), Due("b", after(5), is_relevant=False))},
        "1 af 1",
        State.GOOD,
        None,
    ),
    (
        "Lovede opdateringer",
        {
            "messages": (Message(1, after(5), after(65)), Message(2, after(66), after(120), "e-6")),
            "ended_at": after(70),
        },
        "0 af 1 kom til tiden",
        State.WARN,
        None,
    ),
    (
        "Lovede opdateringer",
        {
            "messages": (Message(1, after(5), after(65)),),
            "reports": (Version(1, after(60), after(120)),),
            "ended_at": after(70),
        },
        "1 af 1",
        State.GOOD,
        None,
    ),
]


@pytest.mark.parametrize(("label", "known", "value", "state", "ref"), TIMELINESS)
def test_timeliness_is_measured_against_the_plan(label, known, value, state, ref):
    words, stands, places = said(label, **known)
    assert value in words and stands is state and (ref is None or ref in places)


def test_an_audience_that_need_not_be_told_is_no_figure():
    with pytest.raises(StopIteration):
        said("Besked til beboere", audiences=(Audience(**AUDIENCE, not_relevant=True),))


REST = [
    (
        "Oplysninger, der senere blev afkræftet",
        {"facts": (Known("a", was_refuted=True, ref="e-1"), Known("b"))},
        "1 af 2",
        State.WARN,
    ),
    ("Oplysninger, der senere blev afkræftet", {"facts": (Known("b"),)}, "0 af 1", State.GOOD),
    (
        "Rettelser sendt til målgrupper",
        {"sent": (Sent(1, NOON, "first"), Sent(2, NOON, "correction"))},
        "1",
        State.WARN,
    ),
    ("Beskeder trukket tilbage", {"sent": (Sent(1, NOON, "first"),)}, "0", State.GOOD),
    ("Rettelser i loggen", {"corrected_entries": ("e-1", "e-2")}, "2", State.WARN),
    ("Parter, der ikke svarede på tilkald", {"called": (CALLS[0], Called("Klub"))}, "Klub", State.WARN),
    ("Parter, der ikke svarede på tilkald", {"called": CALLS}, "Ingen", State.GOOD),
    ("Skift af leder", {"leads": (Happened("ssp", NOON, "e-7"),)}, "1", State.NONE),
    (
        "Kort, som en anden part overtog",
        {"tasks": (Due("a", None, taken_from="Klub"), Due("b", None, taken_from="Klub"))},
        "Klub",
        State.WARN,
    ),
    ("Beskeder sendt af én alene", {"sent": (Sent(1, NOON, "first", by_one_alone=True),)}, "1", State.WARN),
    (
        "Fælles budskab v1",
        {"messages": (Message(1, NOON, said_by=("SSP",)),), "parties": ("SSP", "Klub")},
        "Mangler: Klub.",
        State.WARN,
    ),
    (
        "Fælles budskab v1",
        {"messages": (Message(1, NOON, said_by=("SSP",)),), "parties": ("SSP",)},
        "Alle 1",
        State.GOOD,
    ),
    ("Versioner af fælles budskab", {}, "0", State.WARN),
    (
        "Beskeder skrevet ud fra en gammel version",
        {"sent": (Sent(1, NOON, "first", 1, 2), Sent(2, NOON, "update", 2, 2))},
        "1 af 2",
        State.WARN,
    ),
    (
        "Beskeder skrevet ud fra en gammel version",
        {"sent": (Sent(1, NOON, "after", None, 2), Sent(2, NOON, "first", None, None))},
        "0 af 2",
        State.GOOD,
    ),
]


@pytest.mark.parametrize(("label", "known", "value", "state"), REST)
def test_correctness_roles_and_narrative_come_from_the_records(label, known, value, state):
    words, stands, _places = said(label, **known)
    assert value in words and stands is state


def test_no_figure_claims_an_effect_on_tryghed():
    assert all(figure.criterion is not Criterion.TRYGHED for figure in evaluate(Evidence(NOON, TARGETS)))


# Opened on Wednesday at noon, due on Friday at noon.
REMINDERS = [
    (after(60), None),  # the same day: they were asked just now
    (datetime(2026, 11, 26, 7, 59, tzinfo=UTC), None),  # 8.59, before the office opens
    (datetime(2026, 11, 26, 8, 0, tzinfo=UTC), "first"),
    (datetime(2026, 11, 26, 22, 0, tzinfo=UTC), None),  # nobody is written to at night
    (datetime(2026, 11, 27, 9, 0, tzinfo=UTC), "due"),
    (datetime(2026, 11, 27, 12, 0, tzinfo=UTC), "late"),
    (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), None),  # Saturday
    (datetime(2026, 11, 30, 12, 0, tzinfo=UTC), "late"),
]


@pytest.mark.parametrize(("now", "which"), REMINDERS)
def test_a_silent_party_is_reminded_in_office_hours(now, which):
    assert reminder_due(NOON, after(2 * 24 * 60), now) == which


def test_a_share_is_said_only_of_enough():
    few = by_category([YearRow("Brand", in_time=3, with_target=4)] * (FEWEST - 1))
    enough = by_category(
        [YearRow("Brand", in_time=3, with_target=4), *[YearRow("Brand", with_target=4)] * (FEWEST - 1)]
    )
    assert (few[0].incidents, share(few[0])) == (FEWEST - 1, None)
    assert (enough[0].in_time, enough[0].with_target, share(enough[0])) == (3, 20, 20)
    assert share(YearRow("Brand", incidents=9)) is None
