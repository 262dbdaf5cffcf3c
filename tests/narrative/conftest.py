"""A scene with an open incident that SSP leads, and its people at their browsers."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.models import User
from app.incidents.models import Incident
from tests.factories import Visitor
from tests.scene import Scene


@pytest.fixture
def scene(app: object, clock: object) -> Scene:
    """The cast with contacts, on a driven clock."""
    return Scene()


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """A rumour, not a matter for the police."""
    return scene.activate(scene.cast.ssp)


@pytest.fixture
def at(app: Flask) -> Callable[[User | None], Visitor]:
    """`at(scene.cast.ssp).get("/")`."""
    return lambda user=None: Visitor(app, user)
