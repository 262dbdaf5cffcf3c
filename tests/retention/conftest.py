"""A scene with its people at their browsers, and a whole course that is over and locked."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.models import User
from tests.factories import Visitor
from tests.scene import Scene


@pytest.fixture
def scene(app: object, clock: object) -> Scene:
    """The cast with contacts, on a driven clock."""
    return Scene()


@pytest.fixture
def at(app: Flask) -> Callable[[User | None], Visitor]:
    """`at(scene.cast.ssp).get("/")`."""
    return lambda user=None: Visitor(app, user)
