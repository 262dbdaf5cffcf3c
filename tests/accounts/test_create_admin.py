"""`flask users create-admin`."""

import pytest

from app.accounts import queries
from tests.factories import Visitor

ASK = ["users", "create-admin", "--email", "Ada@Beredskab.example", "--name", "Ada Lund"]


def run(app, password, arguments=ASK):
    return app.test_cli_runner().invoke(args=arguments, env={"BEREDSKAB_ADMIN_PASSWORD": password})


def test_the_first_administrator_is_made_and_can_sign_in(app):
    answer = run(app, "fire blå elefanter")
    assert answer.exit_code == 0, answer.output
    assert "fire blå" not in answer.output
    visitor = Visitor(app)
    assert (
        visitor.post("/sign-in", {"email": "ada@beredskab.example", "password": "fire blå elefanter"}).status_code
        == 303
    )
    assert "Administration" in visitor.text("/me")
    assert run(app, "fire blå elefanter").exit_code == 1


@pytest.mark.parametrize("password", ["kort", "password123", "lundlundlund"])
def test_a_weak_password_makes_nobody(app, password):
    assert run(app, password).exit_code == 1
    assert queries.user_by_email("ada@beredskab.example") is None


@pytest.mark.parametrize("email", ["ada", "@", "a" * 260 + "@x.example"])
def test_something_that_is_no_address_makes_nobody(app, email):
    assert run(app, "fire blå elefanter", [*ASK[:3], email, *ASK[4:]]).exit_code == 1


def test_the_password_is_asked_for_when_it_is_not_given(app):
    answer = app.test_cli_runner().invoke(args=ASK, input="fire blå elefanter\nfire blå elefanter\n")
    assert answer.exit_code == 0, answer.output
