"""Lindevangen with people to call, the worker beside the web, and short ways to use the app as one of the cast."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import BrowserContext, Page

from app.areas.by import By
from app.broadcasts.jobs import send_planned
from app.callout.jobs import take_due_steps
from app.documents.jobs import make_documents
from app.extensions import db
from app.messaging.dispatcher import Dispatcher
from app.plans.operations import approve, create_from_template
from tests.factories import PASSWORD
from tests.scene import Scene

GOES_ROUND = 0.3  # seconds


class Town:
    """A scene with an approved plan. `enter(name)` signs one of the cast in on a phone of their own."""

    def __init__(self, new_context: Callable[..., BrowserContext]) -> None:
        self.scene = Scene()
        cast = self.scene.cast
        by = By(cast.helhedsplan, cast.actors["helhedsplan"])
        approve(create_from_template(cast.lindevangen, by), by)
        self.emails = {name: user.email for name, user in cast.everybody().items()}
        db.session.commit()
        self._new_context = new_context

    def enter(self, name: str, **options: object) -> Page:
        """Signed in, on the front page."""
        page = self._new_context(**options).new_page()
        page.goto("/")
        page.locator("input[type=email]").fill(self.emails[name])
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").last.click()
        page.wait_for_url("**/")
        return page


@contextmanager
def working(app: Flask) -> Iterator[None]:
    """The worker's part, in a thread: due steps, planned texts, files and sending, until the end of the block."""
    over = threading.Event()

    def work() -> None:
        dispatcher = Dispatcher(app)
        while not over.wait(GOES_ROUND):
            with app.app_context():
                take_due_steps()
                send_planned()
                make_documents()
                dispatcher.drain()
                db.session.remove()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
