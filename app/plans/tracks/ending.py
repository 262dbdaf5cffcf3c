"""Stand down, annul, reopen, and pass on to the other track."""

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.acting import NOT_ACTIVE, acts_in, coordinates_in
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, no, only_coordinators
from app.plans.tracks.leading import may_lead_act, refused_by_leader, speaks_as_leader
from app.plans.tracks.police_acts import may_record_for_police
from app.plans.tracks.seeing import may_enter_room
from app.plans.vocabulary import IncidentStatus, Track

CAN_REOPEN = frozenset({IncidentStatus.STOOD_DOWN, IncidentStatus.IN_REVIEW, IncidentStatus.CLOSED})


def may_stand_down(plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool = False) -> Ruling:
    """A: the police, or a coordinator who heard it from them, inside or of an activator outside. B: the tovholder."""
    if _heard_outside(plan, who, incident, on_behalf=on_behalf):
        return YES
    return may_lead_act(plan, who, incident, on_behalf=on_behalf)


def may_succeed(plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool = False) -> Ruling:
    """A ends when the police release it; B ends when its tovholder says that the police's new case is the same."""
    if _heard_outside(plan, who, incident, on_behalf=on_behalf):
        return YES
    return may_lead_act(plan, who, incident, on_behalf=on_behalf)


def _heard_outside(plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool) -> bool:
    # What an activator that is no party knows of the case is enough to write down that the police end it.
    if not on_behalf or not who.coordinates or may_enter_room(who, incident):
        return False
    return bool(may_record_for_police(plan, who, incident))


def may_annul(plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool = False) -> Ruling:
    """A false activation: the leader, or whoever's tap it was. A confirmed police activation is theirs to undo."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    if not incident.is_open:
        return no(NOT_ACTIVE)
    if speaks_as_leader(who, incident, on_behalf=on_behalf) or _made_the_tap(who, incident):
        return YES
    return refused_by_leader(plan, incident)


def _made_the_tap(who: Who, incident: IncidentFacts) -> bool:
    if incident.track is Track.NON_POLICE:
        return who.coordinates and who.actor_key == incident.activator_actor
    return who.acts and who.actor_key == incident.recorded_by_actor and incident.has_unconfirmed_activation


def may_reopen(plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool = False) -> Ruling:
    """With a reason. A: the police or recorded for them. B: any coordinator of an actor that took part."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    if incident.status not in CAN_REOPEN:
        return no(N_("Hændelsen kan ikke genåbnes. Aktivér på ny."))
    if not who.coordinates:
        return only_coordinators(who)
    if incident.track is Track.NON_POLICE or speaks_as_leader(who, incident, on_behalf=on_behalf):
        return YES
    return refused_by_leader(plan, incident)


def may_break_off(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """An exercise: any coordinator in it, whoever leads."""
    if not incident.is_exercise:
        return no(N_("Det er ikke en øvelse."))
    return coordinates_in(who, incident)
