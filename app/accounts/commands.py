"""`flask users create-admin`: the first administrator of an installation."""

import os

import click
from flask.cli import AppGroup

from app.accounts import operations, password_rules, passwords, queries
from app.extensions import db

PASSWORD_VARIABLE = "BEREDSKAB_ADMIN_PASSWORD"

users = AppGroup("users", help="People who can sign in.")


@users.command("create-admin")
@click.option("--email", prompt="E-mail", help="The login name.")
@click.option("--name", prompt="Name", help="First and last name.")
def create_admin(email: str, name: str) -> None:
    """Create an administrator. The password is asked for, or read from BEREDSKAB_ADMIN_PASSWORD."""
    name, email = " ".join(name.split()), email.strip().lower()
    if not name or len(name) > 120:
        raise click.ClickException("Give a name of at most 120 characters.")
    if "@" not in email.strip("@") or len(email) > 254:
        raise click.ClickException(f"{email} is no e-mail address.")
    if queries.user_by_email(email):
        raise click.ClickException(f"There is a user with the address {email} already.")
    password = _password(name, email)
    user = operations.create_person(name, email, by=None, is_administrator=True)
    user.password_hash = passwords.hash_password(password)
    db.session.commit()
    click.echo(f"{name} can sign in as administrator with {email}.")


def _password(name: str, email: str) -> str:
    password = os.environ.get(PASSWORD_VARIABLE) or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    fault = password_rules.fault(password, name, email)
    if fault:
        raise click.ClickException(fault.in_danish())
    return str(password)
