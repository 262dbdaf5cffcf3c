"""Broadcasts of an incident, their recipients and progress, and which audiences the police have let free."""

from collections.abc import Collection, Iterable
from datetime import timedelta

import sqlalchemy as sa

from app.broadcasts.models import Broadcast, Recipient, StandingRelease
from app.broadcasts.states import BroadcastState, Progress, progress
from app.extensions import db
from app.incidents.access import Reader, reachable
from app.incidents.models import Incident
from app.lib import clock
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState

OTHERS_WITHIN = timedelta(hours=6)


def broadcasts_of(incident: Incident) -> list[Broadcast]:
    """The newest first, whatever became of them."""
    query = sa.select(Broadcast).where(Broadcast.incident_id == incident.id)
    return list(db.session.scalars(query.order_by(Broadcast.number.desc())))


def broadcast(incident: Incident, public_id: str) -> Broadcast | None:
    """One of them."""
    query = sa.select(Broadcast).where(Broadcast.incident_id == incident.id, Broadcast.public_id == public_id)
    return db.session.scalar(query)


def next_number(incident: Incident) -> int:
    """What the next one is called."""
    last = sa.select(sa.func.max(Broadcast.number)).where(Broadcast.incident_id == incident.id)
    return 1 + (db.session.scalar(last) or 0)


def recipients_of(broadcast: Broadcast) -> list[Recipient]:
    """As they were frozen."""
    query = sa.select(Recipient).where(Recipient.broadcast_id == broadcast.id)
    return list(db.session.scalars(query.order_by(Recipient.name, Recipient.id)))


def progress_of(broadcasts: Iterable[Broadcast]) -> dict[int, Progress]:
    """How far each has come, by its id. One query."""
    ids = {one.group: one.id for one in broadcasts}
    counts: dict[int, dict[DeliveryState, int]] = {one: {} for one in ids.values()}
    query = (
        sa.select(Delivery.group, Delivery.state, sa.func.count())
        .where(Delivery.group.in_(ids))
        .group_by(Delivery.group, Delivery.state)
    )
    for group, state, count in db.session.execute(query):
        counts[ids[group]][state] = count
    return {one: progress(found) for one, found in counts.items()}


def free_audiences(incident: Incident) -> list[StandingRelease]:
    """What the police have let free and not taken back."""
    query = sa.select(StandingRelease).where(
        StandingRelease.incident_id == incident.id, StandingRelease.ended_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(StandingRelease.id)))


def is_free(broadcast: Broadcast) -> bool:
    """Every audience of the text is let free."""
    free = {one.audience_key for one in free_audiences(broadcast.incident)}
    return bool(broadcast.audiences) and set(broadcast.audiences) <= free


def lately_to(reader: Reader, audiences: Collection[str], but: Broadcast) -> list[Broadcast]:
    """Other texts to the same audiences within six hours, of incidents that the reader may see; the newest first."""
    seen = reachable(reader).order_by(None).with_only_columns(Incident.id)
    query = sa.select(Broadcast).where(
        Broadcast.incident_id.in_(seen),
        Broadcast.id != but.id,
        Broadcast.state.in_([BroadcastState.RELEASED, BroadcastState.UNDER_WAY]),
        Broadcast.released_at > clock.now() - OTHERS_WITHIN,
    )
    found = db.session.scalars(query.order_by(Broadcast.released_at.desc()))
    return [one for one in found if set(one.audiences) & set(audiences)]


def planned(limit: int = 100) -> list[int]:
    """Ids of released texts whose planned time has come."""
    query = sa.select(Broadcast.id).where(
        Broadcast.state == BroadcastState.RELEASED, Broadcast.planned_at <= clock.now()
    )
    return list(db.session.scalars(query.order_by(Broadcast.id).limit(limit)))
