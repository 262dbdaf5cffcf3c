"""The first suggestion of a text, and the language that goes to an address. Pure."""

from collections.abc import Collection, Iterable, Mapping

from app.lib.languages import Language
from app.lib.text import plain
from app.narrative.rules import Statement, sort_facts


def suggested(
    words: Mapping[str, str], facts: Iterable[Statement], next_update: str = "", names: Collection[str] = ()
) -> str:
    """The message as one short text: what happened, what we know, what is not true, what to do, when we write again."""
    placed = sort_facts(facts, names)
    said = [words["what_happened"], *placed.we_know, *placed.not_true, words["you_can_do"], words["contact"]]
    if next_update:
        said.append(f"Vi skriver igen {next_update}.")
    sentences = (" ".join(part.split()) for part in said if part.strip())
    return plain(" ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in sentences))


def language_at(wanted: Collection[Language], ready: Collection[Language]) -> Language:
    """One address gets one text: in its readers' language when all of them have it and it may go; else Danish."""
    only = next(iter(wanted)) if len(set(wanted)) == 1 else Language.DANISH
    return only if only in ready else Language.DANISH
