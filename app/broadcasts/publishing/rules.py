"""How long a public text stands, what it is to those who subscribe, and which ones it takes the place of. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.broadcasts.states import Phase


class Kind(StrEnum):
    """In the words of the Common Alerting Protocol 1.2 (`msgType`)."""

    ALERT = "alert"
    UPDATE = "update"
    CANCEL = "cancel"


class End(StrEnum):
    """Why it stands no longer, before its time was out."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    TAKEN_DOWN = "taken_down"


STANDS_FOR = {
    Phase.FIRST: timedelta(hours=24), Phase.UPDATE: timedelta(hours=24), Phase.CORRECTION: timedelta(hours=24),
    Phase.AFTER: timedelta(hours=72), Phase.WITHDRAWAL: timedelta(hours=6),
}  # fmt: skip
NOTICE_STANDS_FOR = STANDS_FOR[Phase.WITHDRAWAL]


@dataclass(frozen=True)
class Standing:
    """A public text as these rules see it: `of` is the broadcast that it is, `takes_back` the one that it is about."""

    id: int
    of: int | None
    takes_back: int | None = None


def replaced(phase: Phase, corrects: int | None, standing: Iterable[Standing]) -> list[int]:
    """Which of the incident's standing texts go when this one comes.

    What corrects or takes back one text touches that one alone; whatever else comes is the newest word on everything.
    """
    if phase in (Phase.CORRECTION, Phase.WITHDRAWAL):
        return [one.id for one in standing if corrects in (one.of, one.takes_back)]
    return [one.id for one in standing]


def kind(phase: Phase, replaces: Iterable[object]) -> Kind:
    """A first word is an alert; one that takes another's place updates it; a withdrawal cancels."""
    if phase is Phase.WITHDRAWAL:
        return Kind.CANCEL
    return Kind.UPDATE if list(replaces) else Kind.ALERT
