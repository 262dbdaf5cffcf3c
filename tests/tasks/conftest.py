"""A scene with a worker beside it."""

from tests.callout.conftest import worker as worker
from tests.room.conftest import at as at
from tests.room.conftest import scene as scene
