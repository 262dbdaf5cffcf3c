"""One counter per topic."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class TopicCounter(Model):
    """How often a topic (`incident:7:log`) has changed. A topic without a row stands at 0."""

    __tablename__ = "topic_counters"

    topic: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    version: Mapped[int] = mapped_column(sa.BigInteger)
