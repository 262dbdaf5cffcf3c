"""Before the room changes anything: the incident's row held, its facts read anew, the rule asked."""

from collections.abc import Callable
from typing import Any

from app.direction.queries import full_facts
from app.incidents.access import Seen
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.plans.tracks import Ruling
from app.transitions.ruling import demand


def held(seen: Seen, rule: Callable[..., Ruling], **facts: Any) -> Incident:
    """The incident, locked until the transaction ends. Raises Refused when the rule says no."""
    incident = locked(seen.incident)
    demand(rule(document_of(incident), seen.reader.who, full_facts(incident), **facts), incident.area)
    return incident
