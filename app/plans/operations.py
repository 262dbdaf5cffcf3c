"""A plan's life: made from the template, approved, superseded. An approved version never changes."""

from datetime import date, timedelta

import sqlalchemy as sa

from app.areas.by import By
from app.areas.models import Area
from app.errors import Refused
from app.extensions import db
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.plans import kokkedal
from app.plans.document import PlanDocument
from app.plans.models import Plan, PlanStatus
from app.plans.queries import today
from app.plans.reading import from_json, to_json

REVIEWED_WITHIN = timedelta(days=365)


def create_from_template(area: Area, by: By) -> Plan:
    """A new draft of Kokkedal-modellen with the area's own names."""
    return create_version(area, kokkedal.fitted_to(area.actors), by.label)


def create_version(area: Area, document: PlanDocument, created_by: str) -> Plan:
    """A new version of this wording, not yet approved."""
    plan = Plan(
        area=area, version=_next_version(area), status=PlanStatus.DRAFT, created_at=clock.now(),
        created_by=created_by[:250], document=to_json(document),
    )
    db.session.add(plan)
    db.session.flush()
    return plan


def approve(plan: Plan, by: By, review_on: date | None = None, *, approved_by: str = "") -> Plan:
    """The draft counts from now; the version before is superseded. Reviewed within a year unless said otherwise.

    `approved_by` names everybody who said yes, where it is more than one. Raises Refused when it is no draft,
    PlanFaults when the document cannot be used.
    """
    if plan.status is not PlanStatus.DRAFT:
        raise Refused(Reason(N_("Kun en kladde kan godkendes. Lav en ny version.")))
    from_json(plan.document)
    _supersede_approved(plan)
    plan.status = PlanStatus.APPROVED
    plan.approved_at, plan.approved_by = clock.now(), (approved_by or by.label)[:250]
    plan.review_on = review_on or today() + REVIEWED_WITHIN
    db.session.flush()
    return plan


def _supersede_approved(plan: Plan) -> None:
    # Two approvals at once: one after the other, so that only one version counts.
    db.session.execute(sa.select(Area.id).where(Area.id == plan.area_id).with_for_update())
    before = sa.select(Plan).where(Plan.area_id == plan.area_id, Plan.status == PlanStatus.APPROVED)
    for version in db.session.scalars(before):
        version.status = PlanStatus.SUPERSEDED
    db.session.flush()


def _next_version(area: Area) -> int:
    return 1 + (db.session.scalar(sa.select(sa.func.max(Plan.version)).where(Plan.area_id == area.id)) or 0)
