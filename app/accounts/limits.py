"""Counts wrong tries per account, address or code; before they are checked, so that none slips by beside another."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts import delays
from app.accounts.models import FailedAttempts
from app.extensions import db
from app.lib import clock


def key(kind: str, subject: str) -> str:
    """What the table knows it by: no address or login is kept in the clear."""
    return f"{kind}:{hashlib.sha256(subject.encode()).hexdigest()}"


def try_once(free: Mapping[str, int]) -> timedelta:
    """Count one try on each key (with its number of free tries), or answer how long to wait first.

    Whoever must wait is not counted. Commit before checking password or code; `forgive` the keys when it was right.
    """
    rows = [(_locked(key), free[key]) for key in sorted(free)]
    wait = max((_remaining(row, tries) for row, tries in rows), default=timedelta(0))
    if wait > timedelta(0):
        return wait
    for row, _ in rows:
        row.failures, row.last_at = row.failures + 1, clock.now()
    db.session.flush()
    return timedelta(0)


def forgive(keys: Iterable[str]) -> None:
    """It was right after all: forget what was counted."""
    db.session.execute(sa.delete(FailedAttempts).where(FailedAttempts.key.in_(list(keys))))


def take_back(key: str) -> None:
    """One try on this key was right; the others stay counted."""
    db.session.execute(
        sa.update(FailedAttempts)
        .where(FailedAttempts.key == key, FailedAttempts.failures > 0)
        .values(failures=FailedAttempts.failures - 1)
    )


def forget_old() -> int:
    """Remove rows that no longer delay anybody; the number of them."""
    old = FailedAttempts.last_at < clock.now() - delays.FORGOTTEN_AFTER
    gone = db.session.scalars(sa.delete(FailedAttempts).where(old).returning(FailedAttempts.key))
    return len(gone.all())


def _remaining(row: FailedAttempts, free: int) -> timedelta:
    passed = clock.now() - row.last_at
    if passed > delays.FORGOTTEN_AFTER:
        row.failures = 0
    return max(delays.delay(row.failures, free) - passed, timedelta(0))


def _locked(key: str) -> FailedAttempts:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    new = insert(FailedAttempts).values(key=key, failures=0, last_at=clock.now()).on_conflict_do_nothing()
    db.session.execute(new)
    row = db.session.get(FailedAttempts, key, with_for_update=True, populate_existing=True)
    assert row is not None
    return row
