"""Texts that leave an incident: plain characters, and ØVELSE first in an exercise."""

from app.incidents.models import Incident
from app.lib.text import plain
from app.messaging.models import EXERCISE_MARK


def marked(incident: Incident, text: str) -> str:
    """The text as it may leave: every text of an exercise begins with ØVELSE."""
    return plain(f"{EXERCISE_MARK}. {text}" if incident.is_exercise else text)
