"""Who adds facts, writes the situation report and the shared message, and says that his party has read it."""

from app.plans.document import PlanDocument
from app.plans.tracks.acting import coordinates_in, may_act
from app.plans.tracks.facts import IncidentFacts, Ruling, Who


def may_add_fact(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Whoever acts in it: what is known comes from those who stand outside. The same for changing its status."""
    return may_act(plan, who, incident)


def may_write_report(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Any participating coordinator, in both tracks: a silent leader must not leave all in the dark."""
    return coordinates_in(who, incident)


def may_write_message(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Any participating coordinator. In a politisag too: it is the texts made from it that wait for the police."""
    return coordinates_in(who, incident)


def may_acknowledge_message(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Whoever acts, for the own party."""
    return may_act(plan, who, incident)
