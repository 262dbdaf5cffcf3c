"""`flask demo load`, `flask demo cast`, `flask demo play`."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from app.demo.cast import AREAS, PASSWORD, email_of
from app.demo.load import load

demo = AppGroup("demo", help="The fictional demo area (demo mode only).")


@demo.command("load")
def load_command() -> None:
    """Put Lindevangen and its neighbour into an empty database."""
    _only_in_demo_mode()
    click.echo("Demo area loaded." if load() else "The database holds an area already: left as it is.")


@demo.command("cast")
def cast_command() -> None:
    """Print the logins."""
    _only_in_demo_mode()
    click.echo(f"\nSign in with password  {PASSWORD}  as one of:\n")
    for area in AREAS:
        for person in area.people:
            click.echo(f"  {email_of(person, area):<30} {person.name:<20} {person.line}")


@demo.command("play")
def play_command() -> None:
    """Play eight incidents from call to closing in a database that is thrown away."""
    from app.demo.play import play  # it makes an application of its own, which imports this module

    faults = play(click.echo)
    for fault in faults:
        click.echo(f"FEJL: {fault}", err=True)
    sys.exit(1 if faults else 0)


def _only_in_demo_mode() -> None:
    if not current_app.config["BEREDSKAB"].is_demo:
        raise click.ClickException("The demo area exists only with BEREDSKAB_MODE=demo.")
