"""What the scheduler calls: texts whose planned time has come; one commit each."""

from app.broadcasts import queries
from app.broadcasts.models import Broadcast
from app.broadcasts.operations import send_planned as send
from app.errors import Refused
from app.extensions import db


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
