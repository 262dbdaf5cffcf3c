"""A scene with an open incident of each track, audiences with contacts, and its people at their browsers."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.models import User
from app.incidents.models import Incident
from tests.broadcasts.making import add_audiences, police_case
from tests.factories import Visitor
from tests.narrative.making import make_message
from tests.scene import Scene


@pytest.fixture
def scene(app: object, clock: object) -> Scene:
    """The cast with contacts and audiences, on a driven clock."""
    made = Scene()
    add_audiences(made)
    return made


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """A rumour, not a matter for the police, with a shared message by SSP."""
    made = scene.activate(scene.cast.ssp)
    make_message(scene, made, what_happened="Der går et rygte. Det passer ikke")
    return made


@pytest.fixture
def politisag(scene: Scene) -> Incident:
    """A shooting, activated by the police, with a shared message by the helhedsplan."""
    made = police_case(scene)
    make_message(scene, made, scene.cast.helhedsplan, what_happened="Politiet er til stede")
    return made


@pytest.fixture
def at(app: Flask) -> Callable[[User | None], Visitor]:
    """`at(scene.cast.ssp).get("/")`."""
    return lambda user=None: Visitor(app, user)
