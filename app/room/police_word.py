"""Whether the reader needs the word of the police for what they are about to do."""

from collections.abc import Callable
from typing import Any

from app.direction.word_form import PoliceWordForm as PoliceWordForm
from app.plans.tracks import Ruling
from app.plans.vocabulary import Track
from app.room.room import Room


def needs_word(room: Room, rule: Callable[..., Ruling], *more: Any, **facts: Any) -> bool:
    """Whether the reader may do this only because the police said it."""
    if room.incident.track is not Track.POLICE:
        return False
    return not room.may(rule, *more, on_behalf=False, **facts)
