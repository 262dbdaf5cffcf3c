"""The cast, and an application that checks CSRF tokens as it does in production."""

import pytest

from tests.cast import Cast, make_cast


@pytest.fixture
def cast(app) -> Cast:
    return make_cast()


@pytest.fixture
def strict(app, monkeypatch):
    """CSRF tokens are checked."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app
