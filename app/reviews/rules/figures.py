"""One figure of an evaluation: what it is called, what it says, how it stands to the plan, and where it comes from."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.lib import wall
from app.reviews.rules.criteria import Criterion


class State(StrEnum):
    """How it stands; `NONE` where the plan has no target, or none that counted."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    NONE = "none"


@dataclass(frozen=True)
class Figure:
    """`label` and `value` are Danish texts with what fills them, said in the reader's language when shown.

    `refs` are places in the timeline: `e-<chain>-<seq>` for an entry of the log, `c-<id>` for a call-out's text.
    """

    criterion: Criterion
    label: str
    value: str
    label_with: dict[str, Any]
    value_with: dict[str, Any]
    state: State = State.NONE
    refs: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it is kept when a review is locked."""
        return asdict(self) | {"refs": list(self.refs)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Figure":
        """Back again."""
        known = {"criterion": Criterion(kept["criterion"]), "state": State(kept["state"]), "refs": tuple(kept["refs"])}
        return cls(**(kept | known))


def length(delta: timedelta) -> str:
    """`under 1 min`, `12 min`, `3 t 05 min`, `4 dage`: the same in every language."""
    minutes = int(abs(delta).total_seconds() // 60)
    if minutes < 1:
        return "< 1 min"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} t {minutes % 60:02d} min" if minutes < 2880 else f"{minutes // 1440} d"


def hour(moment: datetime) -> str:
    """`23.58`, Danish clocks."""
    return f"{wall.local(moment):%H.%M}"


def refs(*found: str | None) -> tuple[str, ...]:
    """Those that are known, each once."""
    return tuple(dict.fromkeys(ref for ref in found if ref))
