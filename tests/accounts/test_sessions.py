"""What a session is worth, and what keeps it alive."""

from datetime import datetime

import pytest
from flask import g, session
from flask_login import current_user

from app.accounts import operations, sessions
from app.areas.queries import memberships_of
from app.extensions import db
from app.lib import clock as app_clock
from app.lib.database import reading
from tests.factories import PASSWORD, Visitor


def visit(app, user, *, is_poll):
    """The session's note of activity after a request 10 minutes after the last one."""
    login = user.get_id()
    db.session.commit()
    with reading(), app.app_context(), app.test_request_context("/"):
        before = app_clock.now()
        session.update(_user_id=login, seen=before.isoformat())
        app_clock._source.advance(minutes=10)
        assert current_user.is_authenticated
        g.is_poll = is_poll
        sessions._note_activity(app.response_class())
        return datetime.fromisoformat(session["seen"]) - before


def test_an_act_keeps_the_session_alive_and_a_poll_does_not(app, cast, clock):
    assert visit(app, cast.ssp, is_poll=False).total_seconds() == 600
    assert visit(app, cast.ssp, is_poll=True).total_seconds() == 0


def test_a_page_read_just_now_sends_no_cookie_again(app, cast, clock):
    visitor = Visitor(app)
    visitor.post("/sign-in", {"email": cast.ssp.email, "password": PASSWORD})
    visitor.get("/me")
    assert "Set-Cookie" not in visitor.get("/me").headers


@pytest.mark.parametrize("forged", ["", "x", "1", "1:", ":1", "1:1:1", "999:1", "-1:1", "1:0", "١:1"])
def test_a_session_that_names_nobody_is_nobody(app, cast, forged):
    visitor = Visitor(app, cast.ssp)
    with visitor.client.session_transaction() as content:
        content["_user_id"] = forged
    assert visitor.get("/me").status_code == 302


def test_a_session_without_a_time_is_dead(app, cast):
    visitor = Visitor(app, cast.ssp)
    with visitor.client.session_transaction() as content:
        del content["seen"]
    assert visitor.get("/me").status_code == 302


def test_a_colleague_let_in_for_a_day_is_out_after_it(app, cast, clock):
    cast.ssp_responder.expires_at = clock.now.replace(hour=23, minute=0)
    visitor = Visitor(app, cast.ssp_responder)
    assert visitor.get("/me").status_code == 200
    clock.advance(hours=1)
    assert visitor.get("/me").status_code == 302


def test_a_guests_registered_phone_is_out_after_the_day_too(app, cast, clock):
    cast.ssp_responder.expires_at = clock.now.replace(hour=23, minute=0)
    visitor, path = Visitor(app), f"/acting/{memberships_of(cast.ssp_responder)[0].public_id}"
    token = operations.register_phone(cast.ssp_responder, "Android")
    visitor.client.set_cookie("beredskab_phone", token, domain="localhost")
    assert visitor.post(path).status_code == 303
    clock.advance(hours=1)
    assert visitor.post(path).status_code == 401


def test_a_made_up_phone_is_unknown(app, cast):
    visitor = Visitor(app)
    operations.register_phone(cast.ssp, "Android")
    visitor.client.set_cookie("beredskab_phone", "x" * 43, domain="localhost")
    assert visitor.post("/acting/x").status_code == 401


def test_cookies_are_for_https_alone_where_the_address_is_https(app, cast, monkeypatch):
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    answer = Visitor(app).post("/sign-in", {"email": cast.ssp.email, "password": PASSWORD, "remember_phone": "y"})
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all("Secure" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
