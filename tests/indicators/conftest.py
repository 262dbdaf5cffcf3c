"""A scene, its people at their browsers, and VIVE's round."""

import pytest

from app.indicators.models import Observation, SurveyRound
from app.indicators.reference import SERIES
from tests.room.conftest import at as at
from tests.room.conftest import scene as scene


@pytest.fixture
def vive(app) -> tuple[SurveyRound, dict]:
    """The round of 2018, and its observations by code and group."""
    first = SurveyRound.query.filter_by(series=SERIES).one()
    rows = Observation.query.filter_by(round_id=first.id).all()
    return first, {(row.code, row.group.value): row for row in rows}
