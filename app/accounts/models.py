"""Who can sign in, the phones they registered, failed attempts, and the audit trail of grants."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.lib.types import UTCDateTime, json_column, new_public_id

# The declaration's text changes with its number; whoever accepted an older one is asked again.
DECLARATION_VERSION = 1


class User(UserMixin, Model):
    """A person with a personal login. `session_epoch` is part of the session: raising it ends them all."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)  # lower case; the login name
    phone: Mapped[str | None] = mapped_column(sa.String(20))  # E.164
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_deactivated: Mapped[bool] = mapped_column(default=False)
    session_epoch: Mapped[int] = mapped_column(default=1)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a colleague let in for 24 hours
    declaration_version: Mapped[int] = mapped_column(default=0)
    declaration_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    language: Mapped[str | None] = mapped_column(sa.String(5))  # of the screen alone; None: Danish
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    phones: Mapped[list["RegisteredPhone"]] = relationship(back_populates="user", cascade="all, delete-orphan")

    def get_id(self) -> str:
        """What the session holds: the epoch makes old sessions worthless."""
        return f"{self.id}:{self.session_epoch}"

    def may_sign_in(self, now: datetime) -> bool:
        return not self.is_deactivated and (self.expires_at is None or self.expires_at > now)

    @property
    def has_declared(self) -> bool:
        return self.declaration_version >= DECLARATION_VERSION


class RegisteredPhone(Model):
    """A phone that stays signed in for activation and acknowledgement. Only the token's hash is kept."""

    __tablename__ = "registered_phones"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=new_public_id)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    label: Mapped[str] = mapped_column(sa.String(120))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)

    user: Mapped[User] = relationship(back_populates="phones")


class PasswordLink(Model):
    """A link, used once, on which a person sets the password; the newest one for the person is the only one."""

    __tablename__ = "password_links"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)

    user: Mapped[User] = relationship()


class FailedAttempts(Model):
    """How often a sign-in or a code failed from one account or address; the delay grows with it."""

    __tablename__ = "failed_attempts"

    key: Mapped[str] = mapped_column(sa.String(80), primary_key=True)  # "account:<hash>", "address:<prefix hash>"
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)


class AuditEntry(Model):
    """Who changed people, roles or settings. Never holds what an incident is about."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    by_user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    area_id: Mapped[int | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[str] = mapped_column(sa.String(500))
    detail: Mapped[dict[str, Any]] = mapped_column(json_column(), default=dict)
