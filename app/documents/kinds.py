"""What can be asked for. Packages above register their kinds in wiring.py."""

from collections.abc import Callable
from dataclasses import dataclass

from app.documents.models import Document


@dataclass(frozen=True)
class Kind:
    """`make` turns the data into the file's bytes, in the worker, outside any transaction; it may raise NotMade.

    One that is made `in_steps` is given a second thing to call now and then: with how many per cent are done.
    `made` is told when the file is there, in the transaction that stores it.
    `may_read` is asked in the asker's request each time the page or file is opened.
    """

    name: str
    media_type: str
    make: Callable[..., bytes]
    may_read: Callable[[Document], bool]
    in_steps: bool = False
    made: Callable[[Document], None] = lambda document: None


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called from wiring.py; the same again changes nothing."""
    _KINDS[kind.name] = kind


def kind_of(document: Document) -> Kind | None:
    """None for a kind that this installation no longer makes."""
    return _KINDS.get(document.kind)


def kind_named(name: str) -> Kind | None:
    """The same by its name."""
    return _KINDS.get(name)
