"""Two pairs of eyes before a message leaves, one to take it back."""

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.acting import coordinates_in
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, no
from app.plans.vocabulary import POLICE, Track

POLICE_FIRST = N_("I en politisag siger politiet ja først. Læs teksten op for dem, og registrér, hvem der sagde ja.")


def may_release(
    plan: PlanDocument, who: Who, incident: IncidentFacts, authors: frozenset[int], *,
    on_behalf: bool = False, standing_release: bool = False,
) -> Ruling:
    """B: any participating coordinator who did not write it. A: the police, who may also say it by phone.

    `authors` are the users who edited the text. `standing_release`: the police have let the audience free
    in advance, and then it is as in B. `on_behalf`: the text was read aloud to the police, who said yes;
    that is the second pair of eyes, so its author may record it.
    """
    coordinating = coordinates_in(who, incident)
    if not coordinating:
        return coordinating
    needs_police = incident.track is Track.POLICE and not standing_release
    if needs_police and on_behalf:
        return YES
    if needs_police and who.actor_key != POLICE and not incident.is_exercise:
        return no(POLICE_FIRST, POLICE)
    if who.user_id in authors:
        return no(N_("En anden end den, der skrev teksten, frigiver den."), *_preferred(plan, incident))
    return YES


def _preferred(plan: PlanDocument, incident: IncidentFacts) -> tuple[str, ...]:
    return tuple(sorted(incident.participants, key=lambda key: (key != plan.releaser, key)))


def may_withdraw(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """One coordinator is enough in both tracks: a wrong message does harm while it waits."""
    return coordinates_in(who, incident)
