"""Lindevangen with an approved plan, its people at their browsers, and short ways to write in a draft."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.extensions import db
from app.planning import queries
from app.planning.models import PlanDraft
from app.plans.document import PlanDocument
from app.plans.operations import approve, create_from_template
from app.plans.reading import shape_of
from tests.factories import Visitor
from tests.leaks.filling import forms_of
from tests.room.conftest import at as at
from tests.room.conftest import scene as empty
from tests.room.incident_forms import done, tap
from tests.scene import Scene

__all__ = ["at", "empty"]


@pytest.fixture
def scene(empty: Scene) -> Scene:
    by = empty.reader(empty.cast.helhedsplan).by
    approve(create_from_template(empty.cast.lindevangen, by), by)
    db.session.commit()
    return empty


@pytest.fixture
def draft(scene: Scene, at: Any) -> PlanDraft:
    """An open draft, begun by the helhedsplan."""
    done(tap(at(scene.cast.helhedsplan), "/plan/draft", "/plan/draft"))
    return the_draft(scene)


def the_draft(scene: Scene) -> PlanDraft:
    db.session.expire_all()
    found = queries.draft_of(scene.cast.lindevangen)
    assert found is not None
    return found


def wording(scene: Scene) -> PlanDocument:
    """The draft as it stands."""
    return shape_of(the_draft(scene).document)


def shown(visitor: Visitor, path: str) -> dict[str, Any]:
    """Everything that the page's form holds, as a browser would send it back."""
    form = next(form for form in forms_of(visitor.text(path)) if "digest" in form.data)
    return dict(form.data)


def entry(kind: str, key: str = "it") -> str:
    return f"/plan/draft/entries/{kind}/{key}"


def opened(visitor: Visitor, path: str) -> dict[str, str]:
    """The hidden values of the form at this address."""
    return {name: value for name, value in shown(visitor, path).items() if name in ("once", "digest")}


def write(visitor: Visitor, path: str, **typed: Any) -> TestResponse:
    """Open the form and send what is typed."""
    return visitor.post(path, opened(visitor, path) | typed)


CHAIN = {
    "on_duty_after_minutes": "0", "deputy_after_minutes": "2", "all_after_minutes": "5", "voice_after_seconds": "60",
}  # fmt: skip


def say_yes(visitor: Visitor) -> TestResponse:
    return write(visitor, "/plan/draft/approval")
