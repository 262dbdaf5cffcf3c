"""Where the topics stand."""

import hashlib
from collections.abc import Collection, Mapping

import sqlalchemy as sa

from app.extensions import db
from app.live.models import TopicCounter


def versions(topics: Collection[str]) -> dict[str, int]:
    """The version of each topic, in one query. Read them before the data that they stand for."""
    query = sa.select(TopicCounter.topic, TopicCounter.version).where(TopicCounter.topic.in_(topics))
    return dict.fromkeys(topics, 0) | dict(db.session.execute(query).all())


def etag(standing: Mapping[str, int | str]) -> str:
    """A short tag that is another one when any topic, or the set of topics, is."""
    text = "\n".join(f"{topic} {version}" for topic, version in sorted(standing.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:20]
