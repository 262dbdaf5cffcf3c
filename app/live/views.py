"""The answer to a page's poll. Each page has its own guarded address (`/incidents/<id>/live`) and calls this."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, current_app, jsonify, request
from flask_login import current_user

from app.live.access import is_audible
from app.live.queries import etag, versions

View = Callable[..., Any]


def poll(view: View) -> View:
    """Mark a view that only answers polls: asking every two seconds is no sign of a person at the screen."""
    view._is_poll = True  # type: ignore[attr-defined]
    return view


def is_poll() -> bool:
    """True while a poll is answered; what keeps the idle time-out leaves the session as it is."""
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), "_is_poll", False))


def poll_response(names_for_reader: Mapping[str, str]) -> Response:
    """304 without a body when nothing changed, else `{"topics": {"log": 17, …}}`.

    `names_for_reader` maps the short names that the page uses to topics; the caller has checked
    that the reader may see the page. Costs one query.
    """
    heard = {name: topic for name, topic in names_for_reader.items() if is_audible(current_user, topic)}
    standing = versions(heard.values())
    shown = {name: standing[topic] for name, topic in heard.items()}
    tag = etag(shown)
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else jsonify(topics=shown)
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
