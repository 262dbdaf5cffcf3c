"""The promise every channel keeps: one text in, one clear answer out. Sees no database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from app.messaging.rates import NumberLimit, Rate
from app.messaging.states import ReceiverKind


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
    receiver_kind: ReceiverKind
    priority: int
    valid_until: datetime


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

    @property
    def per_number(self) -> NumberLimit | None:
        """What one address may get in an hour; None: as much as there is."""

    async def send(self, outgoing: Outgoing) -> Accepted: ...


@runtime_checkable
class EndsCalls(Protocol):
    """A channel whose deliveries go on for a while after they were accepted: a phone that rings."""

    async def end(self, provider_id: str) -> None: ...


@runtime_checkable
class LooksUp(Protocol):
    """A channel that can be asked what it has taken. Finding it is proof; not finding it is none."""

    async def look_up(self, address: str, text: str, since: datetime) -> list[str]: ...


@runtime_checkable
class Answers(Protocol):
    """A channel that can be asked whether it is there, without sending anything. Any exception: it is not."""

    async def answers(self) -> None: ...


@runtime_checkable
class Closes(Protocol):
    """A channel that holds connections."""

    async def close(self) -> None: ...
