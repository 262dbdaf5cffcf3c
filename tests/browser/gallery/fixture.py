"""The gallery served as an application of its own: the shared one may take no more pages once it has served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.browser import gallery
from tests.conftest import make_app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Only the gallery; nobody signs in, so no database is needed."""
    app = make_app(tmp_path, f"sqlite:///{tmp_path}/none.db")
    app.extensions["gallery"] = gallery.register(app)
    with app.app_context():
        yield app


@pytest.fixture
def world(app: Flask) -> gallery.World:
    """What the gallery shows."""
    world: gallery.World = app.extensions["gallery"]
    return world
