"""A scene with a politisag and with what is none, and people at their browsers."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.models import User
from app.direction.models import HeardBy
from app.direction.police_word import PoliceSaid
from app.incidents.models import Incident
from app.lib import clock as time
from app.plans.vocabulary import Track
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


def said() -> PoliceSaid:
    """What the duty officer said on the phone just now."""
    return PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())


@pytest.fixture
def politisag(scene: Scene) -> Incident:
    """The police rang the helhedsplan, who recorded it."""
    return scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=said(), category="shooting", what="Skyderi")


@pytest.fixture
def rumour(scene: Scene) -> Incident:
    """No politisag; SSP is tovholder."""
    return scene.activate(scene.cast.ssp)
