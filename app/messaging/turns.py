"""One turn at the database: write down what ended and claim what the free slots take, in one transaction.

Two commits would each wait for the disk, and a freed slot for both of them.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from app.messaging import claims, results
from app.messaging.claims import Claimed, Sender
from app.messaging.results import Result


class Wanted(NamedTuple):
    """A sender that has this many slots free."""

    sender: Sender
    slots: int


def turn(ended: Sequence[Result], wanted: Sequence[Wanted], worker: str, lease: timedelta) -> list[list[Claimed]]:
    """What each of the wanted got, to be sent as soon as this has committed. Recording comes last: it raises topics."""
    due = claims.due([one.sender for one in wanted]) if wanted else []
    taken = [claims.take(*one, worker, lease) if one.sender in due else [] for one in wanted]
    if ended:
        results.record(ended)
    return taken
