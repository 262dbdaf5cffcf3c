"""Who did it, and as which actor: a parameter of every operation, never ambient."""

from dataclasses import dataclass

from app.accounts.models import User
from app.areas.models import Actor


@dataclass(frozen=True)
class By:
    """A person acting as one actor."""

    user: User
    actor: Actor

    @property
    def label(self) -> str:
        """`Mette Holm, SSP og opsøgende team`."""
        return f"{self.user.name}, {self.actor.name}"
