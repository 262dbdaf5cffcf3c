"""The channel that reaches nobody: the delivery's own row is all it leaves. The demo's phone page shows it."""

from app.messaging.channels.base import Accepted, Outgoing
from app.messaging.rates import NumberLimit, Rate


class LogChannel:
    """Takes everything, writes nothing, neither outward nor to any log."""

    name = "log"
    in_flight = 1024
    timeout = 5.0
    rate: Rate | None = None
    per_number: NumberLimit | None = None

    async def send(self, outgoing: Outgoing) -> Accepted:
        """Always accepted."""
        return Accepted(f"log-{outgoing.id}-{outgoing.attempt}")
