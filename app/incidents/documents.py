"""The plan that an incident keeps: the version it began with."""

from app.incidents.models import Incident
from app.plans.document import PlanDocument
from app.plans.queries import document_for


def document_of(incident: Incident) -> PlanDocument:
    """The version in force at activation, or the template where the area had no plan at all."""
    return document_for(incident.area, incident.plan)
