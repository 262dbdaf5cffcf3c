"""Acts of the police that somebody else heard and recorded: in force at once, confirmed or denied later."""

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.activation import belongs_here
from app.plans.tracks.facts import YES, IncidentFacts, Ruling, Who, no, only_who_acts
from app.plans.tracks.seeing import NOT_POLICE, may_enter_room, may_glimpse, may_see_incident
from app.plans.vocabulary import POLICE, IncidentStatus, Track

SECOND_PERSON = N_("En anden end den, der skrev det, skal bekræfte. Ellers ring politiet op, og bekræft derefter.")


def may_record_for_police(
    plan: PlanDocument, who: Who, incident: IncidentFacts | None = None, *, track: Track = Track.POLICE
) -> Ruling:
    """What the police said by phone: their activation (no incident yet; `track` is what was typed), or a later act."""
    if incident is not None:
        return _in_incident(plan, who, incident)
    belonging = belongs_here(who)
    if not belonging:
        return belonging
    if track is Track.NON_POLICE:
        return no(NOT_POLICE, *plan.activators(track))
    can = tuple(dict.fromkeys(plan.party_keys + plan.activators(Track.NON_POLICE)))
    if who.actor_key not in can:
        return no(N_("Det kan beredskabets parter og dem, der må aktivere: %(who)s."), *can, who=plan.called_all(can))
    return YES if who.acts else only_who_acts(who)


def _in_incident(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    if incident.track is Track.NON_POLICE:
        return no(NOT_POLICE)
    if not incident.is_open:
        return no(N_("Hændelsen er ikke længere aktiv."))
    entering = may_enter_room(who, incident)
    if entering and (who.acts or who.guest_of is not None):
        return YES
    if entering:
        return only_who_acts(who)
    return may_glimpse(plan, who, incident)


def may_confirm_police_act(
    plan: PlanDocument, who: Who, incident: IncidentFacts, recorder_id: int, *, by_call_back: bool = False
) -> Ruling:
    """A second person or the police. The recorder alone only after calling the police back."""
    settling = _may_settle(who, incident)
    if not settling:
        return settling
    if not incident.has_unconfirmed_police_act:
        return no(N_("Der er ikke noget at bekræfte."))
    if who.user_id == recorder_id and (who.actor_key == POLICE or not by_call_back):
        return no(SECOND_PERSON, *sorted(incident.participants))
    return YES


def may_deny_police_act(plan: PlanDocument, who: Who, incident: IncidentFacts) -> Ruling:
    """The police themselves, or whoever heard them deny it. Undoes what can be undone."""
    return _may_settle(who, incident)


def _may_settle(who: Who, incident: IncidentFacts) -> Ruling:
    if incident.track is Track.NON_POLICE:
        return no(NOT_POLICE)
    if incident.status is IncidentStatus.ANNULLED:
        return no(N_("Hændelsen er annulleret."))
    # Everybody's part ended when the police let the case go; whether they did can be settled nevertheless.
    may = may_see_incident if incident.status is IncidentStatus.RELEASED else may_enter_room
    entering = may(who, incident)
    if not entering:
        return entering
    return YES if who.acts else only_who_acts(who)
