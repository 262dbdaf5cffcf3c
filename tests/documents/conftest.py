"""A situation report in a room, its PDF asked for, and the worker's turn."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.incidents.forms import new_once
from app.incidents.models import Incident
from tests.factories import Visitor
from tests.narrative.making import make_fact, make_report, url
from tests.scene import Scene


@pytest.fixture
def scene(app: object, clock: object) -> Scene:
    return Scene()


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """A rumour with a report that holds every part."""
    made = scene.activate(scene.cast.ssp, what="Rygte om brand #eval(1) *fed* <b>")
    make_fact(scene, made, "Skolen er åben")
    make_fact(scene, made, "Der er brand", "refuted")
    make_fact(scene, made, "Nogen har ringet", "unconfirmed")
    words = {"development": "Kan vokse i aften.", "measures": "Klubben holder åbent.", "not_to_publish": "Mødestedet."}
    make_report(scene, made, situation="Ro ved torvet.\nÆøå #set text(red)", **words)
    return made


@pytest.fixture
def at(app: Flask) -> Callable[[User | None], Visitor]:
    return lambda user=None: Visitor(app, user)


def ask(visitor: Visitor, incident: Incident, number: int = 1) -> str:
    """Taps *Lav PDF*; answers the address of the page that waits."""
    answer = visitor.post(url(incident, f"situation/{number}/pdf"), {"once": new_once()})
    assert answer.status_code == 303, answer.status
    assert re.fullmatch(r"/documents/[\w-]{22}", answer.headers["Location"])
    return answer.headers["Location"]


def pdf(answer: TestResponse) -> PdfReader:
    """The file that came."""
    assert answer.status_code == 200, answer.status
    assert answer.mimetype == "application/pdf"
    return PdfReader(BytesIO(answer.data))


def text_of(reader: PdfReader) -> str:
    """All that is said on all pages, in one line."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
