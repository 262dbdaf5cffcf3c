"""A provider that answers as it is told: for tests of the dispatcher, which cares for nothing but the answer."""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.messaging.channels.base import Accepted, Outgoing
from app.messaging.rates import NumberLimit, Rate

Answer = Callable[[Outgoing], None]


@dataclass
class Provider:
    """Takes `delay` seconds for each request, and answers none before `gate` is set.

    `answers` holds, by address, what to raise on each attempt in turn.
    """

    name: str = "log"
    delay: float = 0.0
    gate: threading.Event | None = None
    in_flight: int = 1024
    timeout: float = 5.0
    rate: Rate | None = None
    per_number: NumberLimit | None = None
    answers: dict[str, list[Exception | None]] = field(default_factory=dict)
    began: list[Outgoing] = field(default_factory=list)
    began_at: dict[str, float] = field(default_factory=dict)
    accepted: list[Outgoing] = field(default_factory=list)
    most_at_once: int = 0
    now_in: int = 0

    async def send(self, outgoing: Outgoing) -> Accepted:
        self.began.append(outgoing)
        self.began_at[outgoing.address] = time.monotonic()
        self.now_in += 1
        self.most_at_once = max(self.most_at_once, self.now_in)
        try:
            await asyncio.sleep(self.delay)
            while self.gate is not None and not self.gate.is_set():
                await asyncio.sleep(0.01)
            turns = self.answers.get(outgoing.address, [])
            if turns and (error := turns.pop(0)):
                raise error
        finally:
            self.now_in -= 1
        self.accepted.append(outgoing)
        return Accepted(f"sid-{outgoing.id}-{outgoing.attempt}")
