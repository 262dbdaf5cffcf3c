"""What is said to the database."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from app.extensions import db


@pytest.fixture
def said(app: Flask) -> Iterator[list[str]]:
    """Every statement from here on, with its values."""
    heard: list[str] = []

    def listen(connection, cursor, statement, values, context, many) -> None:
        heard.append(f"{statement} {values}")

    event.listen(db.engine, "before_cursor_execute", listen)
    yield heard
    event.remove(db.engine, "before_cursor_execute", listen)
