"""Chains and their entries. The database itself refuses to change them: see migration 0002."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.lib.types import UTCDateTime, enum_column, new_public_id
from app.logbook.kinds import Kind
from app.plans.vocabulary import SharingLevel


class LogChain(Model):
    """One incident's log. `seq`, `head_hash` and `head_at` belong to its last entry, or to its birth."""

    __tablename__ = "log_chains"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("areas.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seq: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str] = mapped_column(sa.String(64))
    head_at: Mapped[datetime] = mapped_column(UTCDateTime)


class LogEntry(Model):
    """One line of the log, known by its chain and number. What names a person is in `content`, which can be erased.

    `at` is when it happened, `recorded_at` when it was written down. `previous_hash` and
    `entry_hash` chain it; see chain.py for what they cover, which is every column.
    """

    __tablename__ = "log_entries"
    __table_args__ = (
        sa.CheckConstraint("seq > 0", name="seq_counts_from_one"),
        sa.CheckConstraint("(content IS NULL) = (salt IS NULL)", name="erased_together"),
        {"sqlite_with_rowid": False},  # with a rowid, INSERT OR REPLACE could push an old row out by it
    )

    chain_id: Mapped[int] = mapped_column(sa.ForeignKey("log_chains.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_late: Mapped[bool]
    author_user_id: Mapped[int | None]
    author_actor_key: Mapped[str] = mapped_column(sa.String(60))
    author_organisation_key: Mapped[str] = mapped_column(sa.String(60))
    sharing: Mapped[SharingLevel] = mapped_column(enum_column(SharingLevel))
    corrects_seq: Mapped[int | None]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    entry_hash: Mapped[str] = mapped_column(sa.String(64))
    salt: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16))
    content: Mapped[str | None] = mapped_column(sa.Text)

    chain: Mapped[LogChain] = relationship()

    is_withheld = False

    @property
    def is_erased(self) -> bool:
        return self.content is None

    @property
    def text(self) -> str | None:
        return self._content().get("text")

    @property
    def author_label(self) -> str | None:
        """The name or function shown as author; None once erased (the actor's key remains)."""
        return self._content().get("author")

    @property
    def on_behalf_of(self) -> str | None:
        """Whose act this records, as "politiet v/ vagtchef, telefon"."""
        return self._content().get("on_behalf_of")

    @property
    def ref(self) -> str | None:
        """What the entry is about, as its owner wrote it; opaque to the log."""
        return self._content().get("ref")

    @property
    def data(self) -> dict[str, Any]:
        return dict(self._content().get("data", {}))

    def _content(self) -> dict[str, Any]:
        # A page asks each of its fifty entries four times. Kept with the row itself, so that it goes when the row goes.
        content, found = self.__dict__.get("_read", (None, {}))
        if content != self.content:
            found = json.loads(self.content) if self.content else {}
            self.__dict__["_read"] = (self.content, found)
        return dict(found)


class ErasureRequest(Model):
    """One person asks that an entry's text be erased; another does it, or lets it be. One per entry."""

    __tablename__ = "erasure_requests"
    __table_args__ = (
        sa.ForeignKeyConstraint(["chain_id", "seq"], ["log_entries.chain_id", "log_entries.seq"]),
        sa.UniqueConstraint("chain_id", "seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    chain_id: Mapped[int]
    seq: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.String(500))
    requested_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime)
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    entry: Mapped[LogEntry] = relationship()
