"""Who answers the debrief, keeps learning points, signs off and locks the review, and what boards read of it."""

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.acting import acts_in
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, no, only_coordinators
from app.plans.tracks.seeing import may_see_incident
from app.plans.vocabulary import IncidentStatus

UNDER_REVIEW = frozenset({IncidentStatus.STOOD_DOWN, IncidentStatus.IN_REVIEW})


def may_answer_debrief(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Everybody who takes part and acts, for the own party, until the review is closed."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    return YES if incident.status in UNDER_REVIEW else _not_open(incident)


def may_add_learning(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """A learning point binds an owner: any participating coordinator."""
    answering = may_answer_debrief(plan, who, incident)
    if not answering:
        return answering
    return YES if who.coordinates else no(N_("Det kan kun en koordinator."), who.actor_key or "")


def may_close_learning(plan: PlanDocument, who: Who, incident: IncidentFacts, owner: str) -> Ruling:
    """Its owner, or who leads the review; also after the review is closed, for that is when most of it is done."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    leader = review_leader(plan, incident)
    if who.coordinates and who.actor_key in (owner, leader):
        return YES
    text = N_("Det kan en koordinator hos %(owner)s eller hos %(leader)s, som leder evalueringen.")
    return no(text, owner, leader, owner=plan.called(owner), leader=plan.called(leader))


def may_close_review(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """A coordinator of whom the plan names."""
    answering = may_answer_debrief(plan, who, incident)
    if not answering:
        return answering
    leader = review_leader(plan, incident)
    if who.coordinates and who.actor_key == leader:
        return YES
    return no(N_("Evalueringen afsluttes af en koordinator hos %(leader)s."), leader, leader=plan.called(leader))


def may_sign_off(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """A party's word to the conclusion binds it: a coordinator, for the own party."""
    answering = may_answer_debrief(plan, who, incident)
    if not answering:
        return answering
    return YES if who.coordinates else only_coordinators(who)


def may_add_to_locked_review(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """An addendum: any participating coordinator, once it is closed."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    if incident.status is not IncidentStatus.CLOSED:
        return no(N_("Evalueringen er ikke låst. Skriv det i den."))
    return YES if who.coordinates else only_coordinators(who)


def may_write_summary(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """What boards may read: everybody who takes part and acts, also when it is closed; boards hear of no exercise."""
    acting = acts_in(who, incident)
    if not acting:
        return acting
    if incident.is_exercise:
        return no(N_("Bestyrelserne får intet fra en øvelse."))
    return YES if incident.status in UNDER_REVIEW | {IncidentStatus.CLOSED} else _not_open(incident)


def may_approve_summary(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """A coordinator of who leads the review."""
    writing = may_write_summary(plan, who, incident)
    if not writing:
        return writing
    leader = review_leader(plan, incident)
    if who.coordinates and who.actor_key == leader:
        return YES
    return no(N_("Det godkendes af en koordinator hos %(leader)s."), leader, leader=plan.called(leader))


def may_hold_texts(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Keep what is written longer than the rules, and let go of it again: a coordinator of who leads the review.

    Also when the part of that actor has ended with the incident: its words are still its to look after.
    """
    seeing = may_see_incident(who, incident)
    if not seeing:
        return seeing
    if incident.is_open:
        return no(N_("Hændelsen er i gang. Intet slettes imens."))
    leader = review_leader(plan, incident)
    if who.coordinates and who.actor_key == leader:
        return YES
    return no(N_("Det kan en koordinator hos %(leader)s."), leader, leader=plan.called(leader))


def review_leader(plan: PlanDocument, incident: IncidentFacts) -> str:
    """Whom the plan names; where it takes no part, whoever led the incident."""
    return plan.review_leader if plan.review_leader in incident.participants else incident.leader_actor


def _not_open(incident: IncidentFacts) -> Ruling:
    if incident.is_open:
        return no(N_("Evalueringen åbner, når beredskabet er afblæst."))
    if incident.status is IncidentStatus.CLOSED:
        return no(N_("Evalueringen er afsluttet."))
    return no(N_("Hændelsen evalueres ikke."))
