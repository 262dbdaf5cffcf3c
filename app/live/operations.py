"""Raises topics: collected during the transaction, written sorted as its very last statement.

Last and sorted, because the counters are the rows that everybody shares: two transactions that
raised the same two in different order would wait for each other for ever.
"""

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from app.extensions import db
from app.live.models import TopicCounter

_RAISED = "raised topics"
_raised_by: dict[type, Callable[[Any], Iterable[str]]] = {}


def _one_higher(insert: Any) -> Any:
    version: dict[str, Any] = {"version": sa.literal_column("topic_counters.version + 1")}
    return insert(TopicCounter).on_conflict_do_update(index_elements=[TopicCounter.topic], set_=version)


_ONE_HIGHER = {"sqlite": _one_higher(sqlite.insert), "postgresql": _one_higher(postgresql.insert)}


def raise_topics(*topics: str) -> None:
    """Tell whoever looks at these topics that they changed, once this transaction commits."""
    db.session().info.setdefault(_RAISED, set()).update(topics)


def raised_by(model: type, topics: Callable[[Any], Iterable[str]]) -> None:
    """Every row of this model that is made, changed or deleted raises these topics, whoever did it.

    For what is remembered until a topic is raised: it cannot be forgotten. Statements in bulk go past it.
    """
    _raised_by[model] = topics


@event.listens_for(db.session, "after_flush")
def _raise_for_rows(session: Session, _work: UOWTransaction) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if topics := _raised_by.get(type(row)):
            raise_topics(*topics(row))


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
