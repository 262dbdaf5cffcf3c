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


def raise_topics(*topics: str) -> None:
    """Tell whoever looks at these topics that they changed, once this transaction commits."""
    db.session().info.setdefault(_RAISED, set()).update(topics)


@event.listens_for(db.session, "before_commit")
def _write_counters(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()  # everything else first, and whatever topics that raises
    if topics := session.info.pop(_RAISED, None):
        session.execute(_one_higher(sorted(topics), session.get_bind().dialect.name))


@event.listens_for(db.session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:  # committed (nothing left), rolled back or closed
        session.info.pop(_RAISED, None)


def _one_higher(topics: list[str], dialect: str) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    counters = insert(TopicCounter).values([{"topic": topic, "version": 1} for topic in topics])
    return counters.on_conflict_do_update(
        index_elements=[TopicCounter.topic], set_={"version": sa.literal_column("topic_counters.version + 1")}
    )
