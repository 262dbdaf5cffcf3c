"""Which worker reads which file: taken with a lease, so that one that dies is taken over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.extensions import db
from app.indicators.models import IndicatorImport
from app.indicators.vocabulary import WAITING, ImportState
from app.lib import clock

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3


@dataclass(frozen=True)
class Claimed:
    """An import that this worker reads, as long as `attempt` is the newest."""

    import_id: int
    attempt: int


class Lost(Exception):
    """Another worker has taken over, or somebody has called it off."""


def extended() -> datetime:
    """Until when a worker that gives a sign of life now is trusted."""
    return clock.now() + LEASE


def anything_waits() -> bool:
    """Cheap, for the job that looks every other second."""
    return bool(db.session.scalar(sa.select(sa.exists().where(_free()))))


def claim_next() -> Claimed | None:
    """The next one that nobody reads; the caller commits."""
    query = sa.select(IndicatorImport).where(_free()).order_by(IndicatorImport.id).limit(1)
    imported = db.session.scalar(query.with_for_update(skip_locked=True, of=IndicatorImport))
    if imported is None:
        return None
    imported.state, imported.attempts, imported.leased_until = ImportState.CHECKING, imported.attempts + 1, extended()
    imported.rows_read = imported.rows_kept = imported.error_count = 0
    return Claimed(imported.id, imported.attempts)


def _free() -> sa.ColumnElement[bool]:
    is_free = sa.or_(IndicatorImport.leased_until.is_(None), IndicatorImport.leased_until < clock.now())
    return sa.and_(IndicatorImport.state.in_(WAITING), is_free)
