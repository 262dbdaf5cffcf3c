"""The promise every channel keeps: one text in, one clear answer out. Sees no database."""

from dataclasses import dataclass
from typing import Protocol

from app.messaging.rates import Rate


@dataclass(frozen=True)
class Outgoing:
    """All that a channel may know. `id` stays the same over repeats of one delivery."""

    id: str
    attempt: int
    name: str
    address: str
    language: str
    subject: str | None
    text: str
    is_exercise: bool


@dataclass(frozen=True)
class Accepted:
    """The provider took the text and calls it `provider_id`."""

    provider_id: str


class TemporaryFailure(Exception):
    """Surely not taken now; may be taken later. `code` is short and free of personal data."""

    def __init__(self, code: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


class PermanentFailure(Exception):
    """Surely not taken, and never will be."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Channel(Protocol):
    """A way out. Any other exception than the two above, or passing `timeout` seconds, means: nobody knows."""

    @property
    def name(self) -> str: ...

    @property
    def in_flight(self) -> int:
        """Most requests at one time, for each lane."""

    @property
    def timeout(self) -> float: ...

    @property
    def rate(self) -> Rate | None:
        """None: as fast as it goes."""

    async def send(self, outgoing: Outgoing) -> Accepted: ...
