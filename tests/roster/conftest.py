"""A scene, and its people at their browsers."""

from tests.room.conftest import at as at
from tests.room.conftest import scene as scene
