"""Topics are raised with the transaction that changed something, last and sorted, or not at all."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.live.models import TopicCounter
from app.live.operations import raise_topics
from app.live.queries import etag, versions


def test_a_raised_topic_is_one_higher_after_the_commit_and_only_then(app: Flask) -> None:
    raise_topics("log", "tasks")
    raise_topics("log")
    assert versions(["log", "tasks", "state"]) == {"log": 0, "tasks": 0, "state": 0}
    db.session.commit()
    assert versions(["log", "tasks", "state"]) == {"log": 1, "tasks": 1, "state": 0}
    raise_topics("log")
    db.session.commit()
    assert versions(["log", "tasks"]) == {"log": 2, "tasks": 1}


@pytest.mark.parametrize("end", ["rollback", "close"])
def test_a_change_that_was_rolled_back_raises_nothing(app: Flask, end: str) -> None:
    db.session.execute(sa.select(1))
    raise_topics("log")
    getattr(db.session, end)()
    db.session.execute(sa.select(1))
    db.session.commit()
    assert versions(["log"]) == {"log": 0}


def test_a_commit_without_news_raises_nothing(app: Flask) -> None:
    raise_topics("log")
    db.session.commit()
    db.session.commit()
    assert versions(["log"]) == {"log": 1}


def test_a_savepoint_leaves_the_counters_to_the_whole_transaction(app: Flask) -> None:
    with db.session.begin_nested():
        raise_topics("log")
    assert db.session.scalars(sa.select(TopicCounter)).all() == []
    db.session.commit()
    assert versions(["log"]) == {"log": 1}


def test_the_counters_are_the_last_statement_and_sorted(said: list[str]) -> None:
    raise_topics("topic-b", "topic-c", "topic-a")
    db.session.add(TopicCounter(topic="something else", version=9))
    db.session.commit()
    *_, before, last = (statement for statement in said if "topic_counters" in statement)
    assert "something else" in before
    assert re.findall("topic-[abc]", last) == ["topic-a", "topic-b", "topic-c"]


def test_eight_clients_that_raise_two_topics_in_either_order_never_deadlock(app: Flask) -> None:
    start = Barrier(8)

    def client(number: int) -> None:
        topics = ["log", "tasks"] if number % 2 else ["tasks", "log"]
        start.wait(timeout=30)
        for _ in range(20):
            with app.app_context():
                for topic in topics:
                    raise_topics(topic)
                db.session.commit()
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(client, range(8)))
    assert versions(["log", "tasks"]) == {"log": 160, "tasks": 160}


def test_the_tag_changes_with_every_version_and_with_the_set_of_topics() -> None:
    tags = {etag(s) for s in ({}, {"a": 0}, {"a": 1}, {"b": 1}, {"a": 1, "b": 0}, {"a": 10}, {"a": 1, "b": 10})}
    assert len(tags) == 7
    assert etag({"a": 1, "b": 2}) == etag({"b": 2, "a": 1})
