"""What every test may ask for: `app` on both databases, `client`, `clock`; and what none may do: use the network."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient

import config as configuration
from app import create_app, schema
from app.extensions import db
from app.lib import clock as app_clock
from app.lib.database import set_read_only
from app.live import remembered
from tests import kept
from tests.databases import Database, PostgreSQL, SQLite, quick_folder
from tests.fakes import postgres

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


# ---- what can run here -------------------------------------------------------------------------------------------


def left_out() -> list[str]:
    """What this machine lacks, in the words of the last line."""
    missing = []
    if not postgres.available():
        missing.append("the tests on PostgreSQL (install Debian's postgresql or set TEST_DATABASE_URL)")
    if not CHROMIUM:
        missing.append("the browser tests (install Debian's chromium)")
    return missing


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("CI") == "true" and left_out():
        raise pytest.UsageError("CI must run everything, but cannot: " + "; ".join(left_out()))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")
        if getattr(item, "callspec", None) and "postgresql" in item.callspec.params.values():  # type: ignore[attr-defined]
            item.add_marker("postgresql")
    lacking = [name for name, here in (("postgresql", postgres.available()), ("browser", CHROMIUM)) if not here]
    out = [item for item in items if any(item.get_closest_marker(name) for name in lacking)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and not config.option.collectonly:  # once, after everybody's last word
        for missing in left_out():
            print(f"\nLEFT OUT: {missing}", flush=True)


# ---- no network ----------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True, scope="session")
def _only_loopback() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}: tests talk to this machine only")
        return connect(self, address)

    return guarded


# ---- the application on a fresh database ----------------------------------------------------------------------------


class Client(FlaskClient):
    """A browser without a screen. Each request stands alone, as it does on a server.

    What the test has put in its session is committed first, and is read anew afterwards.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if has_app_context():
            db.session.commit()
        try:
            with self.application.app_context():  # else flask.g, and with it the user, would outlive the request
                return super().open(*args, **kwargs)
        finally:
            set_read_only(False)


class Backends:
    """One application per database engine, made when first asked for."""

    def __init__(self, stack: ExitStack, worker: str) -> None:
        self.stack, self.worker = stack, worker
        self.made: dict[str, tuple[Flask, Database]] = {}

    def get(self, name: str) -> tuple[Flask, Database]:
        if name not in self.made:
            self.made[name] = self._make(name)
        return self.made[name]

    def _make(self, name: str) -> tuple[Flask, Database]:
        folder = self.stack.enter_context(quick_folder())
        database = SQLite(folder) if name == "sqlite" else self._postgresql()
        app = make_app(folder, database.url)
        with app.app_context():
            try:
                schema.upgrade()
            finally:
                db.engine.dispose()
        database.keep()
        return app, database

    def _postgresql(self) -> Database:
        database = PostgreSQL(self.stack.enter_context(postgres.server()), f"beredskab_test_{self.worker}")
        self.stack.callback(database.drop)
        return database


def make_app(folder: Path, url: str, **environment: str) -> Flask:
    """An application in test mode on the database at `url`, with all its files in `folder`."""
    settings = {"BEREDSKAB_MODE": "test", "BEREDSKAB_DATA": str(folder), "DATABASE_URL": url, "PORT": "5000"}
    app = create_app(configuration.load(settings | environment))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = Client
    return app


@pytest.fixture(scope="session")
def backends(worker_id: str) -> Iterator[Backends]:
    with ExitStack() as stack:
        yield Backends(stack, worker_id)


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The database engine that the test runs on."""
    return str(request.param)


@pytest.fixture
def app(backend: str, backends: Backends) -> Iterator[Flask]:
    """The application on a database of its own, with its context pushed."""
    app, database = backends.get(backend)
    database.refresh()
    remembered.forget()
    with app.app_context(), kept.stage(database):
        yield app
        db.session.remove()
        db.engine.dispose()
    set_read_only(False)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A signed-out browser. `app.test_client()` gives more of them."""
    return app.test_client()


# ---- time ------------------------------------------------------------------------------------------------------------


class Clock:
    """The time that the application sees; stands still until told otherwise."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        """Move on: `clock.advance(minutes=3)`."""
        self.now += timedelta(**span)
        return self.now

    def set(self, moment: datetime) -> None:
        """Jump to a moment."""
        self.now = moment


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Sunday 22 November 2026, 23.40 in Denmark."""
    clock = Clock(kept.NIGHT)
    with app_clock.driven_by(clock):
        yield clock
