"""What the page about a text says of its way: where it listens, whom it did not reach, what can be tried."""

from app.broadcasts.models import Broadcast
from app.broadcasts.page import Sending
from app.broadcasts.states import BroadcastState
from app.broadcasts.unreached import other_ways, unreached
from app.incidents.log import topic_of
from app.messaging.states import DeliveryState
from app.plans.tracks import may_withdraw, may_write_broadcast

NAMED = 50


def topics(broadcast: Broadcast) -> dict[str, str]:
    """What the page listens to, by its own names."""
    return {"informed": topic_of(broadcast.incident_id, "informed")}


def way_of(page: Sending, broadcast: Broadcast) -> dict[str, object]:
    """Whom it did not reach, by name where the reader may read names, and how many can be tried otherwise."""
    rows = unreached(broadcast)
    writes = page.may(may_write_broadcast, after=broadcast.is_after)
    names = [
        (page.name_of(contact), delivery.state is DeliveryState.UNCERTAIN) for _, delivery, contact in rows[:NAMED]
    ]
    stops = broadcast.state is BroadcastState.UNDER_WAY and page.may(may_withdraw, after=broadcast.is_after)
    return {
        "may_stop": bool(stops), "names": names, "more": max(0, len(rows) - NAMED),
        "others": len(other_ways(broadcast)) if rows and writes and not broadcast.stopped_at else 0,
    }  # fmt: skip
