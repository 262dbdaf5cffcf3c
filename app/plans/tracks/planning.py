"""Who writes and approves the plan itself: its own parties, and never one of them alone."""

from collections.abc import Collection
from dataclasses import dataclass

from app.lib.i18n import N_
from app.plans.document import PlanDocument
from app.plans.tracks.facts import YES, Ruling, Who, no, only_coordinators


@dataclass(frozen=True)
class Yes:
    """Somebody's yes to a draft as it stands: the person, and the party it was said for."""

    user_id: int
    actor_key: str


def may_edit_plan(plan: PlanDocument, who: Who) -> Ruling:
    """Draft, change, discard: a coordinator of a party of the plan in force, the police among them."""
    if not who.is_member or who.actor_key not in plan.party_keys:
        can = plan.party_keys
        return no(N_("Planen skrives af dens parter: %(who)s."), *can, who=plan.called_all(can))
    return YES if who.coordinates else only_coordinators(who)


def may_approve_plan(plan: PlanDocument, who: Who, given: Collection[Yes]) -> Ruling:
    """Two persons of two parties. `plan` is the one in force: nobody writes themselves in to approve."""
    editing = may_edit_plan(plan, who)
    if not editing:
        return editing
    others = [key for key in plan.party_keys if key not in {yes.actor_key for yes in given}]
    if any(yes.user_id == who.user_id for yes in given):
        return no(N_("Du har allerede sagt ja. En koordinator hos en anden part siger ja næst."), *others)
    if any(yes.actor_key == who.actor_key for yes in given):
        return no(N_("I har allerede sagt ja. En koordinator hos en anden part siger ja næst."), *others)
    return YES
