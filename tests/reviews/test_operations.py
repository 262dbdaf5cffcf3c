"""What a review keeps, whoever calls: two working days, one answer per question, owners who took part."""

from datetime import UTC, datetime

import pytest

from app.errors import Refused
from app.notices.models import Notice
from app.reviews import operations, queries
from app.reviews.rules import workdays_after
from tests.callout.conftest import count


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (datetime(2026, 11, 25, 12, tzinfo=UTC), datetime(2026, 11, 27, 12, tzinfo=UTC)),  # Wednesday to Friday
        (datetime(2026, 11, 26, 12, tzinfo=UTC), datetime(2026, 11, 30, 12, tzinfo=UTC)),  # Thursday to Monday
        (datetime(2026, 11, 27, 23, 30, tzinfo=UTC), datetime(2026, 12, 1, 23, 30, tzinfo=UTC)),  # Saturday 00.30 here
        (datetime(2026, 10, 23, 12, tzinfo=UTC), datetime(2026, 10, 27, 13, tzinfo=UTC)),  # the clocks went back
    ],
)
def test_two_working_days_at_the_same_time_of_day(opened, due):
    assert workdays_after(opened, 2) == due


def test_opening_again_is_the_same_review_and_asks_nobody_twice(scene, over):
    review = queries.review_of(over)
    asked = count(Notice, Notice.key.like("debrief:%"))
    assert operations.open_review(over) is review
    assert count(Notice, Notice.key.like("debrief:%")) == asked == 4


def test_nobody_is_told_of_an_incident_through_its_learning(scene, over, clock):
    review, by = queries.review_of(over), scene.reader(scene.cast.ssp).by
    for key in ("police", "housing"):
        with pytest.raises(Refused, match="med i hændelsen"):
            operations.add_learning_point(review, "Ring", scene.cast.actors[key], clock.now.date(), by=by)
    assert queries.learning_points_of(review) == []


def test_an_answer_taken_back_is_gone_from_the_page_and_stays_in_the_log(scene, over):
    review, by = queries.review_of(over), scene.reader(scene.cast.ssp).by
    operations.answer(review, by.actor, {"q0": "Det gik"}, by=by)
    operations.answer(review, by.actor, {"q0": ""}, by=by)
    assert queries.answers_of(review) == []
    texts = [entry.text for entry in queries.entries_after(over, 0, 100)]
    assert any("Det gik" in text for text in texts) and any("trukket tilbage" in text for text in texts)


def test_a_point_is_closed_once(scene, over, clock):
    review, by = queries.review_of(over), scene.reader(scene.cast.ssp).by
    point = operations.add_learning_point(review, "Ring", by.actor, clock.now.date(), by=by)
    operations.close_learning_point(point, "Gjort", by=by)
    operations.close_learning_point(point, "Igen", by=by)
    assert point.closed_note == "Gjort"
