"""Signing in and out: what the person sees, and what must never happen."""

import pytest

from app.accounts import delays
from app.accounts.models import FailedAttempts, RegisteredPhone
from app.extensions import db
from tests.factories import PASSWORD, Visitor

OUTSIDE = {"REMOTE_ADDR": "80.80.80.1"}


def sign_in(visitor, email, password=PASSWORD, **more):
    return visitor.post("/sign-in", {"email": email, "password": password, **more}, environ_overrides=OUTSIDE)


def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_the_page(app, cast):
    visitor = Visitor(app)
    assert visitor.get("/me").location == "/sign-in?next=/me"
    assert sign_in(visitor, "Sanne@Lindevangen.example ", next="/me").location == "/me"
    assert "Sanne Spang" in visitor.text("/me")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "http:/x",
        "me",
        "",
    ],
)
def test_signing_in_never_leads_away_from_here(app, cast, target):
    assert sign_in(Visitor(app), cast.ssp.email, next=target).location == "/"


def test_every_refusal_reads_the_same(app, cast):
    cast.ssp_observer.is_deactivated = True
    cast.ssp_responder.password_hash = None
    answers = [
        sign_in(Visitor(app), cast.ssp.email, "forkert kodeord"),
        sign_in(Visitor(app), "ukendt@lindevangen.example"),
        sign_in(Visitor(app), cast.ssp_observer.email),
        sign_in(Visitor(app), cast.ssp_responder.email),
    ]
    texts = {
        a.text.replace(e, "")
        for a, e in zip(
            answers,
            [cast.ssp.email, "ukendt@lindevangen.example", cast.ssp_observer.email, cast.ssp_responder.email],
            strict=True,
        )
    }
    assert {a.status_code for a in answers} == {422}
    assert len({t[t.index("<h2") :].split("csrf_token")[0] for t in texts}) == 1
    assert "Mail eller kodeord passer ikke" in answers[0].text


def test_a_password_is_checked_even_when_there_is_no_such_person(app, cast, monkeypatch):
    from app.accounts import passwords

    seen = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda known, typed: seen.append(known) or real(known, typed))
    sign_in(Visitor(app), "ukendt@lindevangen.example")
    assert seen == [None]


def test_wrong_tries_make_the_next_one_wait_longer_but_never_lock_out(app, cast, clock):
    visitor, waits = Visitor(app), []
    for _ in range(14):
        answer = sign_in(visitor, cast.ssp.email, "forkert kodeord")
        while answer.status_code == 429:
            waits.append(int(answer.headers["Retry-After"]))
            clock.advance(seconds=waits[-1])
            answer = sign_in(visitor, cast.ssp.email, "forkert kodeord")
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]
    clock.advance(seconds=60)
    assert sign_in(visitor, cast.ssp.email).status_code == 303
    assert db.session.query(FailedAttempts).filter(FailedAttempts.key.like("account:%")).count() == 0


def test_while_waiting_even_the_right_password_waits_and_the_screen_gives_the_activators_numbers(app, cast, clock):
    visitor = Visitor(app)
    for _ in range(4):
        answer = sign_in(visitor, cast.ssp.email, "forkert kodeord")
    answer = sign_in(visitor, cast.ssp.email)
    assert answer.status_code == 429
    assert "20 00 00 07" in answer.text
    assert "Boligselskabet Linden" in answer.text
    assert "Afdelingsbestyrelsen" not in answer.text
    assert "Ungdomsklubben" not in answer.text, "it may not activate"
    clock.advance(seconds=1)
    assert sign_in(visitor, cast.ssp.email).status_code == 303


def test_one_address_that_guesses_at_many_accounts_waits_and_others_do_not(app, cast, clock):
    visitor = Visitor(app)
    for n in range(delays.FREE_FOR_ADDRESS):
        assert sign_in(visitor, f"nr{n}@lindevangen.example").status_code == 422
    assert sign_in(visitor, cast.ssp.email).status_code == 429
    elsewhere = {"REMOTE_ADDR": "80.80.81.1"}
    data = {"email": cast.ssp.email, "password": PASSWORD}
    assert visitor.post("/sign-in", data, environ_overrides=elsewhere).status_code == 303


def test_signing_in_starts_a_new_session_with_a_new_token(app, cast):
    visitor = Visitor(app)
    before = visitor.token
    sign_in(visitor, cast.ssp.email)
    visitor.get("/me")
    assert visitor.token != before


def test_signing_out_ends_it_here(app, cast):
    visitor = Visitor(app, cast.ssp)
    visitor.post("/sign-out")
    assert visitor.get("/me").status_code == 302


def test_twelve_idle_hours_end_the_session(app, cast, clock):
    visitor = Visitor(app, cast.ssp)
    for _ in range(3):
        clock.advance(hours=11)
        assert visitor.get("/me").status_code == 200
    clock.advance(hours=12, seconds=1)
    assert visitor.get("/me").status_code == 302


@pytest.mark.parametrize(("role", "works"), [("ssp", True), ("administrator", True)])
def test_everybody_has_an_own_page(app, cast, role, works):
    assert (Visitor(app, getattr(cast, role)).get("/me").status_code == 200) is works


def test_a_registered_phone_is_known_but_opens_no_page_that_is_not_urgent(app, cast, clock):
    visitor = Visitor(app)
    answer = sign_in(visitor, cast.ssp.email, remember_phone="y")
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("beredskab_phone="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    assert db.session.query(RegisteredPhone).one().token_hash != token
    visitor.post("/sign-out")
    assert visitor.get("/me").status_code == 302
    assert "Log ind</a>" in visitor.text("/sign-in")
    assert "/me" not in visitor.text("/sign-in")
    assert visitor.post(f"/acting/{_membership(cast.ssp)}").location == "/"
    clock.advance(days=30, seconds=1)
    assert "/sign-in" in visitor.post(f"/acting/{_membership(cast.ssp)}").text


def test_signing_out_can_forget_the_phone_too(app, cast):
    visitor = Visitor(app)
    sign_in(visitor, cast.ssp.email, remember_phone="y")
    visitor.post("/sign-out", {"forget_phone": "1"})
    assert db.session.query(RegisteredPhone).count() == 0
    assert visitor.post(f"/acting/{_membership(cast.ssp)}").status_code == 401


def _membership(user):
    from app.areas.queries import memberships_of

    return memberships_of(user)[0].public_id
