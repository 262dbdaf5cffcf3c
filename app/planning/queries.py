"""What is read of an area's draft: the open one, who changed it, whose yes stands, and what learning lies beside it."""

from collections import defaultdict
from datetime import date

import sqlalchemy as sa

from app.areas.models import Area
from app.areas.queries import members_of, police_in_area
from app.areas.roles import Role
from app.extensions import db
from app.incidents.access import Reader
from app.lib import clock
from app.planning.models import PlanApproval, PlanDraft, PlanEdit, PlanProposal
from app.planning.rules.findings import Around
from app.plans.models import Plan, PlanStatus
from app.plans.places import Section
from app.plans.queries import today
from app.reviews.models import LearningPoint
from app.reviews.queries import points_for


def draft_of(area: Area) -> PlanDraft | None:
    """The area's open draft."""
    return db.session.scalar(sa.select(PlanDraft).where(PlanDraft.area_id == area.id, PlanDraft.ended_at.is_(None)))


def last_draft_of(area: Area) -> PlanDraft | None:
    """The newest, whether it has ended or not."""
    query = sa.select(PlanDraft).where(PlanDraft.area_id == area.id).order_by(PlanDraft.id.desc())
    return db.session.scalar(query.limit(1))


def edits_of(draft: PlanDraft, limit: int = 20) -> list[PlanEdit]:
    """The newest changes first."""
    query = sa.select(PlanEdit).where(PlanEdit.draft_id == draft.id).order_by(PlanEdit.number.desc())
    return list(db.session.scalars(query.limit(limit)))


def approvals_of(draft: PlanDraft) -> list[PlanApproval]:
    """Those to the draft as it stands now."""
    query = sa.select(PlanApproval).where(PlanApproval.draft_id == draft.id, PlanApproval.number == draft.number)
    return list(db.session.scalars(query.order_by(PlanApproval.id)))


def proposals_of(draft: PlanDraft) -> list[PlanProposal]:
    """Every learning point that the draft takes up, whoever may read it: for the approval, never to show."""
    return list(db.session.scalars(sa.select(PlanProposal).where(PlanProposal.draft_id == draft.id)))


def proposals_for(
    draft: PlanDraft, reader: Reader, section: Section | None = None
) -> list[tuple[PlanProposal, LearningPoint]]:
    """Those of incidents that the reader may see."""
    placed = {one.point: one for one in proposals_of(draft) if section in (None, one.section)}
    if not placed:
        return []
    return [(placed[p.public_id], p) for p, _ in points_for(reader) if p.public_id in placed and p.closed_at is None]


def around(area: Area) -> Around:
    """What a draft of this area stands in."""
    people: dict[str, set[int]] = defaultdict(set)
    users = {}
    for member in members_of(area):
        if member.role is Role.COORDINATOR and member.user.may_sign_in(clock.now()):
            people[member.actor.key].add(member.user.id)
            users[member.user.id] = member.user
    police = frozenset(user_id for user_id, user in users.items() if police_in_area(user, area))
    named = {actor.key: actor.name for actor in area.actors}
    return Around(today(), named, {key: frozenset(found) for key, found in people.items()}, police)


def to_review_until(day: date) -> list[Plan]:
    """Plans in force whose review falls by that day: for the job that reminds."""
    query = sa.select(Plan).where(Plan.status == PlanStatus.APPROVED, Plan.review_on <= day)
    return list(db.session.scalars(query.order_by(Plan.id)))
