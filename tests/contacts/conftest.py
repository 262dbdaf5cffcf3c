"""A scene, and its people at their browsers."""

import pytest

from app.importing import worker
from tests.room.conftest import at as at
from tests.room.conftest import scene as scene


@pytest.fixture(autouse=True)
def _in_one_go(monkeypatch):
    """A busy machine is no reason to stop half-way, and no test goes on with another's file."""
    monkeypatch.setattr(worker, "A_WHILE", 600.0)
    monkeypatch.setattr(worker, "_at", {})
