"""The room's blueprint. Every address of one incident begins the same way; each view fetches it by `seen_or_404`."""

from typing import Any

from flask import Blueprint, url_for

from app.incidents.models import Incident

blueprint = Blueprint("incident", __name__, url_prefix="/incidents/<public_id>")


def address(incident: Incident, endpoint: str = "show", anchor: str | None = None, **values: Any) -> str:
    """The address of one of the incident's pages: `address(incident, "task", task=…)`."""
    return url_for(f"incident.{endpoint}", public_id=incident.public_id, _anchor=anchor, **values)
