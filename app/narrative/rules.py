"""How facts enter the shared message, how it reads, and what a version changed. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.lib.i18n import N_

CONFIRMED, UNCONFIRMED, REFUTED = "confirmed", "unconfirmed", "refuted"


@dataclass(frozen=True)
class Statement:
    """A fact as it stood when a version was made."""

    text: str
    status: str


@dataclass(frozen=True)
class Sorted:
    """The public facts under the question that each belongs to."""

    we_know: tuple[str, ...]
    not_true: tuple[str, ...]
    do_not_know: tuple[str, ...]


class Part(StrEnum):
    """The seven questions in the order they are read; what is not true belongs to what we know."""

    WHAT_HAPPENED = "what_happened"
    WE_KNOW = "we_know"
    NOT_TRUE = "not_true"
    DO_NOT_KNOW = "do_not_know"
    WE_DO = "we_do"
    YOU_CAN_DO = "you_can_do"
    CONTACT = "contact"
    NEXT_UPDATE = "next_update"


TITLES = {
    Part.WHAT_HAPPENED: N_("Hvad er der sket?"),
    Part.WE_KNOW: N_("Det ved vi"),
    Part.NOT_TRUE: N_("Rygter, der ikke passer"),
    Part.DO_NOT_KNOW: N_("Det ved vi ikke"),
    Part.WE_DO: N_("Det gør vi"),
    Part.YOU_CAN_DO: N_("Det kan du gøre"),
    Part.CONTACT: N_("Kontakt"),
    Part.NEXT_UPDATE: N_("Næste opdatering"),
}


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; `key` tells which."""

    key: str
    title: str
    lines: tuple[str, ...]


def sort_facts(facts: Iterable[Statement], names: Collection[str] = ()) -> Sorted:
    """Confirmed under *det ved vi*, refuted as *det er ikke rigtigt, at …*, unconfirmed only under *det ved vi ikke*.

    `names` are the area's own, which keep their capital inside a sentence.
    """
    known = list(facts)
    return Sorted(
        we_know=tuple(_ended(f.text) for f in known if f.status == CONFIRMED),
        not_true=tuple(
            f"Det er ikke rigtigt, at {_ended(_continued(f.text, names))}" for f in known if f.status == REFUTED
        ),
        do_not_know=tuple(
            f"Vi ved ikke, om {_ended(_continued(f.text, names))}" for f in known if f.status == UNCONFIRMED
        ),
    )


def _continued(text: str, names: Collection[str]) -> str:
    # A sentence becomes the end of another; an abbreviation in capitals and a name stay as they are.
    first = text.split(" ", 1)[0]
    stays = (first.isupper() and len(first) > 1) or any(name and text.startswith(name) for name in names)
    return text if stays else text[:1].lower() + text[1:]


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def compose(
    words: Mapping[str, str], facts: Iterable[Statement], *, next_update: str = "", names: Collection[str] = ()
) -> list[Section]:
    """The message as people read it: a part without an answer is left out, so there may be no facts at all."""
    placed = sort_facts(facts, names)
    own = {part: _paragraphs(words.get(part, "")) for part in Part}
    lines = own | {
        Part.WE_KNOW: placed.we_know,
        Part.NOT_TRUE: placed.not_true,
        Part.DO_NOT_KNOW: (*placed.do_not_know, *own[Part.DO_NOT_KNOW]),
        Part.NEXT_UPDATE: _paragraphs(next_update),
    }
    return [Section(part, TITLES[part], lines[part]) for part in Part if lines[part]]


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@dataclass(frozen=True)
class Change:
    """One line of a version beside the one before: `added`, `removed` or `same`."""

    kind: str
    text: str


def changes(before: Iterable[str], after: Iterable[str]) -> list[Change]:
    """What is new, what is gone and what stands, new lines in their order and gone ones at the end."""
    old, new = list(before), list(after)
    lines = [Change("same" if line in old else "added", line) for line in new]
    return lines + [Change("removed", line) for line in old if line not in new]


def what_changed(before: Iterable[Section], after: Iterable[Section]) -> list[tuple[str, list[Change]]]:
    """(title, new and gone sentences) of every section that is not as it was."""
    old, new = ({section.key: section for section in sections} for sections in (before, after))
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        title = (new.get(key) or old[key]).title
        moved = [c for c in changes(_sentences(old.get(key)), _sentences(new.get(key))) if c.kind != "same"]
        found.append((title, moved))
    return [(title, moved) for title, moved in found if moved]


def _sentences(section: Section | None) -> list[str]:
    # A capital must follow, so that "kl. 23.40" stays whole.
    lines = section.lines if section else ()
    return [sentence for line in lines for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])", line)]
