"""What the scheduler and the messaging slots call; one commit per round."""

from app.callout import operations, queries
from app.callout.models import Callout
from app.extensions import db
from app.incidents.locks import locked


def take_due_steps() -> int:
    """Take the steps that are due. Any number of workers may: a step is taken under the incident's lock, once."""
    due = queries.due_callouts()
    db.session.rollback()
    for callout_id in due:
        callout = db.session.get_one(Callout, callout_id)
        locked(callout.incident)
        db.session.refresh(callout)
        operations.take_due_steps(callout)
        db.session.commit()
    return len(due)
