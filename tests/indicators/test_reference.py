"""What VIVE published in 2018 stands in every database exactly so, and the database keeps it honest."""

import csv

import pytest
from sqlalchemy.exc import IntegrityError

from app import schema
from app.extensions import db
from app.indicators import reference
from app.indicators.items import FILE, items
from app.indicators.models import Observation, SurveyRound
from app.indicators.vocabulary import Group, Missing


def published() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        assert next(file).startswith("# Kilde: VIVE 2019")
        return list(csv.DictReader(file))


def test_every_published_value_is_there_as_it_was_printed(vive):
    _, by_key = vive
    assert len(by_key) == 32
    for row in published():
        for who, group in (("areas", Group.PROJECT_AREAS), ("population", Group.POPULATION)):
            seen = by_key[row["code"], group.value]
            assert seen.wording == row[f"{who}_text"]
            assert (f"{seen.percent:g}" if seen.percent is not None else "") == row[f"{who}_percent"]
            assert seen.approximate is (row[f"{who}_approximate"] == "1")
            assert (seen.missing is not None) == (not row[f"{who}_text"] and not row[f"{who}_percent"])
            assert seen.n is None


def test_what_stands_only_in_a_figure_is_said_to(vive):
    _, by_key = vive
    assert by_key["Q1", "project_areas"].missing is Missing.FIGURE_ONLY
    assert by_key["T2", "population"].missing is Missing.FIGURE_ONLY
    assert by_key["S3", "project_areas"].missing is Missing.NOT_STATED


def test_the_round_says_who_answered(vive):
    first, _ = vive
    assert (first.year, first.respondents, first.response_rate) == (2018, 10473, 38.4)
    assert "VIVE 2019" in first.citation and "978-87-7119-724-2" in first.citation


def test_sixteen_questions_in_six_dimensions():
    assert len(items()) == 16
    assert len({one.dimension for one in items()}) == 6


def test_loading_again_changes_nothing(vive):
    assert reference.load() is False
    db.session.remove()
    schema.upgrade()
    assert SurveyRound.query.count() == 1
    assert Observation.query.count() == 32


@pytest.mark.parametrize(
    "lie",
    [{"wording": "7 ud af 10", "percent": 70.0}, {"n": 9, "percent": 70.0}, {"percent": 170.0}, {},
     {"percent": 70.0, "missing": Missing.NOT_STATED}],
    ids=["words as a figure", "under ten", "over a hundred", "nothing without a reason", "a figure that is missing"],
)  # fmt: skip
def test_the_database_refuses_a_dishonest_figure(vive, lie):
    first, by_key = vive
    same = {"round_id": first.id, "code": "X", "dimension": by_key["T1", "population"].dimension, "question": "?"}
    db.session.add(Observation(**same, group=Group.OWN_AREA, **lie))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
