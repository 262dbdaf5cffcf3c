"""Who leads, and what only the leader does: police in a politisag (or recorded for them), else the tovholder."""

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.acting import coordinates_in
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, no
from app.plans.tracks.seeing import NOT_POLICE
from app.plans.vocabulary import POLICE, Track


def speaks_as_leader(who: Who, incident: IncidentFacts, *, on_behalf: bool) -> bool:
    """Whether this coordinator has the leader's word. In an exercise any coordinator may play the police."""
    if not who.coordinates:
        return False
    if incident.track is Track.POLICE:
        return who.actor_key == POLICE or incident.is_exercise or on_behalf
    return who.actor_key == incident.leader_actor


def refused_by_leader(plan: PlanDocument, incident: IncidentFacts) -> Ruling:
    """The same sentence whatever only the leader may do."""
    if incident.track is Track.POLICE:
        return no(N_("Det afgør politiet i en politisag. Har de sagt det til dig, så registrér det for dem."), POLICE)
    return no(
        N_("Det afgør tovholderen: %(leader)s. Svarer de ikke, kan du overtage som tovholder."),
        incident.leader_actor, leader=plan.called(incident.leader_actor),
    )


def may_lead_act(plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool = False) -> Ruling:
    """Anything that only the leader of an open incident may do."""
    coordinating = coordinates_in(who, incident)
    if not coordinating:
        return coordinating
    return YES if speaks_as_leader(who, incident, on_behalf=on_behalf) else refused_by_leader(plan, incident)


def may_take_over_lead(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """One tap and a reason, by any participating coordinator in B; a silent tovholder never blocks."""
    coordinating = coordinates_in(who, incident)
    if not coordinating:
        return coordinating
    if incident.track is Track.POLICE:
        return no(N_("Politiet leder en politisag."), POLICE)
    if who.actor_key == incident.leader_actor:
        return no(N_("I er allerede tovholder."), incident.leader_actor)
    return YES


def may_add_actor(
    plan: PlanDocument, who: Who, incident: IncidentFacts, actor_key: str, *, is_police: bool, on_behalf: bool = False
) -> Ruling:
    """The leader takes one more actor in, for this incident only. Never the police in B."""
    leading = may_lead_act(plan, who, incident, on_behalf=on_behalf)
    if not leading:
        return leading
    if incident.track is Track.NON_POLICE and (is_police or actor_key == POLICE):
        return no(NOT_POLICE)
    if actor_key in incident.participants:
        return no(N_("De er allerede med."))
    return YES
