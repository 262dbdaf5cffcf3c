"""What is read about deliveries and about the dispatcher itself."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging.heartbeats import DISPATCHER
from app.messaging.models import Delivery, Heartbeat
from app.messaging.states import DeliveryState

SILENCE = timedelta(seconds=60)


_beats = Heartbeat.__table__
# When the dispatcher last did its work: for questions that want to know it along with something else.
LAST_SIGN = sa.select(_beats.c.last_at).where(_beats.c.job == DISPATCHER).scalar_subquery()
_ASK_FOR_IT = sa.select(LAST_SIGN)


def late(now: datetime | None = None) -> bool:
    """Whether the dispatcher has not shown a sign of life for a minute: "Afsenderen kører ikke"."""
    return is_silence(db.session.scalar(_ASK_FOR_IT), now)


def is_silence(last_sign: datetime | None, now: datetime | None = None) -> bool:
    """The same, by when the last sign came."""
    return last_sign is None or (now or clock.now()) - last_sign > SILENCE


def pulse(now: datetime | None = None) -> dict[str, bool]:
    """Each job by name, and whether it is in time; the dispatcher too, which must have run once."""
    now = now or clock.now()
    beats = list(db.session.scalars(sa.select(Heartbeat).order_by(Heartbeat.job)))
    in_time = {beat.job: now - beat.last_at <= SILENCE + timedelta(seconds=beat.every) for beat in beats}
    return {DISPATCHER: False} | in_time


def delivery(public_id: str) -> Delivery | None:
    """One delivery."""
    return db.session.scalar(sa.select(Delivery).where(Delivery.public_id == public_id))


def progress(*, about: str | None = None, group: str | None = None) -> dict[DeliveryState, int]:
    """How many deliveries stand in each state; states without any are left out. One query."""
    given = ((Delivery.about, about), (Delivery.group, group))
    mine = [column == value for column, value in given if value is not None]
    if not mine:
        raise ValueError("say what to count: about or group")
    counts = sa.select(Delivery.state, sa.func.count()).where(*mine).group_by(Delivery.state)
    return {row[0]: row[1] for row in db.session.execute(counts)}
