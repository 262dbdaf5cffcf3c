"""The room asks the database the same number of questions, however long the night has been."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.plans.vocabulary import Track
from tests.broadcasts.making import add_audiences, awaiting, police_case
from tests.factories import Visitor
from tests.narrative.making import make_message
from tests.room.busy import busy
from tests.room.incident_forms import at as address
from tests.scene import Scene

SMALL = {"entries": 12, "open_tasks": 22, "callouts": 4, "reports": 1, "broadcasts": 3, "residents": 2}
BIG = {"entries": 260, "open_tasks": 60, "callouts": 30, "reports": 8, "broadcasts": 9, "residents": 20}
MOST = 20
MOST_OF_A_POLL = 1


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collects the statements sent inside."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def questions(app: Flask, visitor: Visitor, path: str) -> list[str]:
    visitor.text(path)  # the plan is read once in a process
    with counted(app) as asked:
        visitor.text(path)
    return [statement for statement in asked if statement.startswith("SELECT")]


def more(big: list[str], small: list[str]) -> str:
    """The questions that became more."""
    return "\n\n".join((Counter(big) - Counter(small)).elements())


PANELS = ("parties", "tasks", "log", "todo", "narrative", "informed", "direction", "band", "bar")
PATHS = ("", *(f"/panels/{name}" for name in PANELS), "/log", "/broadcasts", "/live")


@pytest.mark.parametrize("path", PATHS)
def test_a_big_incident_asks_as_many_questions_as_a_small_one(app, scene: Scene, at, path):
    visitor = at(scene.cast.ssp)
    small = questions(app, visitor, address(busy(scene, **SMALL), path))
    big = questions(app, visitor, address(busy(scene, **BIG), path))
    assert len(big) == len(small), more(big, small)
    assert len(big) <= (MOST_OF_A_POLL if path == "/live" else MOST), "\n\n".join(big)


@pytest.mark.parametrize("who", ["police", "ssp"])
def test_texts_that_wait_for_the_police_do_not_each_ask_anew(app, scene: Scene, at, who):
    add_audiences(scene)
    case = police_case(scene)
    make_message(scene, case, scene.cast.helhedsplan, what_happened="Politiet er til stede")
    visitor, path = at(getattr(scene.cast, who)), address(case, "/panels/todo")
    assert case.track is Track.POLICE
    awaiting(scene, case, scene.cast.helhedsplan)
    few = questions(app, visitor, path)
    for n in range(4):
        awaiting(scene, case, scene.cast.helhedsplan, text=f"Politiet er til stede. Melding {n}.")
    many = questions(app, visitor, path)
    assert len(many) == len(few), more(many, few)
