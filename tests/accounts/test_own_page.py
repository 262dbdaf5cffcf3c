"""One's own page, the declaration, the one-time link."""

import pytest

from app.accounts import jobs, operations, password_rules, queries
from app.accounts.models import AuditEntry, FailedAttempts, PasswordLink, RegisteredPhone
from app.extensions import db
from tests.factories import PASSWORD, Visitor, make_user

NEW = "seks gule cykler"


def test_the_own_page_tells_roles_and_numbers(app, cast):
    page = Visitor(app, cast.police_and_ssp).text("/me")
    for text in (
        "Pia Toskjold",
        "Koordinator hos SSP og opsøgende team, Lindevangen",
        "Medarbejder hos Østkystens Politi",
    ):
        assert text in page


def test_an_own_phone_can_be_forgotten_and_anothers_cannot(app, cast):
    operations.register_phone(cast.ssp, "Android")
    operations.register_phone(cast.police, "iPhone")
    visitor = Visitor(app, cast.ssp)
    assert "Android" in visitor.text("/me")
    assert "iPhone" not in visitor.text("/me")
    mine, foreign = queries.phones_of(cast.ssp)[0].public_id, queries.phones_of(cast.police)[0].public_id
    assert visitor.post(f"/me/phones/{foreign}/removal").status_code == 404
    assert visitor.post(f"/me/phones/{mine}/removal").status_code == 303
    assert [phone.label for phone in db.session.query(RegisteredPhone)] == ["iPhone"]


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(app, cast):
    here, elsewhere = Visitor(app, cast.ssp), Visitor(app, cast.ssp)
    assert here.post("/me/password", {"old_password": PASSWORD, "new_password": NEW}).status_code == 303
    assert here.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("forkert kodeord", NEW, "Det er ikke dit nuværende kodeord."),
        (PASSWORD, "kort", "mindst 10 tegn"),
        (PASSWORD, "Kodeord1234", "gættes først"),
        (PASSWORD, "sanne er sej", "dit navn"),
        (PASSWORD, "", "Skriv et nyt kodeord."),
        ("", NEW, "Skriv dit nuværende kodeord."),
        (PASSWORD, "x" * 201, "højst have 200 tegn"),
    ],
)
def test_a_password_that_will_not_do_is_refused_by_the_field(app, cast, old, new, says):
    visitor = Visitor(app, cast.ssp)
    answer = visitor.post("/me/password", {"old_password": old, "new_password": new})
    assert answer.status_code == 422
    assert says in answer.text
    assert not new or new not in answer.text or new == "kort"
    assert visitor.post("/sign-in", {"email": cast.ssp.email, "password": PASSWORD}).status_code == 303


def test_guessing_the_present_password_waits_as_signing_in_does(app, cast, clock):
    visitor = Visitor(app, cast.ssp)
    form = {"old_password": "forkert kodeord", "new_password": NEW}
    answers = [visitor.post("/me/password", form).text for _ in range(4)]
    assert ["Vent 1 sek." in answer for answer in answers] == [False, False, False, True]


def test_a_hundred_common_passwords_are_refused_all_long_enough_to_matter():
    assert len(password_rules.common()) == 100
    assert all(password_rules.fault(word) for word in password_rules.common())
    assert all(len(word) >= 10 for word in password_rules.common())
    assert password_rules.fault(NEW, "Bo Ek", "bo@x.example") is None


def test_nobody_is_let_past_the_declaration_to_read_and_everybody_can_accept_it(app, cast):
    user = make_user("Ny Mand", declared=False)
    visitor = Visitor(app, user)
    page = visitor.text("/declaration?next=/me")
    assert "tavshedspligt" in page
    assert "CPR-numre" in page
    assert visitor.post("/declaration", {"next": "/me"}).location == "/me"
    db.session.refresh(user)
    assert user.has_declared
    assert user.declaration_at
    assert "Du sagde ja" in visitor.text("/declaration")
    assert visitor.post("/declaration", {"next": "https://evil.example"}).location == "/"


def test_a_view_that_is_not_urgent_waits_for_the_declaration(app, cast):
    cast.administrator.declaration_version = 0
    answer = Visitor(app, cast.administrator).get("/administration/people?q=x")
    assert answer.location == "/declaration?next=/administration/people?q%3Dx"


def test_the_link_sets_the_password_once_and_signs_in(app, cast):
    user = make_user("Line Linksen", password_hash=None)
    token = operations.make_password_link(user, by=cast.administrator)
    assert db.session.get(PasswordLink, user.id).token_hash != token
    visitor = Visitor(app)
    assert "Velkommen, Line Linksen" in visitor.text(f"/welcome/{token}")
    assert visitor.post(f"/welcome/{token}", {"new_password": "kort"}).status_code == 422
    assert visitor.post(f"/welcome/{token}", {"new_password": NEW}).location == "/"
    assert "Line Linksen" in visitor.text("/me")
    assert Visitor(app).get(f"/welcome/{token}").status_code == 404
    assert Visitor(app).post(f"/welcome/{token}", {"new_password": NEW}).status_code == 404
    assert Visitor(app).post("/sign-in", {"email": user.email, "password": NEW}).status_code == 303


def test_an_old_a_replaced_and_a_made_up_link_are_worth_nothing(app, cast, clock):
    first = operations.make_password_link(cast.ssp, by=cast.administrator)
    second = operations.make_password_link(cast.ssp, by=cast.administrator)
    visitor = Visitor(app)
    assert visitor.get(f"/welcome/{first}").status_code == 404
    assert visitor.get("/welcome/x").status_code == 404
    assert visitor.get(f"/welcome/{second}").status_code == 200
    clock.advance(days=7, seconds=1)
    assert visitor.get(f"/welcome/{second}").status_code == 404


def test_a_password_by_link_ends_old_sessions_and_forgets_old_phones(app, cast):
    operations.register_phone(cast.ssp, "Android")
    before = Visitor(app, cast.ssp)
    token = operations.make_password_link(cast.ssp, by=cast.administrator)
    Visitor(app).post(f"/welcome/{token}", {"new_password": NEW})
    assert before.get("/me").status_code == 302
    assert db.session.query(RegisteredPhone).count() == 0


def test_a_deactivated_persons_link_does_not_work(app, cast):
    token = operations.make_password_link(cast.ssp, by=cast.administrator)
    cast.ssp.is_deactivated = True
    assert Visitor(app).get(f"/welcome/{token}").status_code == 404


def test_what_has_no_use_any_longer_is_forgotten(app, cast, clock):
    operations.register_phone(cast.ssp, "Android")
    operations.make_password_link(cast.ssp, by=cast.administrator)
    Visitor(app).post("/sign-in", {"email": "x@y.example", "password": "z"})
    tables = (RegisteredPhone, PasswordLink, FailedAttempts, AuditEntry)
    jobs.forget_old()
    assert [db.session.query(table).count() for table in tables] == [1, 1, 1, 1]
    clock.advance(days=31)
    jobs.forget_old()
    assert [db.session.query(table).count() for table in tables] == [0, 0, 0, 1]
    clock.advance(days=700)
    jobs.forget_old()
    assert db.session.query(AuditEntry).count() == 0
