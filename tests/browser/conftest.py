"""Chromium on a phone's screen, against the application served for real on a free port."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from app.extensions import db
from tests.conftest import CHROMIUM

expect.set_options(timeout=10_000)  # a busy machine is no fault of the page
PHONE = {"width": 390, "height": 844}
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip


@pytest.fixture
def backend() -> str:
    """Browser tests are about screens; one database is enough."""
    return "sqlite"


# Scope: the package, since Playwright keeps an event loop running for as long as it lives,
# and asyncio.run() in a later test of this process would refuse to start beside it.
@pytest.fixture(scope="package")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    browser = _playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


class Quiet(WSGIRequestHandler):
    """Serves without a line per request; a connection that says nothing for a while is over."""

    timeout = 5  # seconds

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@dataclass(frozen=True)
class LiveServer:
    """The application, answering at `url`. Test and server share database and driven clock."""

    url: str
    app: Flask


@pytest.fixture
def live(app: Flask) -> Iterator[LiveServer]:
    """Serve `app` from threads, with CSRF protection on as in real life."""
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    # Closing waits for the requests under way: one that lived on would meet the next test's database being laid.
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield LiveServer(f"http://127.0.0.1:{server.server_port}", app)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.config["WTF_CSRF_ENABLED"] = False
        db.session.remove()


@pytest.fixture
def new_context(browser: Browser, live: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """Make one more person's browser: `new_context()`, `new_context(color_scheme="dark")`."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        settings = {
            "viewport": PHONE, "locale": "da-DK", "timezone_id": "Europe/Copenhagen", "base_url": live.url,
            "has_touch": True, **options,
        }  # fmt: skip
        made.append(browser.new_context(**settings))  # type: ignore[arg-type]
        made[-1].set_default_timeout(15_000)
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """One page on a phone; a script error, a broken CSP rule or a missing file fails the test."""
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    yield page
    assert not faults, faults
