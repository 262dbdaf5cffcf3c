"""The plan that an incident keeps: the version it began with."""

from app.contacts.changes import CONTACTS
from app.incidents.models import Incident
from app.live.remembered import remembered
from app.plans.document import PlanDocument
from app.plans.queries import document_for


def document_of(incident: Incident) -> PlanDocument:
    """The version in force at activation, or the template where the area had no plan at all."""
    if incident.plan_id is not None:
        return document_for(incident.area, incident.plan)
    # The template is fitted to the area's actors, and those are among what raises this topic.
    return remembered(f"template:{incident.area.public_id}", CONTACTS, lambda: document_for(incident.area, None))
