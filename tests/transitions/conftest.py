"""A scene to play in."""

import pytest

from tests.room.conftest import at as at
from tests.scene import Scene


@pytest.fixture
def scene(app: object, clock: object) -> Scene:
    """The cast with contacts, on a driven clock."""
    return Scene()
