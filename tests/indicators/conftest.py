"""A scene, its people at their browsers, and VIVE's round."""

import pytest

from app.extensions import db
from app.importing import worker
from app.indicators import jobs, operations
from app.indicators.models import IndicatorImport, Observation, SurveyRound
from app.indicators.reference import SERIES
from app.indicators.vocabulary import ImportKind
from app.lib.types import new_public_id
from tests.room.conftest import at as at
from tests.room.conftest import scene as scene


@pytest.fixture(autouse=True)
def _in_one_go(monkeypatch):
    """A busy machine is no reason to stop half-way, and no test goes on with another's file."""
    monkeypatch.setattr(worker, "A_WHILE", 600.0)
    monkeypatch.setattr(worker, "_at", {})


@pytest.fixture
def send(scene):
    """Uploads content and lets the worker read it; answers the import."""

    def do(content: bytes, kind: ImportKind = ImportKind.SURVEY, *, read: bool = True) -> IndicatorImport:
        by, area = scene.reader(scene.cast.ssp).by, scene.cast.lindevangen
        imported_id = operations.submit(area, kind, "tal.csv", content, new_public_id(), by=by).id
        db.session.commit()
        if read:
            jobs.read_files()
        db.session.expire_all()
        return db.session.get(IndicatorImport, imported_id)

    return do


@pytest.fixture
def vive(app) -> tuple[SurveyRound, dict]:
    """The round of 2018, and its observations by code and group."""
    first = SurveyRound.query.filter_by(series=SERIES).one()
    rows = Observation.query.filter_by(round_id=first.id).all()
    return first, {(row.code, row.group.value): row for row in rows}
