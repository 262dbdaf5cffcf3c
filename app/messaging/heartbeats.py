"""Signs of life: each job and the dispatcher write when they last did their work."""

from app.extensions import db
from app.lib import clock
from app.messaging.models import Heartbeat
from app.messaging.once import insert_for

DISPATCHER = "dispatcher"


def beat(job: str, detail: str = "") -> None:
    """The job has done its work now. `detail` is short and free of personal data."""
    row = {"job": job, "last_at": clock.now(), "detail": detail[:120]}
    db.session.execute(insert_for(Heartbeat).values(row).on_conflict_do_update(index_elements=["job"], set_=row))


def failed(job: str, detail: str) -> None:
    """The job could not do its work: the time of its last success stays."""
    row = {"job": job, "last_at": clock.now(), "detail": detail[:120]}
    insert = insert_for(Heartbeat).values(row)
    db.session.execute(insert.on_conflict_do_update(index_elements=["job"], set_={"detail": row["detail"]}))
