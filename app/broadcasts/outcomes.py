"""What became of deliveries shows in the room at once."""

import re

from app.broadcasts.models import Broadcast
from app.extensions import db
from app.incidents import log
from app.messaging.hooks import Ended

_GROUP = re.compile(r"broadcast:(\d+)")


def on_outcome(ended: list[Ended]) -> None:
    """The panel of who is informed moves on."""
    ids = {int(found[1]) for d in ended if (found := _GROUP.fullmatch(d.group))}
    for broadcast_id in sorted(ids):
        broadcast = db.session.get(Broadcast, broadcast_id)
        if broadcast is not None:
            log.changed(broadcast.incident, "informed")
