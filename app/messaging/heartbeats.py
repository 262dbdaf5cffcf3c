"""Signs of life: each job and the dispatcher write when they last did their work."""

from collections.abc import Collection

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging.models import Heartbeat
from app.messaging.once import insert_for

DISPATCHER = "dispatcher"


def beat(job: str, detail: str = "", *, every: int = 0) -> None:
    """The job has done its work now, as it does every so many seconds. `detail` is short, without personal data."""
    row = {"job": job, "last_at": clock.now(), "detail": detail[:120], "every": every}
    db.session.execute(insert_for(Heartbeat).values(row).on_conflict_do_update(index_elements=["job"], set_=row))


def failed(job: str, detail: str, *, every: int = 0) -> None:
    """The job could not do its work: the time of its last success stays."""
    row = {"job": job, "last_at": clock.now(), "detail": detail[:120], "every": every}
    insert = insert_for(Heartbeat).values(row)
    db.session.execute(insert.on_conflict_do_update(index_elements=["job"], set_={"detail": row["detail"]}))


def keep_only(jobs: Collection[str]) -> None:
    """Forget what no version runs any more: it would be late for ever."""
    db.session.execute(sa.delete(Heartbeat).where(Heartbeat.job.not_in([*jobs, DISPATCHER])))
