"""The agreed plan's versions and who stands where."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from app.direction import rules
from app.direction.models import AgreedPlan, Stance
from app.extensions import db
from app.incidents.log import topic_of
from app.incidents.models import Incident
from app.lib import clock
from app.live.operations import raised_by
from app.live.remembered import unless_none
from app.plans.vocabulary import IncidentStatus, Track

AGREED_WITHIN = timedelta(minutes=30)


def latest_plan(incident: Incident) -> AgreedPlan | None:
    """The newest version, None before the first."""

    def ask() -> Sequence[AgreedPlan]:
        query = sa.select(AgreedPlan).where(AgreedPlan.incident_id == incident.id)
        return db.session.scalars(query.order_by(AgreedPlan.number.desc()).limit(1)).all()

    return next(iter(unless_none(f"agreed-plan:{incident.public_id}", _topic(incident.id), ask)), None)


def _topic(incident_id: int) -> str:
    return topic_of(incident_id, "direction")


raised_by(AgreedPlan, lambda plan: (_topic(plan.incident_id),))


def version(incident: Incident, number: int) -> AgreedPlan | None:
    """One version."""
    query = sa.select(AgreedPlan).where(AgreedPlan.incident_id == incident.id, AgreedPlan.number == number)
    return db.session.scalar(query)


def versions_of(incident: Incident) -> list[AgreedPlan]:
    """All of them, the newest first."""
    query = sa.select(AgreedPlan).where(AgreedPlan.incident_id == incident.id)
    return list(db.session.scalars(query.order_by(AgreedPlan.number.desc())))


def last_stances(incident: Incident) -> dict[int, tuple[int, Stance]]:
    """By actor id: the newest version that the party has said anything of, and what."""
    query = sa.select(AgreedPlan.number, Stance).join(Stance.plan).where(AgreedPlan.incident_id == incident.id)
    rows = db.session.execute(query.order_by(AgreedPlan.number))
    return {stance.actor_id: (number, stance) for number, stance in rows}


def is_agreed(incident: Incident) -> bool:
    """Whether enough parties have ever agreed with the same version."""
    agreeing = (
        sa.select(sa.func.count())
        .select_from(Stance)
        .join(Stance.plan)
        .where(AgreedPlan.incident_id == incident.id, Stance.agrees.is_(True))
        .group_by(Stance.plan_id)
    )
    here = sum(p.ended_at is None for p in incident.participations)
    return max(db.session.scalars(agreeing), default=0) >= rules.enough(here)


def is_late(incident: Incident) -> bool:
    """Half an hour has gone without an agreement."""
    if not incident.is_open or incident.is_afterwards or clock.now() < incident.activated_at + AGREED_WITHIN:
        return False
    return not is_agreed(incident)


def perhaps_late(limit: int = 200) -> list[int]:
    """Ids of open incidents without the police that are older than half an hour and not too old to be told of it."""
    now = clock.now()
    query = sa.select(Incident.id).where(
        Incident.track == Track.NON_POLICE,
        Incident.status == IncidentStatus.ACTIVE,
        Incident.is_afterwards.is_(False),
        Incident.activated_at <= now - AGREED_WITHIN,
        Incident.activated_at > now - 4 * AGREED_WITHIN,
    )
    return list(db.session.scalars(query.limit(limit)))
