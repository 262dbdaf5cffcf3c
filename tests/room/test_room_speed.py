"""The room asks the database the same number of questions, however long the night has been."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from tests.factories import Visitor
from tests.room.busy import busy
from tests.room.incident_forms import at as address
from tests.scene import Scene

SMALL = {"entries": 12, "open_tasks": 22, "callouts": 4}
BIG = {"entries": 160, "open_tasks": 60, "callouts": 30}
MOST = 30
MOST_OF_A_POLL = 6


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


PATHS = ("", "/panels/parties", "/panels/tasks", "/panels/log", "/panels/todo", "/log", "/live")


@pytest.mark.parametrize("path", PATHS)
def test_a_big_incident_asks_as_many_questions_as_a_small_one(app, scene: Scene, at, path):
    visitor = at(scene.cast.ssp)
    small = questions(app, visitor, address(busy(scene, **SMALL), path))
    big = questions(app, visitor, address(busy(scene, **BIG), path))
    assert len(big) == len(small), "\n\n".join(big)
    assert len(big) <= (MOST_OF_A_POLL if path == "/live" else MOST), "\n\n".join(big)
