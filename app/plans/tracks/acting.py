"""What those who take part may do in the room."""

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, no, only_coordinators
from app.plans.tracks.seeing import NOT_POLICE, may_enter_room
from app.plans.vocabulary import POLICE, IncidentStatus, Track

NOT_ACTIVE = N_("Hændelsen er ikke længere aktiv.")


def acts_in(who: Who, incident: IncidentFacts) -> Ruling:
    """Takes part, and does not only read along."""
    entering = may_enter_room(who, incident)
    if not entering:
        return entering
    if who.only_reads:
        return no(N_("En observatør læser med, men handler ikke."), *sorted(incident.participants))
    return YES


def coordinates_in(who: Who, incident: IncidentFacts) -> Ruling:
    """Is a coordinator of an actor that takes part in the incident, and it is open."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    if not incident.is_open:
        return no(NOT_ACTIVE)
    return YES if who.coordinates else only_coordinators(who)


def may_act(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Settle tasks, acknowledge, note calls."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    return YES if incident.is_open else no(NOT_ACTIVE)


def may_log(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Write in the log; after the stand-down too, as late entries and corrections, until the review is closed."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    if incident.status in (IncidentStatus.CLOSED, IncidentStatus.ANNULLED):
        return no(N_("Loggen er lukket."))
    return YES


def may_erase_entry(first: Who, second: Who, incident: IncidentFacts) -> Ruling:
    """Two coordinators at once. The hash stays, so the chain still verifies."""
    for who in (first, second):
        entering = may_enter_room(who, incident)
        if not entering:
            return entering
        if not who.coordinates:
            return no(N_("Det kan kun to koordinatorer sammen."), *sorted(incident.participants))
    if first.user_id == second.user_id:
        return no(N_("Det skal være to forskellige personer."), *sorted(incident.participants))
    return YES


def may_take_card(plan: PlanDocument, who: Who, incident: IncidentFacts, party: str, *, is_silent: bool) -> Ruling:
    """Another party's coordinator does a silent party's card for the night."""
    coordinating = coordinates_in(who, incident)
    if not coordinating:
        return coordinating
    if party == who.actor_key:
        return no(N_("Det er jeres eget kort."))
    if party == POLICE and incident.track is Track.NON_POLICE:
        return no(NOT_POLICE)
    if party == POLICE and not incident.is_exercise:
        return no(N_("Politiets opgaver kan kun politiet løse."), POLICE)
    if not is_silent:
        return no(N_("%(party)s har svaret og har selv kortet."), party, party=plan.called_first(party))
    return YES


def may_let_in_colleague(
    plan: PlanDocument, who: Who, incident: IncidentFacts, *, colleague_is_police: bool
) -> Ruling:
    """A code to a colleague's phone, good for this incident and 24 hours."""
    coordinating = coordinates_in(who, incident)
    if not coordinating:
        return coordinating
    if incident.track is Track.NON_POLICE and colleague_is_police:
        return no(NOT_POLICE)
    return YES
