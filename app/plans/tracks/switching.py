"""From one track to the other: the police's new case is the same as ours, or the police let theirs go."""

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.acting import acts_in
from app.plans.tracks.ending import may_succeed
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, no, only_coordinators
from app.plans.tracks.leading import refused_by_leader, speaks_as_leader
from app.plans.tracks.participation import leader_choices
from app.plans.vocabulary import IncidentStatus, Track

ALREADY_POLICE = N_("Hændelsen er allerede en politisag.")
NO_POLICE_CASE = N_("Hændelsen er ikke en politisag, så der er ikke noget at frigive.")


def may_answer_same_incident(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Is the police's new case the same as this? The tovholder says so; taking that over is one tap."""
    if incident.track is Track.POLICE:
        return no(ALREADY_POLICE)
    return may_succeed(plan, who, incident)


def may_give_summary(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """A summary may follow later, from whoever was tovholder when the police took over."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    if incident.track is Track.POLICE or incident.status is not IncidentStatus.TO_POLICE:
        return no(N_("Hændelsen er ikke overgået til en politisag."))
    if not who.coordinates:
        return only_coordinators(who)
    return YES if speaks_as_leader(who, incident, on_behalf=False) else refused_by_leader(plan, incident)


def may_release_case(plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool = False) -> Ruling:
    """The police let the case go, or a participating coordinator heard them do it."""
    if incident.track is Track.NON_POLICE:
        return no(NO_POLICE_CASE)
    return may_succeed(plan, who, incident, on_behalf=on_behalf)


def accepting_choices(plan: PlanDocument, incident: IncidentFacts) -> tuple[str, ...]:
    """Who may be named to go on with it: everybody in it but the police, whom the plan prefers first."""
    choices = leader_choices(Track.NON_POLICE, tuple(sorted(incident.participants)))
    return tuple(sorted(choices, key=lambda key: (key != plan.review_leader, key)))
