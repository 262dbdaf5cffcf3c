"""Who may begin: activate, ask for it, join what has begun, or start an exercise."""

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, no
from app.plans.tracks.seeing import NOT_POLICE, may_enter_room, may_glimpse
from app.plans.vocabulary import POLICE, Track


def belongs_here(who: Who) -> Ruling:
    """Whether the person has a place of his own in the area."""
    if who.is_administrator:
        return no(N_("En administrator passer personer og indstillinger og er ikke med i hændelser."))
    if who.guest_of is not None:
        return no(N_("Du er lukket ind i én hændelse og kan kun handle i den."))
    return YES if who.is_member else no(N_("Du er ikke med i dette område."))


def may_activate(plan: PlanDocument, who: Who, track: Track) -> Ruling:
    """The plan's activators, by a coordinator. Nobody with a police membership activates what he may not see."""
    can = plan.activators(track)
    belonging = belongs_here(who)
    if not belonging:
        return belonging
    if track is Track.NON_POLICE and who.police_in_area:
        return no(NOT_POLICE, *can)
    if who.actor_key not in can:
        return _no_activator(plan, who.actor_key or "", can)
    if not who.coordinates:
        return no(N_("Kun en koordinator kan aktivere. Bed om aktivering, så får alle, der kan, besked nu."), *can)
    return YES


def _no_activator(plan: PlanDocument, actor_key: str, can: tuple[str, ...]) -> Ruling:
    text = N_("%(actor)s kan ikke aktivere. Det kan %(who)s.")
    return no(text, *can, actor=plan.called_first(actor_key), who=plan.called_all(can))


def may_request_activation(plan: PlanDocument, who: Who, track: Track) -> Ruling:
    """Every member who may not activate himself may ask those who can."""
    belonging = belongs_here(who)
    if not belonging:
        return belonging
    if track is Track.NON_POLICE and who.police_in_area:
        return no(NOT_POLICE, *plan.activators(track))
    if may_activate(plan, who, track):
        return no(N_("Du kan selv aktivere."), who.actor_key or "")
    return YES


def may_join(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """"Det er denne": an activator that is no party joins an open B, as it would have by activating it."""
    if may_enter_room(who, incident):
        return no(N_("Du er allerede med i hændelsen."))
    glimpse = may_glimpse(plan, who, incident)
    if not glimpse:
        return glimpse
    if incident.track is Track.POLICE:
        return no(N_("Politiet afgør, hvem der er med i en politisag. Ring til dem."), POLICE)
    return may_activate(plan, who, incident.track)


def may_start_exercise(plan: PlanDocument, who: Who, track: Track) -> Ruling:
    """As for real, but any coordinator of the beredskab may play the police who activate."""
    if track is Track.POLICE and who.coordinates and _is_of_the_beredskab(plan, who):
        return YES
    return may_activate(plan, who, track)


def _is_of_the_beredskab(plan: PlanDocument, who: Who) -> bool:
    return who.actor_key in plan.party_keys + plan.activators(Track.NON_POLICE)
