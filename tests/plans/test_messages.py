"""Which of the plan's texts is begun with, what its braces become, and when the police need not be asked again."""

from dataclasses import replace

import pytest

from app.lib.languages import Language
from app.lib.text import measure
from app.plans.document import FixedText, MessageTemplate
from app.plans.kokkedal import model
from app.plans.messages import (
    AREA,
    EXACT,
    NEXT_UPDATE,
    PLACE,
    approved_fixed,
    best,
    filled,
    offers,
    placeholders,
    released_in_advance,
)
from app.plans.vocabulary import FixedKey, MessagePhase

FIRST, UPDATE = MessagePhase.FIRST, MessagePhase.UPDATE


def template(text: str, category: str | None = None, audience: str | None = None, **more: object) -> MessageTemplate:
    """A first message in Danish, unless said otherwise."""
    return MessageTemplate(text, more.pop("phase", FIRST), category, audience, **more)  # type: ignore[arg-type]


PLAN = replace(
    model(),
    messages=(
        template("alle"),
        template("beboere", None, "residents"),
        template("rygter", "rumours"),
        template("rygter til beboere", "rumours", "residents"),
        template("nyt", phase=UPDATE),
        template("residents in English", "rumours", "residents", language=Language.ENGLISH, approved_by="Ann, tolk"),
        template("nobody vouches for it", "rumours", "residents", language=Language.POLISH),
    ),
)

# category, audiences, phase, language -> the text
CHOICES = {
    ("rumours", ("residents",), FIRST, "da"): "rygter til beboere",
    ("rumours", ("institutions",), FIRST, "da"): "rygter",
    ("rumours", ("residents", "institutions"), FIRST, "da"): "rygter",
    ("rumours", (), FIRST, "da"): "rygter",
    ("fire", ("residents",), FIRST, "da"): "beboere",
    ("fire", ("institutions",), FIRST, "da"): "alle",
    ("fire", ("residents", "press"), FIRST, "da"): "alle",
    ("rumours", ("residents",), UPDATE, "da"): "nyt",
    ("rumours", ("residents",), MessagePhase.CORRECTION, "da"): None,
    ("rumours", ("residents",), FIRST, "en"): "residents in English",
    ("rumours", ("residents",), FIRST, "pl"): None,
    ("fire", ("residents",), FIRST, "en"): None,
    ("rumours", ("residents",), FIRST, "ar"): None,
}


@pytest.mark.parametrize(("asked", "text"), CHOICES.items(), ids=str)
def test_the_narrowest_fits_best_and_phase_and_language_are_never_bent(asked, text) -> None:
    category, audiences, phase, language = asked
    found = best(PLAN, category, audiences, phase, Language(language))
    assert (found.text if found else None) == text


def test_what_is_offered_is_the_narrowest_first_and_each_once() -> None:
    texts = [offer[2].text for offer in offers(PLAN, "rumours", [FIRST, UPDATE])]
    assert texts == ["rygter til beboere", "rygter", "nyt"]
    assert [offer[2].text for offer in offers(PLAN, "fire", [UPDATE, FIRST])] == ["nyt", "beboere", "alle"]


def test_what_is_known_is_filled_and_the_rest_stays_to_be_filled() -> None:
    text = filled("Uro i {område} ved {sted}. {hvad ved vi}. Ring {hvem}.", {"område": "Lindevangen", "sted": ""})
    assert text == "Uro i Lindevangen ved {sted}. {hvad ved vi}. Ring {hvem}."
    assert placeholders(text) == ("sted", "hvad ved vi", "hvem")
    assert placeholders("Ingen huller } og { her {}") == ()


def test_a_value_that_holds_braces_is_not_filled_again() -> None:
    assert filled("{sted}", {"sted": "{område}", "område": "X"}) == "{område}"


EXACT_TEXT = template(
    "Politiet er i {område}. Næste besked {næste opdatering}.", "shooting", "residents", released_by="Nærpolitiet",
)
EXACT_PLAN = replace(model(), messages=(EXACT_TEXT, template("En anden. {område}", "shooting", "residents")))
VALUES = {AREA: "Lindevangen", PLACE: "", NEXT_UPDATE: "kl. 08.00"}
WORDING = "Politiet er i Lindevangen. Næste besked kl. 08.00."


@pytest.mark.parametrize(
    ("category", "audiences", "text", "values", "free"),
    [
        ("shooting", ["residents"], WORDING, VALUES, True),
        ("shooting", ["residents"], WORDING + " Ring 114.", VALUES, False),
        ("shooting", ["residents"], WORDING.replace("08", "09"), VALUES, False),
        ("shooting", ["residents", "institutions"], WORDING, VALUES, False),
        ("shooting", ["institutions"], WORDING, VALUES, False),
        ("stabbing", ["residents"], WORDING, VALUES, False),
        ("shooting", ["residents"], "Politiet er i Lindevangen. Næste besked {næste opdatering}.",
         VALUES | {NEXT_UPDATE: ""}, False),
        ("shooting", ["residents"], "En anden. Lindevangen", VALUES, False),
    ],
)  # fmt: skip
def test_only_the_exact_wording_to_whom_it_was_meant_for_is_let_free(category, audiences, text, values, free) -> None:
    assert bool(released_in_advance(EXACT_PLAN, category, audiences, text, values)) is free


def test_the_model_lets_no_wording_free_and_approves_no_translation_of_its_own_accord() -> None:
    assert not any(one.released_by for one in model().messages)
    assert model().fixed_texts and not any(one.approved_by for one in model().fixed_texts)
    assert {one.language for one in model().fixed_texts} == set(Language) - {Language.DANISH}


def test_a_fixed_text_counts_once_it_is_approved() -> None:
    proposed = FixedText(FixedKey.WITHDRAWAL, Language.ENGLISH, "Wrong at {sendt}. New at {næste}.")
    approved = replace(proposed, approved_by="Styregruppen, 3.11.2026")
    for fixed, found in ((proposed, None), (approved, approved)):
        plan = replace(model(), fixed_texts=(fixed,))
        assert approved_fixed(plan, FixedKey.WITHDRAWAL, Language.ENGLISH) == found


@pytest.mark.parametrize("text", model().messages, ids=lambda one: f"{one.category}-{one.phase}")
def test_the_models_texts_are_short_plain_and_name_no_place(text: MessageTemplate) -> None:
    length = measure(text.text)
    assert length.encoding == "GSM-7" and length.segments <= 2
    assert "http" not in text.text and "Lindevangen" not in text.text
    if text.phase in (FIRST, UPDATE) and text.category != "youth_gathering":
        assert NEXT_UPDATE in placeholders(text.text), "people are told when they hear again"


def test_what_may_stand_in_an_exact_wording_is_never_typed_that_night() -> None:
    assert {AREA, PLACE, NEXT_UPDATE} == EXACT
