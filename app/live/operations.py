"""Raises topics: collected during the transaction, written sorted as its very last statement.

Last and sorted, because the counters are the rows that everybody shares: two transactions that
raised the same two in different order would wait for each other for ever.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from app.extensions import db
from app.live.models import TopicCounter

_RAISED = "raised topics"


def _one_higher(insert: Any) -> Any:
    version: dict[str, Any] = {"version": sa.literal_column("topic_counters.version + 1")}
    return insert(TopicCounter).on_conflict_do_update(index_elements=[TopicCounter.topic], set_=version)


_ONE_HIGHER = {"sqlite": _one_higher(sqlite.insert), "postgresql": _one_higher(postgresql.insert)}


def raise_topics(*topics: str) -> None:
    """Tell whoever looks at these topics that they changed, once this transaction commits."""
    db.session().info.setdefault(_RAISED, set()).update(topics)


@event.listens_for(db.session, "before_commit")
def _write_counters(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()  # everything else first, and whatever topics that raises
    if topics := session.info.pop(_RAISED, None):
        connection = session.connection()
        rows = [{"topic": topic, "version": 1} for topic in sorted(topics)]
        connection.execute(_ONE_HIGHER[connection.dialect.name], rows)


@event.listens_for(db.session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:  # committed (nothing left), rolled back or closed
        session.info.pop(_RAISED, None)
