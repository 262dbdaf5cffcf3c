"""A scene with an approved plan, people at their browsers, and files opened."""

from collections.abc import Callable

import pytest
from pypdf import PdfReader

from app.areas.by import By
from app.documents.jobs import make_documents
from app.extensions import db
from app.plans.models import Plan
from app.plans.operations import approve, create_from_template
from tests.documents.conftest import at as at
from tests.documents.conftest import pdf, text_of
from tests.documents.conftest import scene as scene
from tests.factories import Visitor


@pytest.fixture
def plan(scene, clock) -> Plan:
    by = By(scene.cast.helhedsplan, scene.cast.actors["helhedsplan"])
    made = approve(create_from_template(scene.cast.lindevangen, by), by)
    db.session.commit()
    return made


@pytest.fixture
def taken() -> Callable[..., PdfReader]:
    """Asked for, made by the worker, opened."""

    def take(visitor: Visitor, **asked: str) -> PdfReader:
        answer = visitor.post("/plan/files", asked)
        assert answer.status_code == 303, answer.status
        make_documents()
        return pdf(visitor.get(f"{answer.location}/file"))

    return take


__all__ = ["text_of"]
