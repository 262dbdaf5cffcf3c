"""Which plan an area works by: there always is one, and nothing about plans stands in the way of an activation."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.areas.models import Area
from app.extensions import db
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.plans import kokkedal
from app.plans.document import PlanDocument
from app.plans.models import Plan, PlanStatus
from app.plans.reading import from_json

# Only versions that can no longer change, by public id: a row id may come again in another database.
_parsed: dict[str, PlanDocument] = {}
KEPT = 200


class PlanInForce(NamedTuple):
    """What counts now. `plan` is None when the template serves; `warning` says why it is not as it should be."""

    plan: Plan | None
    document: PlanDocument
    warning: Reason | None


def plan_for(area: Area) -> PlanInForce:
    """The approved version, with a warning when its review is overdue; else the latest draft; else the template."""
    approved = _latest(area, PlanStatus.APPROVED)
    if approved:
        return PlanInForce(approved, document_of(approved), _overdue(approved))
    draft = _latest(area, PlanStatus.DRAFT)
    if draft:
        warning = Reason(N_("Området har ingen godkendt plan. Den nyeste kladde gælder, til en plan er godkendt."))
        return PlanInForce(draft, document_of(draft), warning)
    warning = Reason(N_("Området har ingen plan. Kokkedal-modellen gælder, til området har sin egen."))
    return PlanInForce(None, kokkedal.fitted_to(area.actors), warning)


def document_for(area: Area, plan: Plan | None) -> PlanDocument:
    """The document of an incident's own version; without one the template served."""
    return document_of(plan) if plan else kokkedal.fitted_to(area.actors)


def document_of(plan: Plan) -> PlanDocument:
    """The typed document of a version."""
    if plan.status is PlanStatus.DRAFT:
        return from_json(plan.document)
    if plan.public_id not in _parsed:
        if len(_parsed) >= KEPT:
            _parsed.clear()
        _parsed[plan.public_id] = from_json(plan.document)
    return _parsed[plan.public_id]


def versions_of(area: Area) -> list[Plan]:
    """All versions, newest first."""
    return list(db.session.scalars(sa.select(Plan).where(Plan.area_id == area.id).order_by(Plan.version.desc())))


def today() -> date:
    """The date in Denmark."""
    return clock.local(clock.now()).date()


def _latest(area: Area, status: PlanStatus) -> Plan | None:
    return db.session.scalar(
        sa.select(Plan).where(Plan.area_id == area.id, Plan.status == status).order_by(Plan.version.desc()).limit(1)
    )


def _overdue(plan: Plan) -> Reason | None:
    if plan.review_on is None or plan.review_on >= today():
        return None
    text = N_("Planen skulle være gennemgået senest %(date)s. Den gælder stadig. Aftal en dato, og gennemgå den.")
    return Reason(text, {"date": f"{plan.review_on:%d.%m.%Y}"})
