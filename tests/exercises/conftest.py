"""A scene, its people at their browsers, and the worker's dispatcher."""

from tests.room.conftest import at as at
from tests.room.conftest import scene as scene
