"""What the scheduler calls: texts whose planned time has come, one commit each; and receivers to forget."""

import sqlalchemy as sa

from app.broadcasts import queries
from app.broadcasts.models import Broadcast, Recipient
from app.broadcasts.operations import send_planned as send
from app.errors import Refused
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock
from app.messaging.jobs import BATCH, DELIVERIES_KEPT
from app.plans.vocabulary import IncidentStatus


def forget_recipients(*, only_count: bool = False) -> int:
    """Blank who a text went to, half a year after it left, when the incident is over. How many and of whom stays.

    Answers how many; `only_count` changes nothing.
    """
    left = sa.func.coalesce(Broadcast.queued_at, Broadcast.asked_at, Broadcast.made_at)
    old = (
        sa.select(Recipient.id)
        .join(Broadcast, Recipient.broadcast_id == Broadcast.id)
        .join(Incident, Broadcast.incident_id == Incident.id)
        .where(
            Recipient.forgotten_at.is_(None), left < clock.now() - DELIVERIES_KEPT,
            Incident.status != IncidentStatus.ACTIVE,  # a correction must still find them
        )
    )  # fmt: skip
    if only_count:
        return db.session.scalar(sa.select(sa.func.count()).select_from(old.subquery())) or 0
    done = 0
    while ids := list(db.session.scalars(old.order_by(Recipient.id).limit(BATCH))):
        blank = {"name": "", "address": None, "forgotten_at": clock.now()}
        db.session.execute(sa.update(Recipient).where(Recipient.id.in_(ids)).values(blank))
        db.session.commit()
        done += len(ids)
    return done


def send_planned() -> int:
    """Answers how many were looked at."""
    due = queries.planned()
    db.session.rollback()
    for broadcast_id in due:
        try:
            send(db.session.get_one(Broadcast, broadcast_id))
            db.session.commit()
        except Refused:  # somebody was faster: it is cancelled or under way
            db.session.rollback()
    return len(due)
