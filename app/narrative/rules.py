"""How facts enter the shared message, and what a version changed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

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


def sort_facts(facts: Iterable[Statement]) -> Sorted:
    """Confirmed under *det ved vi*, refuted as *det er ikke rigtigt, at …*, unconfirmed only under *det ved vi ikke*."""
    known = list(facts)
    return Sorted(
        we_know=tuple(f.text for f in known if f.status == CONFIRMED),
        not_true=tuple(f"Det er ikke rigtigt, at {_continued(f.text)}" for f in known if f.status == REFUTED),
        do_not_know=tuple(f"Vi ved ikke, om {_continued(f.text)}" for f in known if f.status == UNCONFIRMED),
    )


def _continued(text: str) -> str:
    # A sentence becomes the end of another; an abbreviation in capitals stays as it is.
    first = text.split(" ", 1)[0]
    return text if first.isupper() and len(first) > 1 else text[:1].lower() + text[1:]


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
