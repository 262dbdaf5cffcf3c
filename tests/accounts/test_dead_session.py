"""The session is gone in the middle of a form: nothing typed is lost, and nobody else's form is sent."""

import html
import re

import pytest

from app.accounts.kept import Kept, from_text
from tests.factories import PASSWORD, Visitor

OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = 'Rygte om <b>drab</b> ved torvet\r\nog "mere" & æøå'
FORM = {"what": TYPED, "track": "non_police", "password": "hemmelig streng", "csrf_token": "gammel"}


def fields(page):
    """All hidden values of the page's last form."""
    found = re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', page)
    found += re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: html.unescape(value) for name, value in found}


def sign_in(visitor, cast, page, **more):
    data = fields(page) | {"email": cast.ssp.email, "password": PASSWORD, "csrf_token": visitor.token}
    return visitor.post("/sign-in", data | more)


def test_what_was_typed_is_kept_and_can_be_sent_after_signing_in(strict, cast):
    visitor = Visitor(strict)
    answer = visitor.post("/me/password?from=here", FORM, headers=OURS)
    assert answer.status_code == 401
    assert "Du er logget ud. Det, du skrev, er gemt her på siden." in answer.text
    page = sign_in(visitor, cast, answer.text)
    assert page.status_code == 200
    assert "Det er ikke sendt endnu" in page.text
    assert "<b>drab</b>" not in page.text
    assert 'action="/me/password?from=here"' in page.text
    again = fields(page.text)
    assert again["what"].replace("\r\n", "\n") == TYPED.replace("\r\n", "\n")
    assert again["track"] == "non_police"
    assert again["csrf_token"] not in ("gammel", "")
    # The button works: the form arrives with a token that counts, and the page answers for itself.
    assert visitor.post("/me/password?from=here", again).status_code == 422


def test_a_wrong_password_keeps_it_too(strict, cast):
    visitor = Visitor(strict)
    answer = visitor.post("/me/password", FORM, headers=OURS)
    answer = sign_in(visitor, cast, answer.text, password="forkert kodeord")
    assert answer.status_code == 422
    assert "gemt her på siden" in answer.text
    assert "Det er ikke sendt endnu" in sign_in(visitor, cast, answer.text).text


def test_nobody_else_is_shown_what_was_typed(strict, cast, clock):
    visitor = Visitor(strict, cast.ssp)
    clock.advance(hours=13)
    answer = visitor.post("/me/password", FORM | {"csrf_token": visitor.token}, headers=OURS)
    assert "gemt her på siden" in answer.text
    page = sign_in(visitor, cast, answer.text, email=cast.housing.email)
    assert page.location == "/"
    assert "drab" not in page.text


def test_passwords_are_never_put_on_the_page(strict, cast):
    answer = Visitor(strict).post("/me/password", FORM, headers=OURS)
    assert "hemmelig streng" not in html.unescape(answer.text)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/localhost"},
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_from_another_site_is_never_kept(strict, cast, headers, signed_in):
    visitor = Visitor(strict, cast.ssp if signed_in else None)
    answer = visitor.post("/me/password", FORM, headers=headers)
    assert answer.status_code in (400, 401)
    assert "drab" not in answer.text
    assert "Send igen" not in answer.text


@pytest.mark.parametrize("headers", [{"Origin": "http://localhost"}, {"Referer": "http://localhost/me"}])
def test_older_browsers_say_it_with_other_words(strict, cast, headers):
    assert "er gemt her" in Visitor(strict).post("/me/password", FORM, headers=headers).text


def test_a_stale_token_of_a_signed_in_person_costs_one_more_tap(strict, cast):
    visitor = Visitor(strict, cast.ssp)
    answer = visitor.post("/me/password", FORM, headers=OURS)
    assert answer.status_code == 400
    assert "Alt, du skrev og valgte, er her stadig" in answer.text
    assert visitor.post("/me/password", fields(answer.text)).status_code == 422


def test_a_stale_sign_in_page_asks_for_the_password_again(strict, cast):
    answer = Visitor(strict).post("/sign-in", {"email": cast.ssp.email, "password": PASSWORD, "csrf_token": "gammel"})
    assert answer.status_code == 400
    assert cast.ssp.email in answer.text
    assert PASSWORD not in answer.text


def test_too_much_to_keep_is_said(strict, cast):
    answer = Visitor(strict).post("/me/password", {"what": "x" * 100_001, "csrf_token": ""}, headers=OURS)
    assert "blev ikke gemt" in answer.text
    assert len(answer.text) < 50_000


def test_a_registered_phone_whose_page_is_old_sends_an_urgent_form_with_one_tap(strict, cast):
    from app.areas.queries import memberships_of

    visitor = Visitor(strict)
    visitor.post("/sign-in", {"email": cast.ssp.email, "password": PASSWORD, "remember_phone": "y"})
    visitor.post("/sign-out")
    path = f"/acting/{memberships_of(cast.ssp)[0].public_id}"
    answer = visitor.post(path, {"csrf_token": "gammel"}, headers=OURS)
    assert "Send igen" in answer.text
    assert visitor.post(path, fields(answer.text)).location == "/"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "null",
        "[1]",
        '["https://evil.example/", []]',
        '["//evil.example", []]',
        '["/x", 5]',
        '["/x", [[1]]]',
        "x",
    ],
)
def test_a_forged_keepsake_is_nothing(text):
    assert from_text(text) is None


def test_a_keepsake_survives_the_trip():
    kept = Kept("/x?y=1", (("a", "1"), ("a", "2\n")))
    assert from_text(kept.as_text()) == kept


def test_a_page_that_asks_in_the_background_is_not_led_away(app, cast):
    answer = Visitor(app).get("/me", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "Location" not in answer.headers
