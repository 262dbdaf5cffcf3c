"""Where the topics stand."""

import hashlib
from collections.abc import Collection, Mapping

import sqlalchemy as sa

from app.extensions import db
from app.live.models import TopicCounter

_counters = TopicCounter.__table__
_STANDING = sa.select(_counters.c.topic, _counters.c.version).where(
    _counters.c.topic.in_(sa.bindparam("topics", expanding=True))
)


def versions(topics: Collection[str]) -> dict[str, int]:
    """The version of each topic, in one query. Read them before the data that they stand for."""
    rows = db.session.execute(_STANDING, {"topics": list(topics)})
    return dict.fromkeys(topics, 0) | {row.topic: row.version for row in rows}


def etag(standing: Mapping[str, int | str]) -> str:
    """A short tag that is another one when any topic, or the set of topics, is."""
    text = "\n".join(f"{topic} {version}" for topic, version in sorted(standing.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:20]
