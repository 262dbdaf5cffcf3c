"""The answer to a page's poll. Each page has its own guarded address (`/incidents/<id>/live`) and calls this."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Response, g, jsonify, request
from flask_login import current_user

from app.live.access import is_audible
from app.live.queries import etag, versions

View = Callable[..., Any]

# Filled in wiring.py: what every page of the signed-in person listens to, whatever else it is about.
for_every_page: Callable[[], Mapping[str, int | str]] = dict


def set_slots(for_every_page_: Callable[[], Mapping[str, int | str]]) -> None:
    """Called once, from wiring.py."""
    global for_every_page
    for_every_page = for_every_page_


def quiet(view: View) -> View:
    """Mark a view that a page calls by itself: that is no sign of a person, so the idle time-out runs on.

    For the fragments that a page fetches anew; stands above @requires, so that it holds for a refusal too.
    """

    @wraps(view)
    def marked(*args: Any, **kwargs: Any) -> Any:
        g.is_poll = True
        return view(*args, **kwargs)

    return marked


def poll_response(names_for_reader: Mapping[str, str], **more: int) -> Response:
    """304 without a body when nothing changed, else `{"topics": {"log": 17, …}}`.

    `names_for_reader` maps the short names that the page uses to topics; the caller has checked
    that the reader may see the page; `more` is news that raises no topic. Costs one query. Never counts as activity.
    """
    heard = {name: topic for name, topic in names_for_reader.items() if is_audible(current_user, topic)}
    standing = versions(heard.values())
    return state_response({name: standing[topic] for name, topic in heard.items()} | more)


def state_response(shown: Mapping[str, int | str]) -> Response:
    """The same for a page whose news is no topic: whatever stands for its state, by the page's own names.

    What every page listens to comes along; a page that has found it out already names `outages` itself.
    """
    g.is_poll = True
    shown = shown if "outages" in shown else {**for_every_page(), **shown}
    tag = etag(shown)
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else jsonify(topics=shown)
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
