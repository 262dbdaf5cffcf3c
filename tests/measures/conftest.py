"""A scene with its people at their browsers, and short ways to make measures."""

from datetime import date
from typing import Any

import pytest

from app.extensions import db
from app.incidents.models import Incident
from app.indicators.dimensions import Dimension
from app.measures.models import Measure
from app.measures.operations import Origin, Words, create
from app.measures.vocabulary import Horizon, OriginKind
from app.reviews.operations import open_review
from tests.reviews.conftest import over as over
from tests.room.conftest import at as at
from tests.room.conftest import scene as scene
from tests.scene import Scene

DUE = date(2026, 12, 14)


def words(scene: Scene, owner: str = "ssp", **other: Any) -> Words:
    """A measure's words, with a title that stands nowhere else."""
    usual = {
        "title": "Opgangsmøde zqtitle", "what": "Vi mødes zqwhat", "expected": "De taler sammen zqexpected",
        "dimension": Dimension.COHESION, "horizon": Horizon.BRIDGE, "owner": scene.cast.actors[owner], "due_on": DUE,
    }  # fmt: skip
    return Words(**(usual | other))


def make(scene: Scene, incident: Incident | None = None, user: Any = None, **other: Any) -> Measure:
    """A measure by hand, or from an incident that is over. Committed."""
    origin = Origin(OriginKind.INCIDENT, incident.public_id, incident) if incident else Origin()
    measure = create(scene.cast.lindevangen, words(scene, **other), origin, by=scene.reader(user or scene.cast.ssp).by)
    db.session.commit()
    return measure


@pytest.fixture
def secret(scene: Scene, over: Incident) -> Measure:
    """A measure born of a B incident that is over."""
    open_review(over)
    return make(scene, over)


def typed(scene: Scene, **other: str) -> dict[str, str]:
    """What a person fills in."""
    usual = {
        "title": "Opgangsmøde i opgang 3", "what": "Vi mødes i beboerhuset", "expected": "Naboerne taler sammen igen",
        "dimension": "cohesion", "horizon": "bridge", "owner": scene.cast.actors["ssp"].public_id, "contact": "",
        "due_on": "2026-12-14", "status": "proposed",
    }  # fmt: skip
    return usual | other
