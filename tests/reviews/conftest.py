"""A scene with a course that is over, and its people at their browsers."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.models import User
from app.extensions import db
from app.incidents.models import Incident
from app.transitions.stand_down import StandDown, stand_down
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


@pytest.fixture
def over(scene: Scene) -> Incident:
    """A rumour that SSP led and has stood down."""
    incident = scene.activate(scene.cast.ssp)
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    return incident
