"""Who takes an incident along as files: for the journal, for aktindsigt, for their own records."""

from app.plans.document import PlanDocument
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, only_coordinators
from app.plans.tracks.seeing import may_see_incident


def may_take_files(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """A coordinator of an actor in it, or of one whose part ended: what they may read, and the hash of the rest."""
    seeing = may_see_incident(who, incident)
    if not seeing:
        return seeing
    return YES if who.coordinates else only_coordinators(who)
