"""Sending forms as a browser does: what the page holds, and what a person typed."""

from typing import Any

from werkzeug.test import TestResponse

from app.incidents.models import Incident
from tests.factories import Visitor
from tests.room.forms import hidden


def at_address(incident: Incident, path: str = "") -> str:
    """`/incidents/…/instructions`."""
    return f"/incidents/{incident.public_id}{path}"


def send(visitor: Visitor, path: str, **typed: Any) -> TestResponse:
    """Open the form and send it."""
    return visitor.post(path, shown(visitor, path) | typed)


def shown(visitor: Visitor, path: str) -> dict[str, Any]:
    """The hidden values of the form as it is shown now."""
    kept = hidden(visitor.text(path))
    return {name: kept[name] for name in ("once", "digest")}
