"""Which worker reads which file: taken with a lease, so that one that dies is taken over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.extensions import db
from app.importing.desk import Desk
from app.importing.states import WAITING, ImportState
from app.lib import clock

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3


@dataclass(frozen=True)
class Claimed:
    """An upload that this worker reads, as long as `attempt` is the newest."""

    desk: Desk
    import_id: int
    attempt: int


class Lost(Exception):
    """Another worker has taken over, or somebody has called it off."""


def extended() -> datetime:
    """Until when a worker that gives a sign of life now is trusted."""
    return clock.now() + LEASE


def anything_waits(desk: Desk) -> bool:
    """Cheap, for the job that looks every other second."""
    return bool(db.session.scalar(sa.select(sa.exists().where(_free(desk)))))


def claim_next(desk: Desk) -> Claimed | None:
    """The next one that nobody reads; the caller commits."""
    query = sa.select(desk.model).where(_free(desk)).order_by(desk.model.id).limit(1)
    imported = db.session.scalar(query.with_for_update(skip_locked=True, of=desk.model))
    if imported is None:
        return None
    imported.state, imported.attempts, imported.leased_until = ImportState.CHECKING, imported.attempts + 1, extended()
    imported.rows_read = imported.rows_kept = imported.error_count = 0
    return Claimed(desk, imported.id, imported.attempts)


def _free(desk: Desk) -> sa.ColumnElement[bool]:
    model = desk.model
    is_free = sa.or_(model.leased_until.is_(None), model.leased_until < clock.now())
    return sa.and_(model.state.in_(WAITING), is_free)
