"""A page's poll: cheap, silent without news, and never a sign of life."""

import time

import pytest
from flask import Flask, Response, abort, g
from werkzeug.exceptions import Forbidden

from app.extensions import db
from app.live import access
from app.live.operations import raise_topics
from app.live.views import poll_response, quiet

SHOWN = {"log": "incident:7:log", "tasks": "incident:7:tasks"}


def polled(app: Flask, tag: str | None = None) -> Response:
    with app.test_request_context(headers={"If-None-Match": tag} if tag else {}):
        return poll_response(SHOWN)


def raised(*topics: str) -> None:
    raise_topics(*topics)
    db.session.commit()


def test_the_first_poll_names_the_versions_by_the_pages_own_short_names(app: Flask) -> None:
    raised("incident:7:log")
    answer = polled(app)
    assert answer.json == {"topics": {"log": 1, "tasks": 0}}
    assert "incident" not in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_without_news_there_is_no_body_and_with_news_there_is(app: Flask) -> None:
    tag = polled(app).headers["ETag"]
    again = polled(app, tag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert polled(app, f"W/{tag}").status_code == 304  # as a proxy that packs answers leaves it
    raised("incident:8:log")
    assert polled(app, tag).status_code == 304
    raised("incident:7:tasks")
    news = polled(app, tag)
    assert (news.status_code, news.json) == (200, {"topics": {"log": 0, "tasks": 1}})


def test_what_the_reader_may_not_hear_is_not_named(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "may_hear", [lambda user, topic: True, lambda user, topic: topic != "incident:7:log"])
    raised("incident:7:log")
    assert polled(app).json == {"topics": {"tasks": 0}}


def test_a_poll_costs_one_query_and_next_to_no_time(app: Flask, said: list[str]) -> None:
    tag = polled(app).headers["ETag"]
    said.clear()
    took = []
    for _ in range(50):
        start = time.perf_counter()
        assert polled(app, tag).status_code == 304
        took.append(time.perf_counter() - start)
    assert len([statement for statement in said if statement.startswith("SELECT")]) == 50
    assert sorted(took)[25] < 0.01  # the bench measures it; here only against a slip of the hand


def test_what_a_page_asks_by_itself_is_marked_so_that_it_keeps_nobody_signed_in(app: Flask) -> None:
    with app.app_context(), app.test_request_context():
        poll_response(SHOWN)
        assert g.is_poll
    with app.app_context():
        with pytest.raises(Forbidden):
            quiet(lambda: abort(403))()
        assert g.is_poll
