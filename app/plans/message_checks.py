"""What the plan's texts must be: named after something there is, whole braces, an exact wording left to nobody."""

from collections import Counter
from collections.abc import Iterator

from app.lib import personal_data
from app.lib.i18n import N_, Reason
from app.lib.languages import LANGUAGE_LABELS, Language
from app.plans.document import FixedText, MessageTemplate, PlanDocument
from app.plans.messages import DANISH_FIXED, EXACT, placeholders
from app.plans.places import Kind, Place, Section, at, fixed_key, message_key
from app.plans.vocabulary import FIXED_LABELS, MESSAGE_PHASE_LABELS, MessagePhase, Track

LONGEST = 900


def messages_in(plan: PlanDocument) -> Iterator[tuple[Place, Reason]]:
    """Every fault of the texts begun beforehand and of the fixed ones, each with where it is mended."""
    for template in plan.messages:
        yield from ((at(Kind.MESSAGE, message_key(template)), reason) for reason in _of_template(plan, template))
    slots = Counter((m.category, m.audience, m.phase, m.language) for m in plan.messages)
    for template in {(m.category, m.audience, m.phase, m.language): m for m in plan.messages}.values():
        if slots[(template.category, template.audience, template.phase, template.language)] > 1:
            yield Place(Section.MESSAGES), Reason(N_("%(text)s står to gange."), {"text": called(plan, template)})
    for fixed in plan.fixed_texts:
        yield from ((at(Kind.FIXED, fixed_key(fixed)), reason) for reason in _of_fixed(fixed))
    for (key, language), times in Counter((f.key, f.language) for f in plan.fixed_texts).items():
        if times > 1:
            params = {"key": FIXED_LABELS[key], "language": LANGUAGE_LABELS[language]}
            yield Place(Section.MESSAGES), Reason(N_("Den faste tekst (%(key)s, %(language)s) står to gange."), params)


def called(plan: PlanDocument, template: MessageTemplate) -> str:
    """`Rygter på nettet, beboere, første besked`."""
    category = plan.category(template.category) if template.category else None
    audience = plan.audience(template.audience) if template.audience else None
    parts = [
        category.label if category else template.category or "Alle hændelsestyper",
        (audience.label if audience else template.audience or "alle målgrupper").lower(),
        MESSAGE_PHASE_LABELS[template.phase],
        *([] if template.language is Language.DANISH else [LANGUAGE_LABELS[template.language]]),
    ]
    return ", ".join(parts)


def _of_template(plan: PlanDocument, template: MessageTemplate) -> Iterator[Reason]:
    named = {"text": called(plan, template)}
    category = plan.category(template.category) if template.category else None
    if template.category and category is None:
        yield Reason(N_("%(text)s: hændelsestypen findes ikke."), named)
    if template.audience and plan.audience(template.audience) is None:
        yield Reason(N_("%(text)s: målgruppen findes ikke."), named)
    if not template.text.strip():
        yield Reason(N_("%(text)s er tom."), named)
    if len(template.text) > LONGEST:
        yield Reason(N_("%(text)s er for lang: højst %(max)s tegn."), named | {"max": str(LONGEST)})
    if not _is_whole(template.text):
        yield Reason(N_("%(text)s: hver { skal have en }, og der skal stå et navn imellem."), named)
    if personal_data.refusal(template.text):
        yield Reason(N_("%(text)s ligner noget med et CPR-nummer."), named)
    if template.released_by:
        yield from _of_exact(template, named, is_b_alone=category is not None and Track.POLICE not in category.may_be)


def _of_exact(template: MessageTemplate, named: dict[str, str], *, is_b_alone: bool) -> Iterator[Reason]:
    if template.phase is not MessagePhase.FIRST:
        yield Reason(N_("%(text)s: kun en første besked kan være givet fri på forhånd."), named)
    if template.language is not Language.DANISH:
        yield Reason(N_("%(text)s: politiet giver den danske tekst fri, ikke en oversættelse."), named)
    if is_b_alone:
        yield Reason(N_("%(text)s er aldrig i en politisag, så politiet skal ikke give den fri."), named)
    if typed := [name for name in placeholders(template.text) if name not in EXACT]:
        text = N_("%(text)s er givet fri ordret, men %(names)s skrives først på dagen.")
        yield Reason(text, named | {"names": ", ".join(f"{{{name}}}" for name in typed)})


def _of_fixed(fixed: FixedText) -> Iterator[Reason]:
    named = {"key": FIXED_LABELS[fixed.key], "language": LANGUAGE_LABELS[fixed.language]}
    if fixed.language is Language.DANISH:
        yield Reason(N_("Den danske faste tekst (%(key)s) kan ikke ændres."), named)
    elif not fixed.text.strip() or not _is_whole(fixed.text):
        yield Reason(N_("Den faste tekst (%(key)s, %(language)s) er tom eller mangler en {."), named)
    elif set(placeholders(fixed.text)) != set(placeholders(DANISH_FIXED[fixed.key])):
        text = N_("Den faste tekst (%(key)s, %(language)s) skal have de samme {felter} som den danske.")
        yield Reason(text, named)


def _is_whole(text: str) -> bool:
    left = text
    for name in placeholders(text):
        left = left.replace(f"{{{name}}}", "")
    return "{" not in left and "}" not in left and all(name == name.strip() for name in placeholders(text))
