"""The cast with contacts, people at their browsers, and incidents with everything that can hang on one."""

from tests.room.conftest import at as at
from tests.room.conftest import scene as scene
