"""Two pairs of eyes before a message leaves, one to take it back."""

from dataclasses import replace

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.acting import coordinates_in, may_act
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, no
from app.plans.tracks.leading import refused_by_leader, speaks_as_leader
from app.plans.vocabulary import POLICE, IncidentStatus, Track

POLICE_FIRST = N_("I en politisag siger politiet ja først. Læs teksten op for dem, og registrér, hvem der sagde ja.")

VOLUNTEERS_WAIT = N_("I en politisag venter frivillige på politiets ja. Spørg dem også, hvor ingen må gå hen.")
NOBODY_TO_FREE = N_("Kun i en politisag giver politiet målgrupper fri på forhånd.")


STILL_TOLD = frozenset({IncidentStatus.STOOD_DOWN, IncidentStatus.IN_REVIEW})


def _lasting(incident: IncidentFacts, after: bool) -> IncidentFacts:
    """`after`: it is about an after-message, which can be told until the review is closed, as if all still ran."""
    return replace(incident, status=IncidentStatus.ACTIVE) if after and incident.status in STILL_TOLD else incident


def may_write_broadcast(plan: PlanDocument, who: Who, incident: IncidentFacts, *, after: bool = False) -> Ruling:
    """Write, edit and send to release: whoever acts. Nothing leaves by it."""
    return may_act(plan, who, _lasting(incident, after))


def may_release(
    plan: PlanDocument, who: Who, incident: IncidentFacts, authors: frozenset[int], *,
    on_behalf: bool = False, standing_release: bool = False, released_in_advance: bool = False, after: bool = False,
) -> Ruling:
    """B: any participating coordinator who did not write it. A: the police, who may also say it by phone.

    `authors` are the users who edited the text. `standing_release`: the police have let the audience free
    in advance, `released_in_advance`: this very wording, in the plan; then it is as in B. `on_behalf`: the text was
    read aloud to the police, who said yes; that is the second pair of eyes, so its author may record it.
    """
    coordinating = coordinates_in(who, _lasting(incident, after))
    if not coordinating:
        return coordinating
    needs_police = incident.track is Track.POLICE and not (standing_release or released_in_advance)
    if needs_police and on_behalf:
        return YES
    if needs_police and who.actor_key != POLICE and not incident.is_exercise:
        return no(POLICE_FIRST, POLICE)
    if who.user_id in authors:
        return no(N_("En anden end den, der skrev teksten, frigiver den."), *_preferred(plan, incident))
    return YES


def _preferred(plan: PlanDocument, incident: IncidentFacts) -> tuple[str, ...]:
    return tuple(sorted(incident.participants, key=lambda key: (key != plan.releaser, key)))


def may_approve_translation(plan: PlanDocument, who: Who, incident: IncidentFacts, *, after: bool = False) -> Ruling:
    """Write down who vouches for a translation: whoever acts. The Danish text waits for none of them."""
    return may_act(plan, who, _lasting(incident, after))


def may_return_broadcast(plan: PlanDocument, who: Who, incident: IncidentFacts, *, after: bool = False) -> Ruling:
    """Send it back to its authors with a reason: any participating coordinator."""
    return coordinates_in(who, _lasting(incident, after))


def may_break_glass(plan: PlanDocument, who: Who, incident: IncidentFacts, *, after: bool = False) -> Ruling:
    """Nobody else is there: one coordinator sends at once, says why, and others are asked to look."""
    return coordinates_in(who, _lasting(incident, after))


def may_let_audience_free(
    plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool = False
) -> Ruling:
    """A standing release of the police for an audience, and its end. Recorded by anybody who coordinates in it."""
    coordinating = coordinates_in(who, incident)
    if not coordinating:
        return coordinating
    if incident.track is Track.NON_POLICE:
        return no(NOBODY_TO_FREE)
    if on_behalf or speaks_as_leader(who, incident, on_behalf=False):
        return YES
    return refused_by_leader(plan, incident)


def may_record_informed(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """That somebody was told at the door or by telephone: whoever acts. Informing waits for nobody."""
    return may_act(plan, who, incident)


def may_engage(plan: PlanDocument, who: Who, incident: IncidentFacts, *, on_behalf: bool = False) -> Ruling:
    """Send volunteers out. In a politisag the police say yes first, and where nobody must go."""
    acting = may_act(plan, who, incident)
    if not acting or incident.track is Track.NON_POLICE or incident.is_exercise or on_behalf:
        return acting
    return YES if who.acts and who.actor_key == POLICE else no(VOLUNTEERS_WAIT, POLICE)


def may_withdraw(plan: PlanDocument, who: Who, incident: IncidentFacts, *, after: bool = False) -> Ruling:
    """One coordinator is enough in both tracks: a wrong message does harm while it waits."""
    return coordinates_in(who, _lasting(incident, after))
