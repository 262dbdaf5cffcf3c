"""How a text begins: with one of the plan's, filled with what is known, else with the shared message."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.broadcasts.page import Sending
from app.broadcasts.texts import values_of
from app.lib.text import plain
from app.plans.messages import best, filled, offers
from app.plans.vocabulary import MessagePhase

WRITTEN = (MessagePhase.FIRST, MessagePhase.UPDATE)


@dataclass(frozen=True)
class Offer:
    """One of the plan's texts as a link: what it is for, how it reads, and where it is begun with."""

    phase: MessagePhase
    audience: str
    text: str
    released_by: str
    url: str


@dataclass(frozen=True)
class Chosen:
    """What the address asks for; `text` None: the plan has no text for it, or none was asked for."""

    phase: MessagePhase
    audiences: list[str]
    text: str | None


def chosen(page: Sending, asked: Mapping[str, str], usual: MessagePhase) -> Chosen:
    """`?phase=first&audience=residents`; what is not there or unknown is left out."""
    phase = next((one for one in WRITTEN if one == asked.get("phase")), usual)
    audiences = [a.key for a in page.document.audiences if a.key == asked.get("audience")]
    text = begun(page, phase, audiences) if "phase" in asked else None
    return Chosen(phase, audiences, text)


def begun(page: Sending, phase: MessagePhase, audiences: Collection[str]) -> str | None:
    """The plan's text that fits most narrowly, filled as far as the incident and its newest message go."""
    template = best(page.document, page.incident.category_key, audiences, phase)
    return plain(filled(template.text, values_of(page.incident, page.newest))) if template else None


def offered(page: Sending, usual: MessagePhase) -> list[Offer]:
    """What the plan has for this incident, this phase first."""
    phases = sorted(WRITTEN, key=lambda phase: phase is not usual)
    found = []
    for phase, key, template in offers(page.document, page.incident.category_key, phases):
        audience = page.document.audience(key) if key else None
        asked = {"phase": phase.value} | ({"audience": key} if key else {})
        label = audience.label if audience else ""
        found.append(Offer(phase, label, template.text, template.released_by, page.url("write", None, **asked)))
    return found
