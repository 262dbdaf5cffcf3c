"""Who takes part, how each is woken, and who leads when it begins."""

from app.plans.document import PlanDocument
from app.plans.tracks.facts import Participant
from app.plans.vocabulary import POLICE, CallLevel, Track


def participants(
    plan: PlanDocument, track: Track, category_key: str, activator_actor: str, recorded_by: str | None = None
) -> tuple[Participant, ...]:
    """The parties in the plan's order, then whoever activated or recorded without being one. Never the police in B."""
    # Whoever recorded sits with the phone; the police it was recorded for get the written word as well.
    here = recorded_by or activator_actor
    joined = tuple(key for key in (activator_actor, recorded_by) if key)
    return tuple(
        Participant(key, _level(plan, category_key, key), key == here)
        for key in dict.fromkeys(plan.party_keys + joined)
        if track is Track.POLICE or key != POLICE
    )


def _level(plan: PlanDocument, category_key: str, actor_key: str) -> CallLevel:
    if actor_key not in plan.party_keys:
        return CallLevel.WHEN_NEEDED  # it is here already; its colleagues sleep on
    category = plan.category(category_key)
    return category.level(actor_key) if category else CallLevel.CALL_NOW


def default_leader(plan: PlanDocument, track: Track, activator_actor: str) -> str:
    """The police lead a politisag; otherwise the activator, until somebody else is chosen or takes over."""
    if track is Track.POLICE:
        return POLICE
    return plan.review_leader if activator_actor == POLICE else activator_actor


def leader_choices(track: Track, participating: tuple[str, ...]) -> tuple[str, ...]:
    """The actors that may be chosen as leader at activation."""
    return (POLICE,) if track is Track.POLICE else tuple(key for key in participating if key != POLICE)
