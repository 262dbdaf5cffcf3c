"""How every page of a draft reaches it: who writes, in which area, and the draft as it stands now."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, abort, request

from app.areas.models import Area
from app.extensions import db
from app.incidents.access import Reader, reader
from app.incidents.ruling import demand
from app.planning import queries
from app.planning.models import PlanDraft
from app.planning.rules.findings import Finding, findings
from app.plans.document import PlanDocument
from app.plans.queries import PlanInForce, plan_for
from app.plans.reading import shape_of
from app.plans.tracks import may_edit_plan

blueprint = Blueprint("planning", __name__, url_prefix="/plan/draft")


@dataclass(frozen=True)
class Desk:
    """A coordinator of one of the plan's parties with the area's open draft before them."""

    reader: Reader
    in_force: PlanInForce
    draft: PlanDraft

    @property
    def area(self) -> Area:
        return self.reader.area

    @property
    def plan(self) -> PlanDocument:
        """The draft as it stands now: read anew, since somebody else may just have written."""
        return shape_of(self.draft.document)

    @property
    def findings(self) -> list[Finding]:
        return findings(self.plan, self.draft.review_on, queries.around(self.area))

    @property
    def is_over(self) -> bool:
        """Approved or discarded while somebody still wrote in it."""
        return self.draft.ended_at is not None

    def hold(self) -> None:
        """The draft's row is held until the transaction ends, and what was read before is read anew."""
        mine = sa.select(PlanDraft).where(PlanDraft.id == self.draft.id).with_for_update(of=PlanDraft)
        db.session.scalars(mine.execution_options(populate_existing=True)).one()
        db.session.expire_all()


def writer() -> tuple[Reader, PlanInForce]:
    """Who asks, when they may write the plan; Refused with who can, when not."""
    who = reader()
    in_force = plan_for(who.area)
    demand(may_edit_plan(in_force.document, who.who), who.area)
    return who, in_force


def desk_or_404() -> Desk:
    """The open draft before somebody who may write it; what is sent to one that has ended finds that one."""
    who, in_force = writer()
    draft = queries.draft_of(who.area)
    if draft is None and request.method == "POST":
        draft = queries.last_draft_of(who.area)
    return Desk(who, in_force, draft or abort(404))
