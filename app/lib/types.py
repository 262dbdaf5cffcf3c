"""Column types shared by all models."""

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """A timezone-aware moment. Stored in UTC; refuses naive values so that no local time slips in."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime must not reach the database")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(enum: type[StrEnum]) -> sa.Enum:
    """A text column that holds the enum's values (not its names), checked by the database."""
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda e: [member.value for member in e],
        name=enum.__name__.lower(),
    )


def new_public_id() -> str:
    """A random identifier for addresses on the web: 22 characters, 128 bits, not guessable."""
    return secrets.token_urlsafe(16)


def json_column() -> Any:
    """JSON as text on SQLite, JSONB on PostgreSQL."""
    from sqlalchemy.dialects.postgresql import JSONB

    return sa.JSON().with_variant(JSONB(), "postgresql")
