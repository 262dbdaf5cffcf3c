"""Counts are kept until their topic is raised; whoever writes counts for himself."""

from flask import Flask

from app.extensions import db
from app.lib.database import reading
from app.live.operations import raise_topics
from app.live.remembered import forget, remembered

TOPIC = "incident:7:informed"


def counts() -> list[int]:
    forget()
    made: list[int] = []
    return made


def ask(made: list[int], key: str = "sent:abc", topic: str = TOPIC) -> int:
    db.session.rollback()

    def count() -> int:
        made.append(len(made))
        return made[-1]

    with reading():
        found = remembered(key, topic, count)
        db.session.rollback()
    return found


def raised(*topics: str) -> None:
    raise_topics(*topics)
    db.session.commit()


def test_what_was_counted_is_not_counted_again_until_its_topic_is_raised(app: Flask) -> None:
    made = counts()
    assert [ask(made), ask(made)] == [0, 0]
    raised(TOPIC)
    assert [ask(made), ask(made)] == [1, 1]
    raised("incident:8:informed")
    assert ask(made) == 1, "somebody else's news"


def test_each_key_is_kept_for_itself(app: Flask) -> None:
    made = counts()
    assert [ask(made, "sent:abc"), ask(made, "sent:def"), ask(made, "sent:abc")] == [0, 1, 0]


def test_whoever_writes_counts_for_himself_and_leaves_nothing_behind(app: Flask) -> None:
    made = counts()
    assert ask(made) == 0
    assert remembered("sent:abc", TOPIC, lambda: "as I am writing it") == "as I am writing it"
    db.session.rollback()
    assert ask(made) == 0
