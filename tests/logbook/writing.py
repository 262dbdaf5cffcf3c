"""Short ways to write in a log."""

from typing import Any

from app.extensions import db
from app.logbook.kinds import Kind
from app.logbook.models import LogChain, LogEntry
from app.logbook.operations import Author, append
from app.plans.vocabulary import SharingLevel


def by(user_id: int | None = 7, actor_key: str = "ssp") -> Author:
    return Author(user_id, actor_key, "kommunen", "Signe (SSP)")


def write(chain: LogChain, text: str = "Rygte om drab på nettet", **fields: Any) -> LogEntry:
    """Append one entry and commit."""
    fields = {"kind": Kind.FACT, "by": by(), "sharing": SharingLevel.PARTIES} | fields
    entry = append(chain, text=text, **fields)
    db.session.commit()
    return entry
