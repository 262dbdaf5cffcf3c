"""The plan's texts begun beforehand: which one fits, what its {braces} become, what is still to be filled. Pure."""

import re
from collections.abc import Collection, Mapping

from app.lib.i18n import N_
from app.lib.languages import Language
from app.plans.document import FixedText, MessageTemplate, PlanDocument
from app.plans.vocabulary import FixedKey, MessagePhase

_BRACES = re.compile(r"\{([^{}\n]{1,40})\}")

# What the incident and its shared message fill; whatever else stands in braces, the author fills.
AREA, PLACE, LEADER, PHONE, CONTACT = "område", "sted", "tovholder", "telefon", "kontakt"
NEXT_UPDATE = "næste opdatering"
SOURCES = {
    AREA: N_("områdets navn"),
    PLACE: N_("det sted, hændelsen er på"),
    LEADER: N_("den, der leder"),
    PHONE: N_("lederens nummer"),
    CONTACT: N_("kontakt fra det fælles budskab"),
    NEXT_UPDATE: N_("næste opdatering fra det fælles budskab"),
}
# A wording that the police have let go in advance holds nothing that a person types that night.
EXACT = frozenset({AREA, PLACE, NEXT_UPDATE})

SENT_AT, NEXT_AT = "sendt", "næste"
DANISH_FIXED = {
    FixedKey.WITHDRAWAL: "Vores besked kl. {sendt} var forkert. Ny besked følger kl. {næste}.",
    FixedKey.EXERCISE: "ØVELSE",
}


def placeholders(text: str) -> tuple[str, ...]:
    """What stands in {braces} and is still to be filled, each once, in the order it is read."""
    return tuple(dict.fromkeys(_BRACES.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known; a placeholder without a value stays, so that somebody fills it."""
    return _BRACES.sub(lambda found: values.get(found[1]) or found[0], text)


def best(
    plan: PlanDocument, category: str, audiences: Collection[str], phase: MessagePhase,
    language: Language = Language.DANISH,
) -> MessageTemplate | None:
    """The template that fits most narrowly, or None. Phase and language are never bent.

    A translation counts once somebody has approved it. In this order: the category and the audience; the category for
    any audience; any category for the audience; any for any. A template for one audience fits that audience alone:
    never a text that goes to others too.
    """
    said = [m for m in plan.messages if m.language is language and (m.approved_by or language is Language.DANISH)]
    fits = [m for m in said if m.phase is phase and _fits(m, category, audiences)]
    return min(fits, key=_breadth, default=None)


def _breadth(template: MessageTemplate) -> tuple[bool, bool]:
    return template.category is None, template.audience is None


def _fits(template: MessageTemplate, category: str, audiences: Collection[str]) -> bool:
    for_these = template.audience is None or set(audiences) == {template.audience}
    return for_these and template.category in (category, None)


def offers(
    plan: PlanDocument, category: str, phases: Collection[MessagePhase]
) -> list[tuple[MessagePhase, str | None, MessageTemplate]]:
    """(phase, audience, template) to begin with, phase by phase, the narrowest first; each template once."""
    found: dict[MessageTemplate, tuple[MessagePhase, str | None, MessageTemplate]] = {}
    for phase in phases:
        for audience in [*(a.key for a in plan.audiences), None]:
            template = best(plan, category, {audience} if audience else (), phase)
            if template is not None:
                found.setdefault(template, (phase, template.audience, template))
    order = list(phases)
    return sorted(found.values(), key=lambda one: (order.index(one[0]), *_breadth(one[2])))


def released_in_advance(
    plan: PlanDocument, category: str, audiences: Collection[str], text: str, values: Mapping[str, str]
) -> MessageTemplate | None:
    """The first message that the police let go in advance, when this is its exact wording to whom it was meant for."""
    for template in plan.messages:
        if template.released_by and template.phase is MessagePhase.FIRST and _fits(template, category, audiences):
            wording = filled(template.text, values)
            if text == wording and not placeholders(wording):
                return template
    return None


def approved_fixed(plan: PlanDocument, key: FixedKey, language: Language) -> FixedText | None:
    """The fixed text in this language; None as long as nobody of the plan's parties has approved it."""
    return next((f for f in plan.fixed_texts if (f.key, f.language) == (key, language) and f.approved_by), None)
