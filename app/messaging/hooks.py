"""Slots that higher packages fill in wiring.py, so that news can travel up."""

from collections.abc import Callable
from typing import NamedTuple, Self

from app.messaging.models import Delivery, InboundMessage
from app.messaging.states import DeliveryState


class Ended(NamedTuple):
    """A delivery that came to rest in a new state: what those above may want to know of it."""

    id: int
    address: str
    about: str
    group: str
    state: DeliveryState
    code: str | None

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """The same of a whole row."""
        return cls(delivery.id, delivery.address, delivery.about, delivery.group, delivery.state, delivery.error_code)


# A reply came: answer whether it answered a question of yours. The message's text is there to read, not to keep.
on_reply: list[Callable[[InboundMessage], bool]] = []

# Whether a call that the machine makes asks for a key; one that nobody asks with only tells.
asks_for_key: list[Callable[[Delivery], bool]] = []

# A key was pressed in a call that the machine made: answer what the person is told, or None when it means nothing.
on_key: list[Callable[[Delivery, str], str | None]] = []

# Results were recorded, in the recording transaction: sent, delivered, failed, expired or uncertain.
on_outcome: list[Callable[[list[Ended]], None]] = []

# The addresses of an area (by its id) that are the police's now: a delivery `without_police` that was queued before
# they were does not leave. Asked in the claim, so that nothing is forgotten by whoever queued it.
police_addresses: list[Callable[[int], frozenset[str]]] = []
