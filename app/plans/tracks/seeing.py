"""Who sees an incident, its room and its entries. What these refuse, a screen answers with "findes ikke"."""

from datetime import datetime

from app.areas.roles import Role
from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.facts import ROOM_ROLES, YES, IncidentFacts, Ruling, Who, no
from app.plans.vocabulary import SharingLevel, Track

NOT_POLICE = N_("Politiet er ikke part i en hændelse, der ikke er en politisag.")
NOT_IN_IT = N_("Du er ikke med i hændelsen.")
PART_ENDED = N_("Din del af hændelsen er afsluttet.")


def may_know_of(who: Who, incident: IncidentFacts) -> Ruling:
    """The refusals that nothing overrules: administrators, and in B everybody with any police membership."""
    if who.is_administrator:
        return no(N_("En administrator passer personer og indstillinger og er ikke med i hændelser."))
    if incident.track is Track.NON_POLICE and who.police_in_area:
        return no(NOT_POLICE)
    return YES


def may_enter_room(who: Who, incident: IncidentFacts) -> Ruling:
    """The room is for those who take part now, and a colleague let in; a board member is briefed instead."""
    knowing = may_know_of(who, incident)
    if not knowing:
        return knowing
    if who.guest_of is not None:
        return YES if who.guest_of == incident.id and who.actor_key in incident.participants else no(NOT_IN_IT)
    if who.role is Role.BOARD_MEMBER:
        return no(N_("Bestyrelser får orienteringer og er ikke med i rummet."))
    if who.role not in ROOM_ROLES or who.actor_key not in incident.participants:
        return no(PART_ENDED if who.actor_key in incident.ended_participants else NOT_IN_IT)
    return YES


def may_be_briefed(who: Who, incident: IncidentFacts) -> Ruling:
    """A board member reads what was sent to the boards, on a page of its own; an exercise is sent to no board."""
    knowing = may_know_of(who, incident)
    if not knowing:
        return knowing
    if not who.is_member or who.role is not Role.BOARD_MEMBER or incident.is_exercise:
        return no(N_("Orienteringen er til bestyrelserne."))
    return YES


def may_see_incident(who: Who, incident: IncidentFacts) -> Ruling:
    """Its record: whoever may enter, and an actor whose part ended (each entry is asked for on its own)."""
    entering = may_enter_room(who, incident)
    if not may_know_of(who, incident):
        return entering
    took_part = who.is_member and who.role in ROOM_ROLES and who.actor_key in incident.ended_participants
    return YES if took_part else entering


def may_see_entry(
    level: SharingLevel, author_organisation: str | None, who: Who, incident: IncidentFacts, written_at: datetime
) -> Ruling:
    """Whether the entry's text is shown; if not, its hash is, to everybody who may see the incident."""
    seeing = may_see_incident(who, incident)
    if not seeing:
        return seeing
    ended_at = incident.ended_participants.get(who.actor_key or "")
    if who.actor_key not in incident.participants and ended_at is not None and written_at > ended_at:
        return no(PART_ENDED)
    if level is SharingLevel.OWN_ORGANISATION and not _is_own(author_organisation, who):
        return no(N_("Kun for den organisation, der skrev det."))
    return YES


def _is_own(organisation: str | None, who: Who) -> bool:
    # An observer reads at "beredskabets parter", also what his own organisation keeps to itself is not for him.
    return organisation is not None and who.organisation == organisation and not who.only_reads


def may_glimpse(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """Category, place and leader's number of an open incident, so that an activator does not start it twice."""
    if may_enter_room(who, incident):
        return YES
    knowing = may_know_of(who, incident)
    if not knowing:
        return knowing
    if not who.acts or who.actor_key not in plan.activators(Track.NON_POLICE) + plan.activators(Track.POLICE):
        return no(NOT_IN_IT)
    if who.actor_key in incident.ended_participants:
        return no(PART_ENDED)
    # An exercise shown to somebody outside it could pass for the real thing.
    if not incident.is_open or incident.is_exercise or incident.glimpse_closed:
        return no(NOT_IN_IT)
    return YES
