"""Who directs and who answers: police instructions in a politisag, an agreed plan otherwise."""

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.acting import coordinates_in, may_act
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, no
from app.plans.tracks.leading import refused_by_leader, speaks_as_leader
from app.plans.tracks.police_acts import may_record_for_police
from app.plans.tracks.seeing import NOT_POLICE
from app.plans.vocabulary import POLICE, Track

NO_INSTRUCTIONS = N_("Her aftaler parterne selv en plan. Anvisninger hører til en politisag.")
NO_PLAN = N_("I en politisag gælder politiets anvisninger. En aftalt plan hører til det, der ikke er en politisag.")

NOTHING_TO_HIDE = N_("Kun en politisag kan skjules, og det er politiet, der afgør det.")


def may_instruct(plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool = False) -> Ruling:
    """Give, replace or withdraw. A police coordinator, or whoever heard it: acting in it, or an activator outside."""
    if on_behalf and incident.track is Track.POLICE:
        return may_record_for_police(plan, who, incident)
    acting = _in_a_politisag(plan, who, incident)
    if not acting:
        return acting
    if speaks_as_leader(who, incident, on_behalf=False):
        return YES
    return refused_by_leader(plan, incident)


def may_acknowledge_instruction(plan: PlanDocument, who: Who, incident: IncidentFacts, *, is_for_us: bool) -> Ruling:
    """Whoever acts, for the own party, when the instruction is for it."""
    acting = _in_a_politisag(plan, who, incident)
    if not acting or is_for_us:
        return acting
    return no(N_("Anvisningen er ikke til jer."))


def may_deviate(plan: PlanDocument, who: Who, incident: IncidentFacts, *, is_for_us: bool) -> Ruling:
    """The parties follow the police "som udgangspunkt": whoever may acknowledge may also say why they do otherwise."""
    return may_acknowledge_instruction(plan, who, incident, is_for_us=is_for_us)


def may_close_glimpse(plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool = False) -> Ruling:
    """Hide a politisag from activators that are no party, or show it again. The police, or whoever heard them."""
    acting = may_act(plan, who, incident)
    if acting and incident.track is Track.NON_POLICE:
        return no(NOTHING_TO_HIDE)
    if acting and incident.is_exercise:
        return no(N_("En øvelse vises kun for dem, der er med."))
    if not acting or on_behalf or speaks_as_leader(who, incident, on_behalf=False):
        return acting
    return refused_by_leader(plan, incident)


def _in_a_politisag(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    acting = may_act(plan, who, incident)
    if acting and incident.track is Track.NON_POLICE:
        return no(NO_INSTRUCTIONS)
    return acting


def may_propose_plan_line(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Write, change or take out a line: any participating coordinator, since lines give other parties tasks."""
    coordinating = coordinates_in(who, incident)
    return no(NO_PLAN) if coordinating and incident.track is Track.POLICE else coordinating


def may_take_stance(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Agree or disagree for the own party: whoever acts."""
    acting = may_act(plan, who, incident)
    return no(NO_PLAN) if acting and incident.track is Track.POLICE else acting


def may_record_stance(plan: PlanDocument, who: Who, incident: IncidentFacts, party: str) -> Ruling:
    """Write what another party said by phone or mail."""
    acting = may_take_stance(plan, who, incident)
    if not acting:
        return acting
    if party == POLICE:
        return no(NOT_POLICE)
    if party == who.actor_key:
        return no(N_("Det er jeres egen part. Svar selv."))
    if party not in incident.participants:
        return no(N_("De er ikke med i hændelsen."))
    return YES
